package xiaxiang.engine.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Differences in differences by hand, under relations, with a hidden truth, and on hostile panels.
class DifferencesTest {
    private static final int[] EACH_ITS_OWN = {};

    private static Panel panel(int periods, double[] y, int[] cohort, int[] cluster, double[]... covariates) {
        return new Panel(cohort.length, periods, y, cohort, covariates, cluster.length == 0 ? IntStream.range(0, cohort.length).toArray() : cluster);
    }

    private static GroupTime.Options options(GroupTime.Controls controls, GroupTime.Method method, GroupTime.Base base, GroupTime.Errors errors) {
        return new GroupTime.Options(controls, method, base, 0, errors);
    }

    private static GroupTime.Options bootstrap() {
        return options(GroupTime.Controls.NEVER_TREATED, GroupTime.Method.DOUBLY_ROBUST, GroupTime.Base.VARYING, new GroupTime.Errors.Bootstrap(2_000, 7));
    }

    /// Effects of 1 + .5 x periods since, in three cohorts; a covariate that moves the trend and who is treated when.
    private static Panel simulated(int units, long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        int periods = 6;
        double[] y = new double[units * periods];
        double[] x = new double[y.length];
        int[] cohort = new int[units];
        for (int i = 0; i < units; i++) {
            double z = normal.sample();
            double draw = random.nextDouble() + .1 * z;
            cohort[i] = draw > .75 ? 2 : draw > .5 ? 3 : draw > .3 ? 5 : Panel.NEVER;
            double level = normal.sample() + z;
            for (int t = 0; t < periods; t++) {
                x[i * periods + t] = z;
                y[i * periods + t] = level + .3 * t + .2 * z * t + .5 * normal.sample() + (t >= cohort[i] ? 1 + .5 * (t - cohort[i]) : 0);
            }
        }
        return panel(periods, y, cohort, EACH_ITS_OWN, x);
    }

    private static Panel changed(Panel p, double factor, double shift, int[] order, int copies) {
        int n = order.length * copies;
        double[] y = new double[n * p.periods()];
        double[][] x = new double[p.covariates()][y.length];
        int[] cohort = new int[n];
        for (int i = 0; i < n; i++) {
            int from = order[i % order.length];
            cohort[i] = p.cohort(from);
            for (int t = 0; t < p.periods(); t++) {
                y[i * p.periods() + t] = factor * p.outcome(from, t) + shift;
                for (int k = 0; k < x.length; k++) x[k][i * p.periods() + t] = p.covariate(k, from, t);
            }
        }
        return panel(p.periods(), y, cohort, EACH_ITS_OWN, x);
    }

    private static int[] all(Panel p) {
        return IntStream.range(0, p.units()).toArray();
    }

    @Test
    void twoByTwoByHand() {
        // Two treated rise by 5 and 7, two controls by 1 and 2: 6 - 1.5, and Welch's error with divisors n.
        Panel p = panel(2, new double[] {1, 6, 2, 9, 0, 1, 4, 6}, new int[] {1, 1, Panel.NEVER, Panel.NEVER}, EACH_ITS_OWN);
        Estimate simple = GroupTimeTest.estimate(p, GroupTime.Options.standard()).averages().simple();
        assertThat(simple.value()).isCloseTo(4.5, within(1e-14));
        assertThat(simple.standardError()).isCloseTo(Math.sqrt(1.0 / 2 + .25 / 2), within(1e-14));
        assertThat(ImputationTest.estimate(p).overall().value()).isCloseTo(4.5, within(1e-14));
        assertThat(TwoWayFixedEffectsTest.estimate(p).effect().value()).isCloseTo(4.5, within(1e-14));
    }

