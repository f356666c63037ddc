package xiaxiang.engine.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class NextTownshipTest {
    private static final int DRAWS = 4000;

    /// Demand of each township normal with the means and deviations given, independent.
    private static double[] draws(double[] mean, double[] deviation) {
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(5));
        return IntStream.range(0, DRAWS * mean.length).mapToDouble(i -> mean[i % mean.length] + deviation[i % mean.length] * normal.sample()).toArray();
    }

    /// Two plans, of which one is worth a township's demand and the other 100 for sure: the value of a visit has a closed form.
    @Test
    void meetsTheClosedForm() {
        double[] draws = draws(new double[] {95, 50}, new double[] {20, 20});
        NextTownship next = NextTownship.of(draws, new double[] {10, 10}, 2, (plan, demand) -> plan == 0 ? 100 : demand[0]);
        // The posterior mean is normal around the mean with variance 20^4 / (20^2 + 10^2).
        double mean = IntStream.range(0, DRAWS).mapToDouble(d -> draws[2 * d]).average().orElseThrow();
        double sd = 400 / Math.sqrt(500);
        double u = (mean - 100) / sd;
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double exact = sd * (normal.density(u) + u * normal.cumulativeProbability(u));
        assertThat(next.value(0)).isCloseTo(exact, within(.05 * exact));
        assertThat(next.value(1)).as("a township no plan depends on").isCloseTo(0, within(.25));
        assertThat(next.bestPlan()).isZero();
    }

    @Test
    void aVisitIsWorthBetweenNothingAndEverything() {
        double[] draws = draws(new double[] {10, 10, 10}, new double[] {1, 4, 2});
        double last = -1;
        for (double error : new double[] {Double.POSITIVE_INFINITY, 20, 5, 1, 0}) {
            NextTownship next = NextTownship.of(draws, new double[] {error, error, error}, 3, (plan, demand) -> demand[plan]);
            assertThat(next.value(1)).as("the surer the visit the better: " + error).isGreaterThan(last).isLessThanOrEqualTo(next.perfectValue());
            last = next.value(1);
            if (error == Double.POSITIVE_INFINITY) assertThat(next.value(1)).isZero();
            else if (error < 20) assertThat(next.value(1)).as("the most uncertain first").isGreaterThan(next.value(2));
            if (Double.isInfinite(error)) last = 0;
        }
    }

    @Test
    void noChoiceNoValue() {
        NextTownship one = NextTownship.of(draws(new double[] {1, 2}, new double[] {1, 1}), new double[] {1, 1}, 1, (_, demand) -> demand[0]);
        assertThat(one.value(0)).isCloseTo(0, within(1e-12));
        NextTownship clear = NextTownship.of(draws(new double[] {1, 100}, new double[] {1, 1}), new double[] {1, 1}, 2, (plan, demand) -> demand[plan]);
        assertThat(clear.value(0)).as("one plan is better whatever is read").isCloseTo(0, within(1e-9));
    }

    @Test
    void theQuotaByLotIsEven() {
        double[] mean = {10, 10, 10, 10, 10};
        NextTownship next = NextTownship.of(draws(mean, new double[] {5, 4, 3, 2, 1}), new double[] {1, 1, 1, 1, 1}, 5, (plan, demand) -> demand[plan]);
        int[] count = new int[5];
        double[] cost = {1, 1, 1, 1, 1};
        for (long seed = 0; seed < 3000; seed++) {
            var visits = next.visits(3, 1, cost, seed);
            assertThat(visits.subList(0, 2)).extracting(NextTownship.Visit::township).containsExactly(0, 1);
            assertThat(visits.get(2).byLot()).isTrue();
            count[visits.get(2).township()]++;
        }
        for (int t = 2; t < 5; t++) assertThat(count[t]).isBetween(900, 1100);
        assertThat(next.visits(1, 0, new double[] {100, 1, 1, 1, 1}, 0).getFirst().township()).as("too dear to visit").isEqualTo(1);
    }
}
