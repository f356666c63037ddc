package xiaxiang.engine.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class SpilloverTest {
    private static final double[] EDGES = {5_000, 10_000};

    /// Units on a line, 4 km apart, with neighbours up to 10 km.
    private static Spillover.Neighbours line(int units) {
        int[][] unit = new int[units][];
        double[][] meters = new double[units][];
        for (int i = 0; i < units; i++) {
            int at = i;
            unit[i] = IntStream.rangeClosed(i - 2, i + 2).filter(j -> j != at && j >= 0 && j < units).toArray();
            meters[i] = IntStream.of(unit[i]).mapToDouble(j -> 4000.0 * Math.abs(at - j)).toArray();
        }
        return new Spillover.Neighbours(unit, meters);
    }

    private static Spillover.Outcome.Estimated estimated(Spillover.Outcome outcome) {
        if (outcome instanceof Spillover.Outcome.Estimated e) return e;
        throw new AssertionError(outcome.toString());
    }

    /// Without noise: every ring's effect exactly, and the net of them.
    @Test
    void findsEachRing() {
        int units = 60;
        int[] start = IntStream.range(0, units).map(i -> i == 10 ? 3 : i == 30 ? 4 : Panel.NEVER).toArray();
        double[] y = new double[units * 6];
        for (int i = 0; i < units; i++) {
            for (int t = 0; t < 6; t++) {
                y[i * 6 + t] = i + t * t;
                for (int treated : new int[] {10, 30}) if (t >= start[treated]) y[i * 6 + t] += i == treated ? 5 : Math.abs(i - treated) == 1 ? -2 : Math.abs(i - treated) == 2 ? -.5 : 0;
            }
        }
        Spillover.Outcome.Estimated found = estimated(Spillover.estimate(y, 6, start, line(units), EDGES, .95));
        assertThat(found.own().estimate()).isCloseTo(5, within(1e-12));
        assertThat(found.rings().get(0).estimate()).isCloseTo(-2, within(1e-12));
        assertThat(found.rings().get(0).units()).isEqualTo(4);
        assertThat(found.rings().get(1).estimate()).isCloseTo(-.5, within(1e-12));
        assertThat(found.net().estimate()).isCloseTo(5 - 2 * 2 - 2 * .5, within(1e-12));
        assertThat(found.far()).isEqualTo(units - 10);
    }

    /// With everything starting at once the error is Welch's of two means.
    @Test
    void errorIsWelchs() {
        int units = 40;
        double[] y = RandomSource.XO_SHI_RO_256_PP.create(2).doubles(2L * units, 0, 1).toArray();
        int[] start = IntStream.range(0, units).map(i -> i % 9 == 0 ? 1 : Panel.NEVER).toArray();
        Spillover.Outcome.Estimated found = estimated(Spillover.estimate(y, 2, start, line(units), EDGES, .95));
        double[] own = IntStream.range(0, units).filter(i -> i % 9 == 0).mapToDouble(i -> y[2 * i + 1] - y[2 * i]).toArray();
        double[] far = IntStream.range(0, units).filter(i -> i % 9 >= 3 && i % 9 <= 6).mapToDouble(i -> y[2 * i + 1] - y[2 * i]).toArray();
        assertThat(found.far()).isEqualTo(far.length);
        assertThat(found.own().standardError()).isCloseTo(Math.sqrt(variance(own) / own.length + variance(far) / far.length), within(1e-12));
    }

    private static double variance(double[] x) {
        double mean = java.util.Arrays.stream(x).average().orElseThrow();
        return java.util.Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
    }

    @Test
    void intervalsCoverAndIgnoringSpilloverDoesNot() {
        int units = 80;
        int covered = 0;
        int naive = 0;
        int runs = 1000;
        for (int r = 0; r < runs; r++) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(500 + r);
            int[] start = IntStream.range(0, units).map(i -> i % 8 == 3 ? 3 + i % 2 : Panel.NEVER).toArray();
            double[] y = new double[units * 6];
            for (int i = 0; i < units; i++) for (int t = 0; t < 6; t++) y[i * 6 + t] = random.nextDouble() * 2 + (start[i] <= t ? 1 : 0) - (near(start, i, 1, t) ? .8 : 0) - (near(start, i, 2, t) ? .5 : 0);
            Spillover.Outcome.Estimated found = estimated(Spillover.estimate(y, 6, start, line(units), EDGES, .95));
            if (found.own().low() <= 1 && found.own().high() >= 1) covered++;
            Spillover.Outcome.Estimated ignoring = estimated(Spillover.estimate(y, 6, start, line(units), new double[] {1}, .95));
            if (ignoring.own().low() <= 1 && ignoring.own().high() >= 1) naive++;
        }
        assertThat(covered / (double) runs).isBetween(.93, .97);
        assertThat(naive / (double) runs).isLessThan(.5);
    }

    private static boolean near(int[] start, int i, int by, int t) {
        return IntStream.of(i - by, i + by).anyMatch(j -> j >= 0 && j < start.length && start[j] <= t);
    }

    @Test
    void refusesWhereNobodyIsFar() {
        assertThat(Spillover.estimate(new double[12], 2, new int[] {1, Panel.NEVER, Panel.NEVER, Panel.NEVER, 1, Panel.NEVER}, line(6), EDGES, .95))
                .isInstanceOfSatisfying(Spillover.Outcome.Refused.class, r -> assertThat(r.why()).contains("0 units are beyond 10000 m"));
        assertThat(Spillover.estimate(new double[4], 2, new int[] {Panel.NEVER, Panel.NEVER}, line(2), EDGES, .95)).isInstanceOf(Spillover.Outcome.Refused.class);
    }
}
