package xiaxiang.engine.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class WaveDesignTest {
    private static WaveDesign drawn(double[][] features, int[][] near, WaveDesign.Terms terms) {
        return switch (WaveDesign.draw(features, near, terms)) {
            case WaveDesign.Outcome.Designed(WaveDesign design) -> design;
            case WaveDesign.Outcome.Refused(String why) -> throw new AssertionError(why);
        };
    }

    private static double[][] features(int units, long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        return IntStream.range(0, units).mapToObj(_ -> random.doubles(3, 0, 10).toArray()).toArray(double[][]::new);
    }

    /// Units on a line, each near the next.
    private static int[][] chain(int units, int every) {
        return IntStream.range(0, units).mapToObj(i -> i % every != 0 ? new int[0] : IntStream.of(i - 1, i + 1).filter(j -> j >= 0 && j < units).toArray()).toArray(int[][]::new);
    }

    @Test
    void countsAndBufferAreKept() {
        for (int seed = 0; seed < 50; seed++) {
            int[][] near = chain(43, 3);
            WaveDesign design = drawn(features(43, seed), near, new WaveDesign.Terms(List.of(7, 11, 9), 16, 4, 5, seed));
            int[] label = design.labels();
            assertThat(Arrays.stream(label).filter(l -> l == 0).count()).isEqualTo(7);
            assertThat(Arrays.stream(label).filter(l -> l == 1).count()).isEqualTo(11);
            assertThat(Arrays.stream(label).filter(l -> l == 2).count()).isEqualTo(9);
            assertThat(Arrays.stream(label).filter(l -> l < 0).count()).isEqualTo(16);
            assertThat(Arrays.stream(label).filter(l -> l == WaveContrast.CONTROL).count()).isGreaterThanOrEqualTo(5);
            for (int i = 0; i < 43; i++) {
                boolean close = IntStream.of(near[i]).anyMatch(j -> label[j] >= 0);
                if (label[i] < 0) assertThat(label[i]).as("seed " + seed + " unit " + i).isEqualTo(close ? WaveContrast.BUFFER : WaveContrast.CONTROL);
            }
        }
    }

    @Test
    void sameSeedSameDesignOtherSeedAnother() {
        WaveDesign.Terms terms = new WaveDesign.Terms(List.of(6, 6), 8, 5, 2, 4);
        double[][] features = features(20, 1);
        int[][] near = chain(20, 50);
        assertThat(drawn(features, near, terms).labels()).isEqualTo(drawn(features, near, terms).labels());
        assertThat(drawn(features, near, new WaveDesign.Terms(List.of(6, 6), 8, 5, 2, 5)).labels()).isNotEqualTo(drawn(features, near, terms).labels());
    }

    /// Strata part clusters that lie apart, and each holds its share of every wave.
    @Test
    void strataHoldWhatIsAlike() {
        double[][] features = IntStream.range(0, 24).mapToObj(i -> new double[] {i / 6 * 100 + i % 6, 5}).toArray(double[][]::new);
        for (int[] stratum : WaveDesign.strata(features, 6)) assertThat(Arrays.stream(stratum).map(i -> i / 6).distinct().count()).isEqualTo(1);
        WaveDesign design = drawn(features, chain(24, 100), new WaveDesign.Terms(List.of(8, 8), 8, 6, 2, 3));
        for (int s = 0; s < 4; s++) {
            int stratum = s;
            int[] of = design.stratumOf();
            for (int label = -1; label < 2; label++) {
                int wanted = label;
                assertThat(IntStream.range(0, 24).filter(i -> of[i] == stratum && design.label(i) == wanted).count()).isEqualTo(2);
            }
        }
        assertThat(design.balance()).allSatisfy(b -> assertThat(Math.abs(b.difference())).isLessThan(.05));
    }

    @Test
    void refusesWhatCannotBeCompared() {
        double[][] features = features(10, 1);
        assertThat(why(features, chain(10, 100), new WaveDesign.Terms(List.of(5), 1, 2, 1, 1))).contains("held back");
        assertThat(why(features, chain(10, 100), new WaveDesign.Terms(List.of(5), 4, 2, 1, 1))).contains("there are 10");
        assertThat(why(features, chain(10, 100), new WaveDesign.Terms(List.of(5, 0), 5, 2, 1, 1))).contains("Every wave");
        assertThat(why(features, chain(10, 100), new WaveDesign.Terms(List.of(5), 5, 1, 1, 1))).contains("chance");
        int[][] all = IntStream.range(0, 10).mapToObj(i -> IntStream.range(0, 10).filter(j -> j != i).toArray()).toArray(int[][]::new);
        assertThat(why(features, all, new WaveDesign.Terms(List.of(5), 5, 2, 1, 1))).contains("buffer");
    }

    private static String why(double[][] features, int[][] near, WaveDesign.Terms terms) {
        return WaveDesign.draw(features, near, terms) instanceof WaveDesign.Outcome.Refused(String why) ? why : "";
    }
}
