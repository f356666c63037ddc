package xiaxiang.engine.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import xiaxiang.engine.SharedTable;

class SyntheticTest {
    private static SyntheticEstimate estimate(Panel panel, SyntheticMethod method) {
        return switch (SyntheticEstimate.of(panel, method)) {
            case SyntheticEstimate.Outcome.Estimated(SyntheticEstimate e) -> e;
            case SyntheticEstimate.Outcome.Refused(var why) -> throw new AssertionError(why);
        };
    }

    private static <T> T known(SyntheticErrors.Outcome<T> outcome) {
        return switch (outcome) {
            case SyntheticErrors.Outcome.Known<T>(T value) -> value;
            case SyntheticErrors.Outcome.Refused<T>(Notice why) -> throw new AssertionError(why);
        };
    }

    @Test
    void californiaAsPublished() {
        Panel panel = Published.california();
        assertThat(estimate(panel, new SyntheticDid()).estimate()).isCloseTo(-15.603827872733877, within(1e-9));
        assertThat(estimate(panel, SyntheticControl.published(false)).estimate()).isCloseTo(-19.619663470944026, within(1e-9));
        assertThat(estimate(panel, new UniformControl()).estimate()).isCloseTo(-27.3491110836, within(1e-9));
        // Where the published solver stops short: the optimum itself, checked by non-negative least squares elsewhere.
        assertThat(estimate(panel, new SyntheticDid()).exactEstimate()).isCloseTo(-15.6053979, within(1e-6));
        assertThat(estimate(panel, SyntheticControl.published(false)).exactEstimate()).isCloseTo(-19.51362976, within(1e-6));
    }

    @Test
    void everyStatesPlaceboAsPublished() {
        Panel panel = Published.california();
        SharedTable published = SharedTable.read("published/california_placebos.csv");
        List<SyntheticMethod> methods = List.of(new UniformControl(), SyntheticControl.published(false), new SyntheticDid());
        List<String> columns = List.of("did", "sc", "sdid");
        double[] deviations = {17.287, 10.620, 9.369};
        for (int m = 0; m < 3; m++) {
            SyntheticErrors.Placebos placebos = known(SyntheticErrors.of(panel, methods.get(m)).inSpace(1000, 1, .95));
            assertThat(placebos.all()).isTrue();
            for (int k = 0; k < 38; k++)
                assertThat(placebos.estimates().get(k)).as(published.text(k, "state")).isCloseTo(published.number(k, columns.get(m)), within(1e-9));
            assertThat(placebos.interval().standardError()).isCloseTo(deviations[m], within(5e-4));
        }
    }

    @Test
    void geoLiftAsPublished() {
        Panel panel = Published.geoLift();
        SyntheticEstimate.Cohort plain = estimate(panel, SyntheticControl.published(true)).cohorts().getFirst();
        assertThat(plain.estimate()).isCloseTo(155.5556874, within(1e-5));
        assertThat(plain.incremental()).isCloseTo(4666.6706, within(1e-4));
        assertThat(100 * plain.lift()).isCloseTo(5.4231874, within(1e-6));
        assertThat(plain.l2()).isCloseTo(909.4885, within(1e-4));
        assertThat(plain.scaledL2()).isCloseTo(.1636, within(5e-5));
        SyntheticEstimate.Cohort ridge = estimate(panel, RidgeSyntheticControl.published(true)).cohorts().getFirst();
        assertThat(ridge.estimate()).isCloseTo(156.805, within(5e-4));
        assertThat(ridge.l2()).isCloseTo(903.525, within(5e-4));
        assertThat(ridge.scaledL2()).isCloseTo(.1626, within(5e-5));
        assertThat(known(SyntheticErrors.of(panel, SyntheticControl.published(true)).conformal(2000, 1))).isBetween(.005, .025);
    }

