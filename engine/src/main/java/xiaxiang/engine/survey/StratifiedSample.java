package xiaxiang.engine.survey;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/// A sample of places drawn in each stratum with probability proportional to size, and beside it a few drawn evenly at random. Immutable.
///
/// The even ones guard against sizes that are wrong: whatever list of sizes is used, they stand for all places alike. A place's probability is that of either way,
/// 1 - (1 - pps)(1 - even), and its weight one over it. Each stratum has a generator of its own from the seed, so strata can be added without moving the others.
public final class StratifiedSample {
    private final int[] places;
    private final double[] weight;
    private final boolean[] even;

    private StratifiedSample(int[] places, double[] weight, boolean[] even) {
        this.places = places;
        this.weight = weight;
        this.even = even;
    }

    /// Draws `perStratum[h]` places by `size` and `evenPerStratum[h]` evenly from all of the stratum (a place may come in both ways and is then visited once).
    /// Throws IllegalArgumentException where a stratum has too few.
    public static StratifiedSample draw(int[] stratum, double[] size, int[] perStratum, int[] evenPerStratum, PpsSample.Method method, long seed) {
        if (size.length != stratum.length || evenPerStratum.length != perStratum.length)
            throw new IllegalArgumentException("Expected " + stratum.length + " sizes and " + perStratum.length + " quotas, got " + size.length + " and "
                    + evenPerStratum.length + ".");
        double[] probability = new double[stratum.length];
        boolean[] drawn = new boolean[stratum.length];
        boolean[] evenly = new boolean[stratum.length];
        for (int h = 0; h < perStratum.length; h++) {
            int in = h;
            int[] of = IntStream.range(0, stratum.length).filter(i -> stratum[i] == in).toArray();
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed + 0x9E3779B97F4A7C15L * (h + 1));
            double[] pps = PpsSample.probabilities(Arrays.stream(of).mapToDouble(i -> size[i]).toArray(), perStratum[h]);
            double[] ones = new double[of.length];
            Arrays.fill(ones, 1);
            double[] flat = PpsSample.probabilities(ones, evenPerStratum[h]);
            for (int a = 0; a < of.length; a++) probability[of[a]] = 1 - (1 - pps[a]) * (1 - flat[a]);
            for (int a : PpsSample.draw(pps, method, random)) drawn[of[a]] = true;
            for (int a : PpsSample.draw(flat, PpsSample.Method.MAXIMUM_ENTROPY, random)) {
                evenly[of[a]] = !drawn[of[a]];
                drawn[of[a]] = true;
            }
        }
        int[] places = IntStream.range(0, stratum.length).filter(i -> drawn[i]).toArray();
        boolean[] even = new boolean[places.length];
        for (int a = 0; a < even.length; a++) even[a] = evenly[places[a]];
        return new StratifiedSample(places, Arrays.stream(places).mapToDouble(i -> 1 / probability[i]).toArray(), even);
    }

    /// The places, ascending.
    public int[] places() {
        return places.clone();
    }

    /// Their weights, one over the probability of being drawn.
    public double[] weights() {
        return weight.clone();
    }

    /// Whether the a-th place of the sample came in by the even quota alone.
    public boolean isEven(int a) {
        return even[a];
    }
}