    /// Two treated changes 5 and 7, two controls 1 and 2: Welch's test by hand.
    @Test
    void smallSamplesAreWelchsTest() {
        Panel p = panel(2, new double[] {1, 6, 2, 9, 0, 1, 4, 6}, new int[] {1, 1, Panel.NEVER, Panel.NEVER}, EACH_ITS_OWN);
        var o = options(GroupTime.Controls.NEVER_TREATED, GroupTime.Method.DOUBLY_ROBUST, GroupTime.Base.VARYING, new GroupTime.Errors.SmallSample());
        Estimate simple = GroupTimeTest.estimate(p, o).averages().simple();
        double error = Math.sqrt(2 / 2.0 + .5 / 2);
        assertThat(simple.standardError()).isCloseTo(error, within(1e-14));
        double degrees = Math.pow(error, 4) / (1 * 1 + .25 * .25);
        assertThat(simple.p()).isCloseTo(2 * org.apache.commons.statistics.distribution.TDistribution.of(degrees).survivalProbability(4.5 / error), within(1e-13));
    }

    @Test
    void notYetTreatedControlsAreThoseTreatedLater() {
        // Cohorts 1 and 2 and none never treated: only period 1 has a control, the cohort of period 2.
        Panel p = panel(3, new double[] {0, 3, 9, 0, 5, 9, 0, 1, 7, 0, 1, 8}, new int[] {1, 1, 2, 2}, EACH_ITS_OWN);
        var o = options(GroupTime.Controls.NOT_YET_TREATED, GroupTime.Method.DOUBLY_ROBUST, GroupTime.Base.VARYING, new GroupTime.Errors.Analytic());
        GroupTimeEffects found = GroupTimeTest.estimate(p, o);
        assertThat(found.effects()).hasSize(1);
        assertThat(found.averages().simple().value()).isCloseTo(3, within(1e-14));
        assertThat(found.notices()).extracting(Notice::kind).contains(Notice.Kind.NO_CONTROL_PERIODS);
        assertThat(GroupTime.estimate(p, GroupTime.Options.standard())).isInstanceOfSatisfying(GroupTime.Outcome.Refused.class,
                r -> assertThat(r.why()).extracting(Notice::kind).contains(Notice.Kind.NO_NEVER_TREATED));
    }

    @ParameterizedTest
    @EnumSource
    void scaleShiftAndOrderDoWhatTheyShould(GroupTime.Method method) {
        Panel p = simulated(300, 3);
        var o = options(GroupTime.Controls.NOT_YET_TREATED, method, GroupTime.Base.UNIVERSAL, new GroupTime.Errors.Analytic());
        Estimate one = GroupTimeTest.estimate(p, o).averages().dynamic().overall();
        Estimate scaled = GroupTimeTest.estimate(changed(p, 3, 100, all(p), 1), o).averages().dynamic().overall();
        assertThat(scaled.value()).isCloseTo(3 * one.value(), within(1e-10));
        assertThat(scaled.standardError()).isCloseTo(3 * one.standardError(), within(1e-10));
        int[] reversed = IntStream.range(0, p.units()).map(i -> p.units() - 1 - i).toArray();
        Estimate turned = GroupTimeTest.estimate(changed(p, 1, 0, reversed, 1), o).averages().dynamic().overall();
        assertThat(turned.value()).isCloseTo(one.value(), within(1e-11));
        Estimate twice = GroupTimeTest.estimate(changed(p, 1, 0, all(p), 2), o).averages().dynamic().overall();
        assertThat(twice.value()).isCloseTo(one.value(), within(1e-11));
        assertThat(twice.standardError()).isCloseTo(one.standardError() / Math.sqrt(2), within(1e-11));
    }

    @Test
    void theOthersScaleAndDoubleToo() {
        Panel p = simulated(200, 4);
        for (boolean imputation : new boolean[] {true, false}) {
            Estimate one = other(p, imputation);
            assertThat(other(changed(p, -2, 5, all(p), 1), imputation).value()).isCloseTo(-2 * one.value(), within(1e-10));
            Estimate twice = other(changed(p, 1, 0, all(p), 2), imputation);
            assertThat(twice.value()).isCloseTo(one.value(), within(1e-11));
            if (imputation) assertThat(twice.standardError()).isCloseTo(one.standardError() / Math.sqrt(2), within(1e-11));
        }
    }

