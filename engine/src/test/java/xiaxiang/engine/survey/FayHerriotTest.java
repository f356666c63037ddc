package xiaxiang.engine.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xiaxiang.engine.SharedTable;
import xiaxiang.engine.survey.FayHerriot.Method;
import xiaxiang.engine.survey.FayHerriot.Outcome;

class FayHerriotTest {
    private static FayHerriot fitted(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Fitted(FayHerriot fit) -> fit;
            case Outcome.Refused(String why) -> throw new AssertionError(why);
        };
    }

    private static FayHerriot milk(Method method) {
        SharedTable t = SharedTable.read("sae_milk.csv");
        int[] major = t.codes("MajorArea");
        double[] x = new double[4 * t.rows()];
        for (int i = 0; i < t.rows(); i++) {
            x[4 * i] = 1;
            if (major[i] > 0) x[4 * i + major[i]] = 1;
        }
        return fitted(FayHerriot.fit(t.numbers("yi"), Arrays.stream(t.numbers("SD")).map(s -> s * s).toArray(), x, 4, method));
    }

    /// Published: R sae, `eblupFH(yi ~ as.factor(MajorArea), SD^2)` and its `mseFH`; You and Chapman (2006).
    @Test
    void milk() {
        FayHerriot fit = milk(Method.REML);
        assertThat(fit.areaVariance()).isCloseTo(.0185502223, within(1e-5));
        assertThat(fit.coefficients()).containsExactly(new double[] {.968, .1327, .2269, -.2413}, within(1e-3));
        assertThat(fit.estimate(0)).isCloseTo(1.0219703, within(1e-4));
        assertThat(fit.meanSquaredError(0)).isCloseTo(.013459, within(1e-4));
        assertThat(fit.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theUnitOnlyScales(Method method) {
        double[] y = {1, 3, 2, 5, 4, 6.5, 4, 9};
        double[] v = {.5, .4, .6, .3, .8, .2, .7, .5};
        double[] x = {1, 1, 1, 2, 1, 3, 1, 4, 1, 5, 1, 6, 1, 7, 1, 8};
        FayHerriot one = fitted(FayHerriot.fit(y, v, x, 2, method));
        FayHerriot ten = fitted(FayHerriot.fit(Arrays.stream(y).map(a -> 10 * a).toArray(), Arrays.stream(v).map(a -> 100 * a).toArray(), x, 2, method));
        assertThat(ten.areaVariance()).isCloseTo(100 * one.areaVariance(), within(1e-9));
        for (int i = 0; i < 8; i++) {
            assertThat(ten.estimate(i)).isCloseTo(10 * one.estimate(i), within(1e-9));
            assertThat(ten.meanSquaredError(i)).isCloseTo(100 * one.meanSquaredError(i), within(1e-8));
        }
    }

    /// 200 worlds of 60 areas: the mean squared error shown is the one that happens, and an area nobody asked in is predicted.
    @ParameterizedTest
    @EnumSource
    void theErrorShownIsTheErrorMade(Method method) {
        double shown = 0;
        double made = 0;
        double unasked = 0;
        double shownUnasked = 0;
        for (int world = 0; world < 300; world++) {
            ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(100 + world));
            int n = 60;
            double[] y = new double[n];
            double[] truth = new double[n];
            double[] v = new double[n];
            double[] x = new double[2 * n];
            for (int i = 0; i < n; i++) {
                x[2 * i] = 1;
                x[2 * i + 1] = i / 60.0;
                v[i] = .3 + i % 5 * .2;
                truth[i] = 2 + 3 * x[2 * i + 1] + normal.sample();
                y[i] = i == 7 ? Double.NaN : truth[i] + Math.sqrt(v[i]) * normal.sample();
            }
            FayHerriot fit = fitted(FayHerriot.fit(y, v, x, 2, method));
            for (int i = 0; i < n; i++) {
                double squared = (fit.estimate(i) - truth[i]) * (fit.estimate(i) - truth[i]);
                if (i == 7) {
                    unasked += squared;
                    shownUnasked += fit.meanSquaredError(i);
                } else {
                    made += squared;
                    shown += fit.meanSquaredError(i);
                }
            }
        }
        assertThat(shown / made).isBetween(.96, 1.04);
        assertThat(shownUnasked / unasked).isBetween(.75, 1.3);
    }

    @Test
    void noVarianceBetweenAreasIsSaid() {
        double[] y = {1.01, .99, 1.02, .98, 1};
        double[] one = {1, 1, 1, 1, 1};
        FayHerriot fit = fitted(FayHerriot.fit(y, one, one, 1, Method.REML));
        assertThat(fit.areaVariance()).isZero();
        assertThat(fit.estimate(0)).isEqualTo(1, within(1e-12));
        assertThat(fit.warnings()).singleElement().asString().contains("estimated as 0");
    }

    @Test
    void hostileInputIsRefused() {
        double[] one = {1, 1, 1};
        assertThat(FayHerriot.fit(one, new double[] {1, 0, 1}, one, 1, Method.REML)).isInstanceOfSatisfying(Outcome.Refused.class, r -> assertThat(r.why()).contains("area 1"));
        assertThat(FayHerriot.fit(new double[] {1, Double.NaN, Double.NaN}, one, one, 1, Method.REML)).isInstanceOf(Outcome.Refused.class);
        assertThat(FayHerriot.fit(one, one, new double[] {1, 2, 1, 2, 1, 2}, 2, Method.REML)).isInstanceOfSatisfying(Outcome.Refused.class, r -> assertThat(r.why()).contains("[1]"));
    }
}
