package xiaxiang.engine.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PpsSampleTest {
    private static final double[] SIZES = {1, 2, 3, 4, 5, 6, 0, 40};

    @Test
    void largeUnitsAreCertainAndTheRestShareWhatIsLeft() {
        double[] p = PpsSample.probabilities(SIZES, 3);
        assertThat(p[7]).isEqualTo(1);
        assertThat(p[6]).isZero();
        for (int i = 0; i < 6; i++) assertThat(p[i]).isCloseTo(2 * SIZES[i] / 21, within(1e-15));
        // With 4 drawn the largest takes one, and 3 of 21: no other above 1.
        assertThat(Arrays.stream(PpsSample.probabilities(SIZES, 4)).sum()).isCloseTo(4, within(1e-12));
        assertThat(PpsSample.probabilities(SIZES, 7)).containsExactly(1, 1, 1, 1, 1, 1, 0, 1);
        assertThatThrownBy(() -> PpsSample.probabilities(SIZES, 8)).hasMessageContaining("between 0 and 7");
        assertThatThrownBy(() -> PpsSample.draw(new double[] {.5, .2}, PpsSample.Method.SYSTEMATIC, RandomSource.XO_SHI_RO_256_PP.create(1))).hasMessageContaining("no whole number");
    }

    /// Every subset of three of six, its probability the product of odds: added up by unit, exactly what was asked for.
    @Test
    void conditionalPoissonIncludesExactly() {
        double[] asked = PpsSample.probabilities(new double[] {1, 2, 3, 4, 5, 6}, 3);
        double[] odds = PpsSample.odds(asked, 3);
        double all = 0;
        double[] in = new double[6];
        for (int set = 0; set < 64; set++) {
            if (Integer.bitCount(set) != 3) continue;
            double way = 1;
            for (int i = 0; i < 6; i++) if ((set >> i & 1) == 1) way *= odds[i];
            all += way;
            for (int i = 0; i < 6; i++) if ((set >> i & 1) == 1) in[i] += way;
        }
        for (int i = 0; i < 6; i++) assertThat(in[i] / all).isCloseTo(asked[i], within(1e-12));
    }

    @ParameterizedTest
    @EnumSource
    void drawsUnitsAsOftenAsAskedAndTotalsAreUnbiased(PpsSample.Method method) {
        double[] y = {3, 1, 7, 2, 9, 4, 0, 50};
        double[] p = PpsSample.probabilities(SIZES, 4);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(17);
        int draws = 50_000;
        int[] count = new int[8];
        double total = 0;
        for (int d = 0; d < draws; d++) {
            int[] sample = PpsSample.draw(p, method, random);
            assertThat(sample).hasSize(4).doesNotHaveDuplicates();
            for (int i : sample) {
                count[i]++;
                total += y[i] / p[i] / draws;
            }
        }
        for (int i = 0; i < 8; i++) assertThat(count[i] / (double) draws).isCloseTo(p[i], within(5 * Math.sqrt(p[i] * (1 - p[i]) / draws) + 1e-12));
        assertThat(total).isCloseTo(Arrays.stream(y).sum(), within(.3));
    }

    @Test
    void aLargeFrameIsDrawnToo() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3);
        double[] size = random.doubles(3000, 1, 1000).toArray();
        double[] p = PpsSample.probabilities(size, 400);
        assertThat(PpsSample.draw(p, PpsSample.Method.MAXIMUM_ENTROPY, random)).hasSize(400).isSorted().doesNotHaveDuplicates();
        double[] odds = PpsSample.odds(p, 400);
        double[] reached = PpsSample.inclusion(Arrays.stream(odds).map(o -> o / (1 + o)).toArray(), 400);
        assertThat(reached).containsExactly(p, within(1e-10));
    }

    /// 4,000 samples of a made-up county: the mean is unbiased, its error is the one shown, and the even quota comes in.
    @Test
    void aStratifiedSampleWeighsItself() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(9);
        int n = 120;
        int[] stratum = IntStream.range(0, n).map(i -> i / 60).toArray();
        double[] size = random.doubles(n, 10, 100).toArray();
        double[] y = IntStream.range(0, n).mapToDouble(i -> size[i] * (1 + random.nextDouble()) + (stratum[i] == 0 ? 0 : 30)).toArray();
        double truth = Arrays.stream(y).sum();
        double mean = 0;
        double squares = 0;
        int worlds = 4000;
        int even = 0;
        for (int seed = 0; seed < worlds; seed++) {
            StratifiedSample sample = StratifiedSample.draw(stratum, size, new int[] {8, 8}, new int[] {2, 1}, PpsSample.Method.SYSTEMATIC, seed);
            int[] places = sample.places();
            double total = 0;
            for (int a = 0; a < places.length; a++) {
                total += sample.weights()[a] * y[places[a]];
                if (sample.isEven(a)) even++;
            }
            mean += total / worlds;
            squares += (total - truth) * (total - truth) / worlds;
        }
        assertThat(mean).isCloseTo(truth, within(4 * Math.sqrt(squares / worlds)));
        assertThat(even / (double) worlds).isBetween(2.3, 3.0);
        assertThat(StratifiedSample.draw(stratum, size, new int[] {8, 8}, new int[] {2, 1}, PpsSample.Method.SYSTEMATIC, 5).places())
                .isEqualTo(StratifiedSample.draw(stratum, size, new int[] {8, 8}, new int[] {2, 1}, PpsSample.Method.SYSTEMATIC, 5).places());
    }

    @Test
    void allocations() {
        // Cochran: +-5 points at 95% for a proportion of one half, 385; of 1,000 people 278.
        assertThat(Allocation.sampleSize(.05, 1.96, .5, 1, Double.POSITIVE_INFINITY)).isEqualTo(385);
        assertThat(Allocation.sampleSize(.05, 1.96, .5, 1, 1000)).isEqualTo(278);
        assertThat(Allocation.neyman(100, new int[] {1000, 1000, 1000}, new double[] {1, 2, 5}, 2)).containsExactly(13, 25, 62);
        assertThat(Allocation.neyman(60, new int[] {1000, 20, 1000}, new double[] {1, 1000, 1}, 2)).as("a stratum taken whole").containsExactly(20, 20, 20);
        assertThat(Allocation.power(30, new int[] {100, 100}, new double[] {10, 1000}, new double[] {1, 1}, 0, 1)).containsExactly(15, 15);
        assertThat(Allocation.power(22, new int[] {100, 100}, new double[] {10, 1000}, new double[] {1, 1}, .5, 1)).containsExactly(2, 20);
        assertThatThrownBy(() -> Allocation.neyman(3, new int[] {10, 10}, new double[] {1, 1}, 2)).hasMessageContaining("between 4");
    }
}