    private static Estimate other(Panel p, boolean imputation) {
        return imputation ? ImputationTest.estimate(p).overall() : TwoWayFixedEffectsTest.estimate(p).effect();
    }

    /// A cluster of copies is one unit.
    @Test
    void copiesInOneClusterAreNoNewsAtAll() {
        Panel p = simulated(120, 5);
        Panel twice = changed(p, 1, 0, all(p), 2);
        int[] cluster = IntStream.range(0, twice.units()).map(i -> i % p.units()).toArray();
        Panel clustered = new Panel(twice.units(), p.periods(), flat(twice), IntStream.range(0, twice.units()).map(twice::cohort).toArray(), new double[0][], cluster);
        Panel plain = new Panel(p.units(), p.periods(), flat(p), IntStream.range(0, p.units()).map(p::cohort).toArray(), new double[0][], all(p));
        for (GroupTime.Options o : List.of(GroupTime.Options.standard(), bootstrap())) {
            Estimate one = GroupTimeTest.estimate(plain, o).averages().simple();
            Estimate other = GroupTimeTest.estimate(clustered, o).averages().simple();
            assertThat(other.standardError()).isCloseTo(one.standardError(), within(1e-12));
        }
        assertThat(ImputationTest.estimate(clustered).overall().standardError()).isCloseTo(ImputationTest.estimate(plain).overall().standardError(), within(1e-12));
    }

    private static double[] flat(Panel p) {
        return IntStream.range(0, p.units() * p.periods()).mapToDouble(at -> p.outcome(at / p.periods(), at % p.periods())).toArray();
    }

    @Test
    void theHiddenTruthIsFound() {
        Panel p = simulated(4_000, 6);
        GroupTimeEffects found = GroupTimeTest.estimate(p, bootstrap());
        for (EffectPoint point : found.averages().dynamic().parts()) {
            double truth = point.at() < 0 ? 0 : 1 + .5 * point.at();
            assertThat(point.estimate().value()).as("seed 6, event time " + point.at()).isCloseTo(truth, within(4 * point.estimate().standardError()));
            assertThat(point.bandLow()).isLessThan(point.estimate().low());
        }
        // Without the covariate the treated seem to gain more: they grow faster anyway.
        Panel bare = new Panel(p.units(), p.periods(), flat(p), IntStream.range(0, p.units()).map(p::cohort).toArray(), new double[0][], all(p));
        assertThat(GroupTimeTest.estimate(bare, bootstrap()).averages().dynamic().overall().value()).isGreaterThan(found.averages().dynamic().overall().value() + .1);
    }

    @Test
    void bootstrapErrorsAreCloseToAnalyticOnesAndDoNotDependOnTheRun() {
        Panel p = simulated(500, 8);
        GroupTimeEffects one = GroupTimeTest.estimate(p, bootstrap());
        assertThat(GroupTimeTest.estimate(p, bootstrap())).isEqualTo(one);
        Estimate analytic = GroupTimeTest.estimate(p, GroupTime.Options.standard()).averages().simple();
        assertThat(one.averages().simple().standardError()).isCloseTo(analytic.standardError(), within(.1 * analytic.standardError()));
        assertThat(one.averages().simple().value()).isEqualTo(analytic.value());
    }

    @Test
    void bothBasesAgreeAfterTreatment() {
        Panel p = simulated(300, 9);
        var universal = options(GroupTime.Controls.NEVER_TREATED, GroupTime.Method.DOUBLY_ROBUST, GroupTime.Base.UNIVERSAL, new GroupTime.Errors.Analytic());
        assertThat(GroupTimeTest.estimate(p, universal).averages().simple()).isEqualTo(GroupTimeTest.estimate(p, GroupTime.Options.standard()).averages().simple());
    }

