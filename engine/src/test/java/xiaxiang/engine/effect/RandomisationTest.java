package xiaxiang.engine.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class RandomisationTest {
    private static final int C = WaveContrast.CONTROL;

    private static int[][] alone(int units) {
        return IntStream.range(0, units).mapToObj(_ -> new int[0]).toArray(int[][]::new);
    }

    /// One period before and one after: the contrast is a difference of mean changes, worked out by hand over every choice of 3 of 7.
    @Test
    void pEqualsFullEnumerationByHand() {
        double[] change = {5, 3, 4, 1, 0, 2, 2.5};
        double[] y = new double[14];
        for (int i = 0; i < 7; i++) {
            y[2 * i] = 10 * i;
            y[2 * i + 1] = 10 * i + change[i];
        }
        int[] label = {0, 0, 0, C, C, C, C};
        WaveMechanism mechanism = new WaveMechanism(new int[][] {{0, 1, 2, 3, 4, 5, 6}}, label, alone(7), 1);
        RandomisationInference.Result result = RandomisationInference.of(mechanism, new WaveContrast(2, new int[] {1}), 100, 1).test(y, label, .1);
        double own = (5 + 3 + 4) / 3.0 - (1 + 0 + 2 + 2.5) / 4;
        int reach = 0;
        for (int set = 0; set < 128; set++) {
            if (Integer.bitCount(set) != 3) continue;
            double in = 0;
            double out = 0;
            for (int i = 0; i < 7; i++) if ((set >> i & 1) == 1) in += change[i];
            else out += change[i];
            if (Math.abs(in / 3 - out / 4) >= own - 1e-12) reach++;
        }
        assertThat(result.ways()).isEqualTo(35);
        assertThat(result.exact()).isTrue();
        assertThat(result.estimate()).isCloseTo(own, within(1e-12));
        assertThat(result.p()).isEqualTo(reach / 35.0);
    }

    /// The interval is what a grid of effects, each tested by taking it away from the treated, keeps.
    @Test
    void intervalIsTheTestInverted() {
        for (int seed = 0; seed < 20; seed++) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
            int[] label = {0, 0, 1, C, C, 1, 0, C};
            int[][] strata = {{0, 1, 2, 3}, {4, 5, 6, 7}};
            WaveContrast contrast = new WaveContrast(5, new int[] {2, 3});
            double[] y = random.doubles(40, 0, 3).toArray();
            RandomisationInference test = RandomisationInference.of(new WaveMechanism(strata, label, alone(8), 1), contrast, 100, 1);
            RandomisationInference.Result result = test.test(y, label, .2);
            for (double tau = -6; tau < 6; tau += .0371) {
                double[] less = y.clone();
                for (int i = 0; i < 8; i++) for (int t = 0; t < 5; t++) if (label[i] >= 0 && t >= contrast.start(label[i])) less[i * 5 + t] -= tau;
                boolean kept = test.test(less, label, .2).p() > .2;
                assertThat(tau >= result.low() && tau <= result.high()).as("seed " + seed + " tau " + tau).isEqualTo(kept);
            }
            assertThat(result.p() <= .2).isEqualTo(result.low() > 0 || result.high() < 0);
        }
    }

    @Test
    void everyWayOnceAndOnlyWithEnoughControls() {
        int[] label = {0, C, C, 1, 0, C};
        int[][] near = {{1}, {0}, {}, {}, {5}, {4}};
        WaveMechanism mechanism = new WaveMechanism(new int[][] {{0, 1, 2}, {3, 4, 5}}, label, near, 2);
        assertThat(mechanism.ways()).isEqualTo(3 * 6);
        List<String> seen = new ArrayList<>();
        for (int[] way : mechanism.all()) {
            seen.add(Arrays.toString(way));
            assertThat(Arrays.stream(way).filter(w -> w == C).count()).isGreaterThanOrEqualTo(2);
            for (int i = 0; i < 6; i++) for (int other : near[i]) assertThat(way[i] == C && way[other] >= 0).isFalse();
        }
        assertThat(seen).doesNotHaveDuplicates().isNotEmpty();
        for (int k = 0; k < 200; k++) assertThat(seen).contains(Arrays.toString(mechanism.draw(SyntheticErrors.generator(5, k))));
        assertThatThrownBy(() -> RandomisationInference.of(new WaveMechanism(new int[][] {{0, 1, 2}, {3, 4, 5}}, label, near, 4), new WaveContrast(3, new int[] {1, 2}), 10, 1)).hasMessageContaining("buffer");
    }

    /// On panels where nothing happens the test rejects at most its level, whatever the outcome's shape; here skewed and persistent.
    @Test
    void rejectsAsOftenAsItSays() {
        int[] label = IntStream.range(0, 20).map(i -> i % 4 == 0 ? C : i % 4 == 1 ? 0 : i % 4 == 2 ? 1 : C).toArray();
        int[][] strata = IntStream.range(0, 5).mapToObj(s -> IntStream.range(4 * s, 4 * s + 4).toArray()).toArray(int[][]::new);
        WaveMechanism mechanism = new WaveMechanism(strata, label, alone(20), 1);
        RandomisationInference test = RandomisationInference.of(mechanism, new WaveContrast(8, new int[] {4, 6}), 499, 3);
        int rejected = 0;
        int runs = 2000;
        for (int r = 0; r < runs; r++) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(100 + r);
            double[] y = new double[160];
            for (int i = 0; i < 20; i++) for (int t = 0; t < 8; t++) y[i * 8 + t] = (t > 0 ? .8 * y[i * 8 + t - 1] : 0) + Math.exp(3 * random.nextDouble());
            if (test.test(y, mechanism.draw(random), .05).p() <= .05) rejected++;
        }
        assertThat(rejected / (double) runs).isBetween(.04, .06);
    }

    @Test
    void powerIsOneIntervalADraw() {
        int[] label = IntStream.range(0, 24).map(i -> i % 3 == 0 ? C : i % 3 - 1).toArray();
        int[][] strata = IntStream.range(0, 4).mapToObj(s -> IntStream.range(6 * s, 6 * s + 6).toArray()).toArray(int[][]::new);
        WaveMechanism mechanism = new WaveMechanism(strata, label, alone(24), 1);
        WaveContrast contrast = new WaveContrast(6, new int[] {3, 4});
        double[] y = RandomSource.XO_SHI_RO_256_PP.create(4).doubles(24 * 6, 0, 1).toArray();
        RandomisationInference test = RandomisationInference.of(mechanism, contrast, 399, 3);
        Power power = Power.simulate(test, y, 300, 8, .05, .8);
        assertThat(power.falsePositiveRate()).isBetween(.01, .08);
        assertThat(power.curve().getFirst().power()).isEqualTo(power.falsePositiveRate());
        assertThat(power.curve()).isSortedAccordingTo((a, b) -> Double.compare(a.power(), b.power()));
        // The long way: the effect is put in and tested.
        int seen = 0;
        for (int k = 0; k < 300; k++) {
            int[] drawn = mechanism.draw(SyntheticErrors.generator(~8L, k));
            double[] with = y.clone();
            for (int i = 0; i < 24; i++) for (int t = 0; t < 6; t++) if (drawn[i] >= 0 && t >= contrast.start(drawn[i])) with[i * 6 + t] += power.detectable() + 1e-9;
            if (test.test(with, drawn, .05).p() <= .05) seen++;
        }
        assertThat(seen / 300.0).isBetween(.8, .9);
        assertThat(Power.simulate(test, y, 300, 8, .05, .8)).isEqualTo(power);
    }

    @Test
    void tooFewWaysNeverReject() {
        int[] label = {0, C, 0, C};
        WaveMechanism mechanism = new WaveMechanism(new int[][] {{0, 1}, {2, 3}}, label, alone(4), 1);
        RandomisationInference test = RandomisationInference.of(mechanism, new WaveContrast(2, new int[] {1}), 99, 1);
        RandomisationInference.Result result = test.test(new double[] {0, 100, 0, 0, 0, 90, 0, 1}, label, .05);
        assertThat(result.least()).isEqualTo(.25);
        assertThat(result.p()).isEqualTo(.5);
        assertThat(result.low()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Power.simulate(test, new double[8], 50, 1, .05, .8).detectable()).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
