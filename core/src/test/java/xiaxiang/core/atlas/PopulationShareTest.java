package xiaxiang.core.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PopulationShareTest {
    @Test
    void largestRemainderOfTheTextbook() {
        // Quotas of 100 seats over 47, 16, 15.8, 12, 6.1, 3.1 thousand votes: Hamilton gives 47 16 16 12 6 3.
        assertThat(PopulationShare.largestRemainder(100, new double[] {47_000, 16_000, 15_900, 12_000, 6_000, 3_100}))
                .containsExactly(47, 16, 16, 12, 6, 3);
        assertThat(PopulationShare.largestRemainder(10, new double[] {1, 1, 1})).as("the first of equal remainders first").containsExactly(4, 3, 3);
    }

    @Test
    void totalIsKeptAndEachPartIsWithinOneOfItsQuota() {
        for (long seed = 0; seed < 3_000; seed++) {
            var random = new SplittableRandom(seed);
            long total = random.nextLong(1L << (1 + random.nextInt(44)));
            double[] weights = new double[1 + random.nextInt(60)];
            for (int i = 0; i < weights.length; i++) weights[i] = random.nextInt(5) == 0 ? 0 : Math.exp(20 * random.nextGaussian());
            long[] parts = PopulationShare.largestRemainder(total, weights);
            assertThat(Arrays.stream(parts).sum()).as("seed %d", seed).isEqualTo(total);
            double sum = Arrays.stream(weights).sum();
            for (int i = 0; i < parts.length && sum > 0; i++) {
                double quota = total * (weights[i] / sum);
                assertThat((double) parts[i]).as("seed %d part %d", seed, i).isBetween(quota - 1.01, quota + 1.01);
                if (weights[i] == 0) assertThat(parts[i]).as("seed %d part %d", seed, i).isZero();
            }
        }
    }

    @Test
    void figuresThatFitTheTotalStayAsTheyAre() {
        for (long seed = 0; seed < 500; seed++) {
            long[] figures = new SplittableRandom(seed).longs(40, 0, 100_000).toArray();
            double[] weights = Arrays.stream(figures).asDoubleStream().toArray();
            assertThat(PopulationShare.largestRemainder(Arrays.stream(figures).sum(), weights)).as("seed %d", seed).containsExactly(figures);
        }
    }

    @Test
    void extremesAreShared() {
        assertThat(PopulationShare.largestRemainder(7, new double[] {0, 0, 0})).containsExactly(3, 2, 2);
        assertThat(PopulationShare.largestRemainder(5, new double[] {Double.MAX_VALUE, Double.MAX_VALUE, Double.MIN_VALUE})).containsExactly(3, 2, 0);
        assertThat(PopulationShare.largestRemainder(3, new double[] {Double.MIN_VALUE})).containsExactly(3);
        assertThat(PopulationShare.largestRemainder(0, new double[0])).isEmpty();
    }

    @Test
    void whatCannotBeSharedIsRefused() {
        assertThatThrownBy(() -> PopulationShare.largestRemainder(1, new double[0])).hasMessageContaining("nobody");
        assertThatThrownBy(() -> PopulationShare.largestRemainder(-1, new double[] {1})).hasMessageContaining("-1");
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> PopulationShare.largestRemainder(1, new double[] {1, bad})).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
