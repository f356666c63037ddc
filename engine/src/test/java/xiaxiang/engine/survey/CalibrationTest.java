package xiaxiang.engine.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;
import xiaxiang.engine.survey.Calibration.Distance;
import xiaxiang.engine.survey.Calibration.Outcome;

class CalibrationTest {
    private static final int N = 200;

    /// Two overlapping classifications, of which the last column is a combination of others, and an amount.
    private static double[] auxiliaries(UniformRandomProvider random) {
        double[] x = new double[N * 6];
        for (int i = 0; i < N; i++) {
            x[i * 6 + random.nextInt(3)] = 1;
            x[i * 6 + 3 + random.nextInt(2)] = 1;
            x[i * 6 + 5] = 10 * random.nextDouble();
        }
        return x;
    }

    private static double[] sums(double[] weight, double[] x) {
        double[] out = new double[6];
        for (int i = 0; i < N; i++) for (int j = 0; j < 6; j++) out[j] += weight[i] * x[i * 6 + j];
        return out;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void meetsEveryTotalUnderEachDistance(long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        double[] x = auxiliaries(random);
        double[] weight = random.doubles(N, 5, 20).toArray();
        double[] totals = sums(Arrays.stream(weight).map(w -> w * (.7 + .6 * random.nextDouble())).toArray(), x);
        for (Distance d : new Distance[] {new Distance.Linear(), new Distance.Raking(), new Distance.Logit(.5, 2)}) {
            var met = (Outcome.Calibrated) Calibration.of(weight, x, totals, d);
            double[] sums = sums(met.weights(), x);
            for (int j = 0; j < 6; j++) assertThat(sums[j]).as("seed " + seed + " " + d).isCloseTo(totals[j], within(1e-10 * totals[j]));
            if (d instanceof Distance.Logit) assertThat(met.leastFactor()).isBetween(.5, 1.0);
        }
    }

    @Test
    void rakingOneClassificationIsPostStratification() {
        double[] weight = {1, 2, 3, 4};
        double[] x = {1, 0, 1, 0, 0, 1, 0, 1};
        var met = (Outcome.Calibrated) Calibration.of(weight, x, new double[] {6, 14}, new Distance.Raking());
        assertThat(met.weights()).containsExactly(new double[] {2, 4, 6, 8}, within(1e-11));
    }

    @Test
    void whatCannotBeMetIsRefusedWithTheTotal() {
        double[] weight = {1, 1, 1, 1};
        double[] x = {1, 0, 1, 0, 1, 0, 1, 0};
        assertThat(Calibration.of(weight, x, new double[] {4, 3}, new Distance.Raking())).isInstanceOfSatisfying(Outcome.Refused.class, r -> assertThat(r.why()).contains("total 1 (3.0)", "no answer"));
        double[] one = {1, 1, 1, 1};
        assertThat(Calibration.of(weight, one, new double[] {40}, new Distance.Logit(.5, 2))).isInstanceOfSatisfying(Outcome.Refused.class, r -> assertThat(r.why()).contains("Widen the bounds"));
        assertThat(Calibration.of(weight, new double[] {1, Double.NaN, 1, 1}, new double[] {40}, new Distance.Linear())).isInstanceOf(Outcome.Refused.class);
    }
}
