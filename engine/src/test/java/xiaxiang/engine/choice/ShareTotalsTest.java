package xiaxiang.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xiaxiang.engine.SharedTable;
import xiaxiang.engine.choice.ShareTotals.Likelihood;
import xiaxiang.engine.choice.ShareTotals.Outcome;
import xiaxiang.engine.choice.TotalsFit.Errors;

class ShareTotalsTest {
    private static TotalsFit fitted(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Fitted(TotalsFit fit) -> fit;
            case Outcome.Refused(String why) -> throw new AssertionError(why);
        };
    }

    /// A small world: origins in a square with some shops each, two groups, and utilities of log size, distance and a dummy.
    private static final class World {
        final Catchments market;
        final Utility.Linear utility;

        World(long seed, int origins, int shops, double power, boolean outside) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
            double[] size = random.doubles(shops, 0, 3).toArray();
            int[] start = new int[origins + 1];
            int[] shop = new int[origins * shops];
            double[][] factor = new double[3][origins * shops];
            for (int i = 0; i < origins; i++) {
                start[i + 1] = start[i];
                for (int j = 0; j < shops; j++) {
                    if (random.nextDouble() < .2) continue;
                    int p = start[i + 1]++;
                    shop[p] = j;
                    factor[0][p] = size[j];
                    factor[1][p] = 5 * random.nextDouble();
                    factor[2][p] = j % 3 == 0 ? 1 : 0;
                }
            }
            int pairs = start[origins];
            double[][] cut = Arrays.stream(factor).map(f -> Arrays.copyOf(f, pairs)).toArray(double[][]::new);
            market = new Catchments(random.doubles(origins, power / 2, power * 1.5).toArray(), start, Arrays.copyOf(shop, pairs), shops, IntStream.range(0, origins).map(i -> i % 2).toArray(), outside);
            utility = new Utility.Linear(new double[pairs], new int[] {0, 1, 2}, cut);
        }

        ShareTotals totals(double[] y, Likelihood likelihood) {
            return new ShareTotals(market, utility, y, likelihood, 3);
        }

        double[] expected(double[] theta) {
            return totals(new double[market.cells()], Likelihood.POISSON).expected(theta);
        }
    }

    @ParameterizedTest
    @CsvSource({"MULTINOMIAL, false", "MULTINOMIAL, true", "POISSON, false", "POISSON, true"})
    void derivativesAreThoseOfFiniteDifferences(Likelihood likelihood, boolean outside) {
        World world = new World(4, 30, 7, 10, outside);
        double[] y = Arrays.stream(world.expected(new double[] {1, -.5, .3})).map(Math::rint).toArray();
        y[2] = 0;
        y[5] = Double.NaN;
        ShareTotals f = world.totals(y, likelihood);
        double[] theta = {.7, -.8, .1};
        double[] g = new double[3];
        double[] h = new double[9];
        f.at(theta, g, h);
        double step = 1e-5;
        for (int a = 0; a < 3; a++) {
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[a] += step;
            down[a] -= step;
            double[] gUp = new double[3];
            double[] gDown = new double[3];
            double difference = f.at(up, gUp, new double[0]) - f.at(down, gDown, new double[0]);
            assertThat(difference / (2 * step)).isCloseTo(g[a], within(1e-6 * Math.max(1, Math.abs(g[a]))));
            for (int b = 0; b < 3; b++) assertThat((gUp[b] - gDown[b]) / (2 * step)).isCloseTo(h[a * 3 + b], within(1e-5 * Math.max(1, Math.abs(h[a * 3 + b]))));
        }
    }

    @ParameterizedTest
    @CsvSource({"MULTINOMIAL, false", "MULTINOMIAL, true", "POISSON, false", "POISSON, true"})
    void expectedTotalsGiveTheTruthBack(Likelihood likelihood, boolean outside) {
        World world = new World(9, 40, 12, 50, outside);
        double[] truth = {.9, -.6, .4};
        TotalsFit fit = fitted(world.totals(world.expected(truth), likelihood).fit(new double[3]));
        assertThat(fit.coefficients()).containsExactly(truth, within(1e-9));
        assertThat(fit.logLikelihood()).isCloseTo(0, within(1e-9));
        assertThat(fit.standardErrors(Errors.SANDWICH)).containsExactly(new double[3], within(1e-6));
    }

    @Test
    void withoutAnOutsideTheSplitIsAllThereIs() {
        World world = new World(2, 25, 6, 20, false);
        double[] y = Arrays.stream(world.expected(new double[] {1, -1, 0})).map(m -> Math.rint(m * 1.2)).toArray();
        // Totals that sum to the power of each group: then both likelihoods agree in every digit but the rounding.
        for (int g = 0; g < 2; g++) {
            double power = 0;
            double sum = 0;
            for (int i = 0; i < world.market.power.length; i++) if (world.market.group[i] == g) power += world.market.power[i];
            for (int j = 0; j < 6; j++) sum += y[g * 6 + j];
            for (int j = 0; j < 6; j++) y[g * 6 + j] *= power / sum;
        }
        TotalsFit split = fitted(world.totals(y, Likelihood.MULTINOMIAL).fit(new double[3]));
        TotalsFit level = fitted(world.totals(y, Likelihood.POISSON).fit(new double[3]));
        assertThat(split.coefficients()).containsExactly(level.coefficients(), within(1e-9));
        assertThat(split.covariance(Errors.HESSIAN)).containsExactly(level.covariance(Errors.HESSIAN), within(1e-9));
    }

    @Test
    void theUnitOfMoneyChangesNeitherCoefficientsNorRobustErrors() {
        World world = new World(3, 40, 15, 50, false);
        double[] y = noisy(world, new double[] {1, -.5, .2}, 8, 5);
        World yuan = new World(3, 40, 15, 50e6, false);
        TotalsFit small = fitted(world.totals(y, Likelihood.MULTINOMIAL).fit(new double[3]));
        TotalsFit large = fitted(yuan.totals(Arrays.stream(y).map(v -> 1e6 * v).toArray(), Likelihood.MULTINOMIAL).fit(new double[3]));
        assertThat(large.coefficients()).containsExactly(small.coefficients(), within(1e-8));
        for (Errors e : new Errors[] {Errors.DISPERSION, Errors.SANDWICH}) assertThat(large.standardErrors(e)).containsExactly(small.standardErrors(e), within(1e-8));
        assertThat(large.dispersion() / small.dispersion()).isCloseTo(1e6, within(1.0));
        assertThat(large.warnings()).anyMatch(w -> w.contains("too small"));
    }

    /// Totals that come in batches of `batch`, so that their variance is `batch` times their mean, with many zeros.
    private static double[] noisy(World world, double[] truth, double batch, long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        return Arrays.stream(world.expected(truth)).map(m -> m <= 0 ? 0 : batch * PoissonSampler.of(random, m / batch).sample()).toArray();
    }

    @Test
    void zerosNeitherStopNorBiasIt() {
        double[] truth = {1, -.5, 0};
        double[] mean = new double[3];
        double zeros = 0;
        int worlds = 200;
        for (int seed = 1; seed <= worlds; seed++) {
            World world = new World(seed, 40, 20, 12, false);
            double[] y = noisy(world, truth, 3, 1000 + seed);
            zeros += Arrays.stream(y).filter(v -> v == 0).count() / (double) y.length;
            double[] b = fitted(world.totals(y, Likelihood.MULTINOMIAL).fit(new double[3])).coefficients();
            for (int a = 0; a < 3; a++) mean[a] += b[a] / worlds;
        }
        assertThat(zeros / worlds).isGreaterThan(.05);
        assertThat(mean).containsExactly(truth, within(.04));
    }

    @Test
    void whatCannotBeKnownIsRefused() {
        World world = new World(5, 20, 6, 10, false);
        double[] y = new double[12];
        assertThat(world.totals(y, Likelihood.POISSON).fit(new double[3])).isInstanceOfSatisfying(Outcome.Refused.class, r -> assertThat(r.why()).contains("nothing to compare"));
        double[][] same = {world.utility.factor[0], world.utility.factor[0]};
        var twice = new ShareTotals(world.market, new Utility.Linear(world.utility.constant, new int[] {0, 1}, same), world.expected(new double[] {1, -1, 0}), Likelihood.POISSON, 2);
        assertThat(twice.fit(new double[2])).isInstanceOfSatisfying(Outcome.Refused.class, r -> assertThat(r.why()).contains("cannot be told"));
        // Every third shop sells nothing: its dummy runs to minus infinity.
        double[] separated = world.expected(new double[] {1, -1, 0});
        for (int c = 0; c < 12; c++) if (c % 6 % 3 == 0) separated[c] = 0;
        assertThat(world.totals(separated, Likelihood.POISSON).fit(new double[3])).isInstanceOfSatisfying(Outcome.Refused.class, r -> assertThat(r.why()).contains("Coefficient 2 runs to infinity"));
        assertThatThrownBy(() -> world.totals(new double[] {-1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, Likelihood.POISSON)).hasMessageContaining("at least 0");
    }

    /// Freiburg: fitted on two thirds of the stores, the others predicted three times over, against Huff(1, -2).
    @Test
    void freiburgHeldOutBeatsHuff() {
        double[] power = SharedTable.read("MCI_Freiburg2.csv").numbers("ppower");
        double[] truth = SharedTable.read("MCI_Freiburg3.csv").numbers("annualsales");
        SharedTable pairs = SharedTable.read("MCI_Freiburg1.csv");
        double[] area = pairs.numbers("salesarea");
        double[] distance = pairs.numbers("distance");
        double[] huff = Huff.sales(power, new Huff(1, -2).shares(Arrays.copyOf(area, truth.length), distance));
        Utility.Linear utility = new Utility.Linear(new double[area.length], new int[] {0, 1}, new double[][] {Arrays.stream(area).map(Math::log).toArray(), Arrays.stream(distance).map(Math::log).toArray()});
        double[] predicted = new double[truth.length];
        for (int fold = 0; fold < 3; fold++) {
            int held = fold;
            double[] known = IntStream.range(0, truth.length).mapToDouble(j -> j % 3 == held ? Double.NaN : truth[j]).toArray();
            TotalsFit fit = fitted(new ShareTotals(Catchments.full(power, truth.length), utility, known, Likelihood.POISSON, 2).fit(new double[2]));
            for (int j = held; j < truth.length; j += 3) predicted[j] = fit.expected()[j];
            assertThat(fit.coefficients()[0]).isBetween(.7, 1.2);
            assertThat(fit.warnings()).isNotEmpty();
        }
        int[] tier = Arrays.stream(area).limit(truth.length).mapToInt(a -> a < 800 ? 0 : a < 2000 ? 1 : 2).toArray();
        ShareScore ours = ShareScore.of(predicted, truth, tier, 3);
        ShareScore naive = ShareScore.of(huff, truth, tier, 3);
        assertThat(ours.mape()).as("29.2% against 63.8%").isLessThan(.3);
        for (int t = 0; t < 3; t++) assertThat(ours.shareErrorByTier().get(t)).isLessThan(naive.shareErrorByTier().get(t));
        assertThat(ours.logLikelihood()).isGreaterThan(naive.logLikelihood());
    }
}