    @Test
    void aPanelWithHolesLosesUnitsInOneAndNoneInTheOther() {
        Panel p = simulated(100, 10);
        double[] y = flat(p);
        y[7] = Double.NaN;
        Panel holes = new Panel(p.units(), p.periods(), y, IntStream.range(0, p.units()).map(p::cohort).toArray(), new double[0][], all(p));
        assertThat(GroupTimeTest.estimate(holes, GroupTime.Options.standard()).notices()).contains(Notice.of(Notice.Kind.INCOMPLETE_UNITS, 1));
        assertThat(ImputationTest.estimate(holes).observations()).isEqualTo(100 * 6 - 1);
    }

    @Test
    void aCohortOfOneHasNoError() {
        Panel p = panel(3, new double[] {0, 1, 5, 0, 1, 2, 0, 2, 2, 1, 1, 3}, new int[] {2, Panel.NEVER, Panel.NEVER, Panel.NEVER}, EACH_ITS_OWN);
        GroupTimeEffects found = GroupTimeTest.estimate(p, GroupTime.Options.standard());
        assertThat(found.averages().simple().standardError()).isNaN();
        assertThat(found.averages().simple().value()).isCloseTo(4 - 1, within(1e-14));
        assertThat(found.preTrend().p()).isNaN();
        assertThat(found.notices()).extracting(Notice::kind).contains(Notice.Kind.COHORT_OF_ONE);
        assertThat(TwoWayFixedEffectsTest.estimate(p).effect().standardError()).isNaN();
        assertThat(ImputationTest.estimate(p).overall().standardError()).isNaN();
    }

    @Test
    void separatedUnitsHaveNoOverlapAndSayWhere() {
        Panel p = simulated(200, 11);
        int[] cohort = IntStream.range(0, 200).map(i -> p.covariate(0, i, 0) > 0 ? 3 : Panel.NEVER).toArray();
        Panel separated = panel(6, flat(p), cohort, EACH_ITS_OWN, IntStream.range(0, 1200).mapToDouble(at -> p.covariate(0, at / 6, 0)).toArray());
        assertThat(GroupTime.estimate(separated, GroupTime.Options.standard())).isInstanceOfSatisfying(GroupTime.Outcome.Refused.class,
                r -> assertThat(r.why()).extracting(Notice::kind).contains(Notice.Kind.NO_OVERLAP));
        var regression = options(GroupTime.Controls.NEVER_TREATED, GroupTime.Method.OUTCOME_REGRESSION, GroupTime.Base.VARYING, new GroupTime.Errors.Analytic());
        assertThat(GroupTimeTest.estimate(separated, regression).averages().simple().value()).isFinite();
    }

    @Test
    void hopelessPanelsAreRefused() {
        double[] y = {1, 2, 3, 4, 5, 7};
        int[] never = {Panel.NEVER, Panel.NEVER};
        int[] always = {0, Panel.NEVER};
        double[] same = new double[6];
        int[] second = {1, Panel.NEVER};
        for (Panel p : List.of(panel(3, y, never, EACH_ITS_OWN), panel(3, y, always, EACH_ITS_OWN), panel(3, same, second, EACH_ITS_OWN))) {
            assertThat(GroupTime.estimate(p, GroupTime.Options.standard())).isInstanceOf(GroupTime.Outcome.Refused.class);
            assertThat(Imputation.estimate(p)).isInstanceOf(Imputation.Outcome.Refused.class);
            assertThat(TwoWayFixedEffects.estimate(p)).isInstanceOf(TwoWayFixedEffects.Outcome.Refused.class);
        }
        double[] nothing = new double[6];
        Arrays.fill(nothing, Double.NaN);
        Panel empty = panel(3, nothing, second, EACH_ITS_OWN);
        assertThat(Stream.of(GroupTime.estimate(empty, GroupTime.Options.standard()), Imputation.estimate(empty), TwoWayFixedEffects.estimate(empty), GoodmanBacon.decompose(empty))
                .map(o -> o.getClass().getSimpleName())).containsOnly("Refused");
    }
}