    @Test
    void scaleShiftAndOrderDoNotMatter() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3);
        int units = 14;
        int periods = 20;
        double[] y = random.doubles((long) units * periods, 0, 1).toArray();
        int[] cohort = IntStream.range(0, units).map(i -> i < 2 ? 15 : Panel.NEVER).toArray();
        List<SyntheticMethod> methods = List.of(new UniformControl(), SyntheticControl.published(true), new SyntheticDid(SimplexSolver.EXACT), RidgeSyntheticControl.published(true));
        for (SyntheticMethod method : methods) {
            double plain = estimate(panel(y, cohort, periods), method).estimate();
            double scaled = estimate(panel(java.util.Arrays.stream(y).map(x -> 7 * x + 100).toArray(), cohort, periods), method).estimate();
            double[] turned = new double[y.length];
            int[] back = new int[units];
            for (int i = 0; i < units; i++) {
                System.arraycopy(y, i * periods, turned, (units - 1 - i) * periods, periods);
                back[units - 1 - i] = cohort[i];
            }
            assertThat(scaled).as(method.toString()).isCloseTo(7 * plain, within(1e-8));
            assertThat(estimate(panel(turned, back, periods), method).estimate()).as(method.toString()).isCloseTo(plain, within(1e-9));
        }
    }

    @Test
    void findsAHiddenEffectInStaggeredCohorts() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(11);
        int units = 60;
        int periods = 30;
        int[] cohort = IntStream.range(0, units).map(i -> i < 5 ? 20 : i < 9 ? 25 : Panel.NEVER).toArray();
        double[] y = new double[units * periods];
        double[] factor = random.doubles(periods, -1, 1).toArray();
        for (int i = 0; i < units; i++) {
            double load = random.nextDouble();
            for (int t = 0; t < periods; t++) y[i * periods + t] = 10 * load + 5 * load * factor[t] + .2 * (random.nextDouble() - .5) + (t >= cohort[i] ? 3 : 0);
        }
        for (SyntheticMethod method : List.of(SyntheticControl.published(true), SyntheticControl.published(false), new SyntheticDid(), RidgeSyntheticControl.published(true))) {
            SyntheticEstimate found = estimate(panel(y, cohort, periods), method);
            assertThat(found.estimate()).as(method.toString()).isCloseTo(3, within(.1));
            assertThat(found.cohorts()).hasSize(2);
            SyntheticErrors errors = SyntheticErrors.of(panel(y, cohort, periods), method);
            // Levels compared without an intercept: units of other levels left out move the estimate, and the jackknife says so.
            boolean levels = method.equals(SyntheticControl.published(false));
            assertThat(known(errors.jackknife(.95)).p()).matches(p -> levels || p < 1e-6);
            assertThat(known(errors.inTime(5))).isCloseTo(0, within(.1));
            SyntheticErrors.Placebos placebos = known(errors.inSpace(40, 9, .95));
            assertThat(placebos.interval().standardError()).isLessThan(levels ? 1 : .1);
            assertThat(known(errors.inSpace(40, 9, .95))).isEqualTo(placebos);
        }
    }

    @Test
    void jackknifeOfEqualWeightsIsTheTextbooks() {
        double[] y = {1, 5, 2, 4, 1, 1, 0, 3, 2, 2};
        int[] cohort = {1, 1, Panel.NEVER, Panel.NEVER, Panel.NEVER};
        double[] change = {4, 2, 0, 3, 0};
        List<Double> without = new ArrayList<>();
        for (int out = 0; out < 5; out++) {
            double treated = 0;
            double others = 0;
            for (int i = 0; i < 5; i++) if (i != out) {
                if (i < 2) treated += change[i] / (out < 2 ? 1 : 2);
                else others += change[i] / (out < 2 ? 3 : 2);
            }
            without.add(treated - others);
        }
        double mean = without.stream().mapToDouble(x -> x).average().orElseThrow();
        double expected = Math.sqrt(.8 * without.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum());
        assertThat(known(SyntheticErrors.of(panel(y, cohort, 2), new UniformControl()).jackknife(.95)).standardError()).isCloseTo(expected, within(1e-14));
    }

    @Test
    void refusesWithReasons() {
        double[] y = new double[12];
        assertThat(SyntheticEstimate.of(panel(y, new int[] {2, 2, 2}, 4), new UniformControl())).isInstanceOfSatisfying(SyntheticEstimate.Outcome.Refused.class, r -> assertThat(r.why()).containsExactly(Notice.of(Notice.Kind.FEW_DONORS, 0)));
        assertThat(SyntheticEstimate.of(panel(y, new int[] {1, Panel.NEVER, Panel.NEVER}, 4), new SyntheticDid())).isInstanceOfSatisfying(SyntheticEstimate.Outcome.Refused.class, r -> assertThat(r.why()).containsExactly(new Notice(Notice.Kind.FEW_PERIODS_BEFORE, 2, 1, -1), Notice.of(Notice.Kind.NO_TREATED, 0)));
        assertThat(SyntheticEstimate.of(panel(y, new int[] {3, Panel.NEVER, Panel.NEVER}, 4), new SyntheticDid())).isInstanceOfSatisfying(SyntheticEstimate.Outcome.Refused.class, r -> assertThat(r.why()).containsExactly(Notice.of(Notice.Kind.NO_NOISE, 0)));
        y[0] = Double.NaN;
        assertThat(SyntheticEstimate.of(panel(y, new int[] {2, Panel.NEVER, Panel.NEVER}, 4), new UniformControl())).isInstanceOfSatisfying(SyntheticEstimate.Outcome.Refused.class, r -> assertThat(r.why()).containsExactly(Notice.of(Notice.Kind.INCOMPLETE_UNITS, 1), Notice.of(Notice.Kind.NO_TREATED, 0)));
        assertThat(SyntheticErrors.of(panel(new double[12], new int[] {2, Panel.NEVER, Panel.NEVER}, 4), new UniformControl()).jackknife(.95)).isInstanceOf(SyntheticErrors.Outcome.Refused.class);
    }

    static Panel panel(double[] y, int[] cohort, int periods) {
        return new Panel(cohort.length, periods, y, cohort, new double[0][], IntStream.range(0, cohort.length).toArray());
    }
}
