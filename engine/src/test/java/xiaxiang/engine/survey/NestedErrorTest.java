package xiaxiang.engine.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import xiaxiang.engine.survey.NestedError.Outcome;

class NestedErrorTest {
    private static NestedError fitted(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Fitted(NestedError fit) -> fit;
            case Outcome.Refused(String why) -> throw new AssertionError(why);
        };
    }

    /// As many answers everywhere and no covariate: restricted likelihood is the analysis of variance.
    @Test
    void balancedAreasGiveTheAnalysisOfVariance() {
        double[] y = {1, 2, 3, 5, 4, 6, 9, 8, 7, 2, 3, 1};
        int[] area = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3};
        double[] one = new double[12];
        Arrays.fill(one, 1);
        NestedError fit = fitted(NestedError.fit(y, one, 1, area, 5));
        // Means 2, 5, 8, 2 around 4.25: between 3 x 24.75 / 3 = 24.75, within 8 / 8 = 1.
        assertThat(fit.withinVariance()).isCloseTo(1, within(1e-10));
        assertThat(fit.betweenVariance()).isCloseTo((24.75 - 1) / 3, within(1e-9));
        double own = 1 - 1 / 24.75;
        assertThat(fit.estimate(2, new double[] {1})).isCloseTo(4.25 + own * 3.75, within(1e-10));
        assertThat(fit.estimate(4, new double[] {1})).as("nobody asked").isCloseTo(4.25, within(1e-10));
        assertThat(fit.meanSquaredError(4, new double[] {1})).isGreaterThan(fit.betweenVariance());
    }

    /// 300 worlds of 40 areas with one to six answers: the mean squared error shown is the one that happens.
    @Test
    void theErrorShownIsTheErrorMade() {
        double shown = 0;
        double made = 0;
        for (int world = 0; world < 300; world++) {
            ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(500 + world));
            int n = 0;
            double[] y = new double[240];
            double[] x = new double[480];
            int[] area = new int[240];
            double[] truth = new double[40];
            for (int a = 0; a < 40; a++) {
                double effect = .8 * normal.sample();
                truth[a] = 1 + 2 * .5 + effect;
                for (int i = 0; i < 1 + a % 6; i++) {
                    x[2 * n] = 1;
                    x[2 * n + 1] = .5 + normal.sample();
                    y[n] = 1 + 2 * x[2 * n + 1] + effect + normal.sample();
                    area[n++] = a;
                }
            }
            NestedError fit = fitted(NestedError.fit(Arrays.copyOf(y, n), Arrays.copyOf(x, 2 * n), 2, Arrays.copyOf(area, n), 40));
            for (int a = 0; a < 40; a++) {
                double e = fit.estimate(a, new double[] {1, .5}) - truth[a];
                made += e * e;
                shown += fit.meanSquaredError(a, new double[] {1, .5});
            }
        }
        assertThat(shown / made).isBetween(.96, 1.04);
    }

    @Test
    void hostileInputIsRefusedAndNoVarianceBetweenIsSaid() {
        double[] one = {1, 1, 1, 1};
        assertThat(NestedError.fit(new double[] {1, 2, 3, 4}, one, 1, new int[] {0, 1, 2, 3}, 4)).isInstanceOfSatisfying(Outcome.Refused.class, r -> assertThat(r.why()).contains("4 answers in 4 areas"));
        assertThat(NestedError.fit(one, one, 1, new int[] {0, 0, 1, 1}, 2)).isInstanceOfSatisfying(Outcome.Refused.class, r -> assertThat(r.why()).contains("exactly"));
        assertThat(NestedError.fit(new double[] {1, Double.NaN, 3, 4}, one, 1, new int[] {0, 0, 1, 1}, 2)).isInstanceOf(Outcome.Refused.class);
        assertThat(fitted(NestedError.fit(new double[] {1, 2, 2, 1}, one, 1, new int[] {0, 0, 1, 1}, 2)).warnings()).singleElement().asString().contains("estimated as 0");
    }
}
