package xiaxiang.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import xiaxiang.bench.GateRow.Replication;
import xiaxiang.engine.effect.Panel;
import xiaxiang.engine.effect.RandomisationInference;
import xiaxiang.engine.effect.Spillover;
import xiaxiang.engine.effect.WaveContrast;
import xiaxiang.engine.effect.WaveMechanism;

/// A world where what is won in one place is partly taken from its neighbours: 96 townships 4 km apart along a road, a tenth of them launched in two waves by lot,
/// outcomes that remember the period before. Truth: 1 for the launched, -1 up to 5 km away, -.6 up to 10 km.
final class SpilloverRows {
    private static final int TOWNSHIPS = 96;
    private static final int PERIODS = 6;
    private static final int[] START = {3, 4};
    private static final double[] RINGS = {5_000, 10_000};
    private static final double[] IGNORING = {1};
    private static final int WORLDS = 4_000;
    private static final int DRAWS = 399;

    private static final Spillover.Neighbours ROAD = new Spillover.Neighbours(
            IntStream.range(0, TOWNSHIPS).mapToObj(i -> near(i, 2)).toArray(int[][]::new),
            IntStream.range(0, TOWNSHIPS).mapToObj(i -> IntStream.of(near(i, 2)).mapToDouble(j -> 4_000.0 * Math.abs(i - j)).toArray()).toArray(double[][]::new));

    private SpilloverRows() {}

    static List<GateRow> rows() {
        return List.of(new GateRow("spillover", "launches take from neighbours", "rings of distance, own effect", WORLDS, true, seed -> rings(seed, false)),
                new GateRow("spillover", "launches take from neighbours", "all others as controls", WORLDS, false, seed -> rings(seed, true)),
                new GateRow("spillover", "launches take from neighbours", "the lot, buffer 10 km (keeps too much: it draws lots whose controls lay near a launch)", WORLDS, false, SpilloverRows::lot));
    }

    private static int[] near(int i, int steps) {
        return IntStream.rangeClosed(i - steps, i + steps).filter(j -> j != i && j >= 0 && j < TOWNSHIPS).toArray();
    }

    /// Strata of 24 neighbours along the road; two or three launches in each.
    private static WaveMechanism mechanism() {
        int[][] strata = IntStream.range(0, 4).mapToObj(s -> IntStream.range(24 * s, 24 * s + 24).toArray()).toArray(int[][]::new);
        int[] label = IntStream.range(0, TOWNSHIPS).map(i -> i % 24 == 0 ? 0 : i % 24 == 1 ? 1 : i % 48 == 2 ? 0 : WaveContrast.CONTROL).toArray();
        return new WaveMechanism(strata, label, IntStream.range(0, TOWNSHIPS).mapToObj(i -> near(i, 2)).toArray(int[][]::new), 10);
    }

    private static int[] drawn(UniformRandomProvider random) {
        return mechanism().draw(random);
    }

    private static double[] outcome(UniformRandomProvider random, int[] label, double effect, double spill) {
        ZigguratSampler.NormalizedGaussian gauss = ZigguratSampler.NormalizedGaussian.of(random);
        double[] y = new double[TOWNSHIPS * PERIODS];
        for (int i = 0; i < TOWNSHIPS; i++) {
            double level = gauss.sample();
            double noise = gauss.sample() * .4;
            for (int t = 0; t < PERIODS; t++) {
                noise = .5 * noise + .35 * gauss.sample();
                double own = launched(label, i, t) ? effect : 0;
                y[i * PERIODS + t] = level + .1 * t + noise + own - (own == 0 && label[i] < 0 ? spill * taken(label, i, t) : 0);
            }
        }
        return y;
    }

    private static double taken(int[] label, int i, int t) {
        if (IntStream.of(near(i, 1)).anyMatch(j -> launched(label, j, t))) return 1;
        return IntStream.of(near(i, 2)).anyMatch(j -> launched(label, j, t)) ? .6 : 0;
    }

    private static boolean launched(int[] label, int i, int t) {
        return label[i] >= 0 && t >= START[label[i]];
    }

    private static Replication rings(long seed, boolean ignoring) {
        double[] edges = ignoring ? IGNORING : RINGS;
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        int[] label = drawn(random);
        int[] start = IntStream.of(label).map(l -> l >= 0 ? START[l] : Panel.NEVER).toArray();
        double[] y = outcome(random, label, 1, 1);
        double[] none = outcome(random, label, 0, 1);
        if (!(Spillover.estimate(y, PERIODS, start, ROAD, edges, .95) instanceof Spillover.Outcome.Estimated found)) return Replication.refused("nobody is far");
        if (!(Spillover.estimate(none, PERIODS, start, ROAD, edges, .95) instanceof Spillover.Outcome.Estimated nothing)) return Replication.refused("nobody is far");
        return new Replication(found.own().low() <= 1 && found.own().high() >= 1, nothing.own().p() <= .05, false, ignoring ? warning(y, start) : "");
    }

    /// What a verdict says beside an estimate that ignores spillover.
    private static String warning(double[] y, int[] start) {
        return Spillover.estimate(y, PERIODS, start, ROAD, RINGS, .95) instanceof Spillover.Outcome.Estimated found && found.spills(.05) ? "spillover within the rings" : "";
    }

    /// Controls near a launch are set aside; the null is of no effect and no spillover, which is what the lot tests.
    private static Replication lot(long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        int[] label = drawn(random);
        RandomisationInference test = RandomisationInference.of(mechanism(), new WaveContrast(PERIODS, START), DRAWS, ~seed);
        double[] y = outcome(random, label, 1, 1);
        RandomisationInference.Result found = test.test(y, label, .05);
        RandomisationInference.Result nothing = test.test(outcome(random, label, 0, 0), label, .05);
        return new Replication(found.low() <= 1 && found.high() >= 1, nothing.p() <= .05, false, warning(y, IntStream.of(label).map(l -> l >= 0 ? START[l] : Panel.NEVER).toArray()));
    }
}
