package xiaxiang.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xiaxiang.engine.choice.BrandChoice.Constants;

/// Hide constants, make the totals they give, and find the constants again.
class ShareInversionTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void findsHiddenConstants(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int brands = 2 + random.nextInt(7);
        BrandChoice market = market(random, 50 + random.nextInt(3000), brands);
        Constants truth = new Constants(random.doubles(brands, -2, 1).toArray(), random.doubles(brands, -2, 2).toArray());
        double[] units = new double[brands];
        double[] online = new double[brands];
        totals(market, truth, units, online);

        ShareInversion.Solution found = ShareInversion.solve(market, units, online, ShareInversion.flat(brands));

        assertThat(found.error()).as("seed " + seed).isLessThan(1e-9);
        for (int b = 0; b < brands; b++) {
            assertThat(found.constants().alpha(b)).as("seed " + seed + " brand " + b).isCloseTo(truth.alpha(b), within(1e-6));
            assertThat(found.constants().onlineFactor(b)).as("seed " + seed).isCloseTo(truth.onlineFactor(b), within(1e-6 * truth.onlineFactor(b)));
        }
    }

    /// Sums written another way than the solver's: point by point, straight from the formula of the nested logit.
    private static void totals(BrandChoice market, Constants c, double[] units, double[] online) {
        for (int i = 0; i < market.points; i++) {
            double all = 1;
            for (int b = 0; b < market.brands; b++) all += nest(market, c, i, b);
            for (int b = 0; b < market.brands; b++) {
                double bought = market.weight[i] * nest(market, c, i, b) / all;
                double net = c.onlineFactor(b) * market.online[i * market.brands + b];
                units[b] += bought;
                online[b] += bought * net / (net + market.shops[i * market.brands + b]);
            }
        }
        for (int b = 0; b < market.brands; b++) online[b] /= units[b];
    }

    private static double nest(BrandChoice market, Constants c, int i, int b) {
        int at = i * market.brands + b;
        return Math.exp(c.alpha(b)) * Math.pow(market.shops[at] + c.onlineFactor(b) * market.online[at], market.mu);
    }

    private static BrandChoice market(SplittableRandom random, int points, int brands) {
        double[] weight = random.doubles(points, 1, 100).toArray();
        double[] shops = random.doubles((long) points * brands, 0, 5).map(x -> x < 1 ? 0 : x).toArray();
        double[] online = random.doubles((long) points * brands, .1, 1).toArray();
        return new BrandChoice(brands, .3 + .7 * random.nextDouble(), weight, shops, online);
    }
}
