package xiaxiang.engine.effect;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// Draws of what a set of estimates could have been: sums of clusters' influences, each times a random multiplier of mean 0 and variance 1 (Mammen's two points).
///
/// Each draw has a generator of its own, so that threads do not matter. Cost: draws x clusters x columns. Source: Callaway and Sant'Anna (2021), algorithm 1; the error is
/// the distance of the quartiles over the normal's, as in R's did.
final class MultiplierBootstrap {
    private static final double LOW = (1 - Math.sqrt(5)) / 2;
    private static final double HIGH = (1 + Math.sqrt(5)) / 2;
    /// Probability of LOW: HIGH / sqrt(5). Compared with 32 random bits.
    private static final long BELOW = Math.round(HIGH / Math.sqrt(5) * 0x1p32);
    private static final int CHUNKS = 32;
    private static final int TOGETHER = 4;
    private static final double QUARTILES = 2 * NormalDistribution.of(0, 1).inverseCumulativeProbability(.75);

    private final double[][] draws;
    private final UniformRandomProvider[] random;
    private double[] errors = {};

    MultiplierBootstrap(int draws, long seed, int columns) {
        this.draws = new double[draws][columns];
        random = new UniformRandomProvider[draws];
        for (int b = 0; b < draws; b++) random[b] = RandomSource.XO_SHI_RO_256_PP.create(seed * 0x9E3779B97F4A7C15L + b);
    }

    /// Adds the first `count` rows, a cluster each. Rows are taken in the order they are added.
    void add(double[][] rows, int count) {
        IntStream.range(0, CHUNKS).parallel().forEach(c -> {
            for (int from = 0; from < count; from += 16 * TOGETHER)
                for (int b = draws.length * c / CHUNKS; b < draws.length * (c + 1) / CHUNKS; b++) add(draws[b], random[b], rows, from, Math.min(count, from + 16 * TOGETHER));
        });
    }

    private static void add(double[] sum, UniformRandomProvider random, double[][] rows, int from, int to) {
        int i = from;
        for (; i + TOGETHER <= to; i += TOGETHER) four(sum, rows, i, multiplier(random), multiplier(random), multiplier(random), multiplier(random));
        for (; i < to; i++) {
            double m = multiplier(random);
            double[] r = rows[i];
            for (int j = 0; j < sum.length; j++) sum[j] += m * r[j];
        }
    }

    private static void four(double[] sum, double[][] rows, int i, double a, double b, double c, double d) {
        double[] p = rows[i];
        double[] q = rows[i + 1];
        double[] r = rows[i + 2];
        double[] s = rows[i + 3];
        for (int j = 0; j < sum.length; j++) sum[j] += a * p[j] + b * q[j] + c * r[j] + d * s[j];
    }

    private static double multiplier(UniformRandomProvider random) {
        return (random.nextInt() & 0xFFFFFFFFL) < BELOW ? LOW : HIGH;
    }

    /// Puts what `from` makes of each draw in its place.
    void map(UnaryOperator<double[]> from) {
        IntStream.range(0, draws.length).parallel().forEach(b -> draws[b] = from.apply(draws[b]));
    }

    /// Ends the drawing: the spread of each column's draws.
    void finish() {
        errors = IntStream.range(0, draws[0].length).parallel().mapToDouble(j -> {
            double[] sorted = Arrays.stream(draws).mapToDouble(d -> d[j]).sorted().toArray();
            return (quantile(sorted, .75) - quantile(sorted, .25)) / QUARTILES;
        }).toArray();
    }

    /// The spread of a column's draws, in the unit of the rows.
    double error(int column) {
        return errors[column];
    }

    /// How many errors the farthest of `columns` strays in 19 of 20 draws: what makes their intervals hold all at once. NaN if none varies.
    double criticalValue(int[] columns) {
        int[] varying = IntStream.of(columns).filter(j -> errors[j] > 0).toArray();
        if (varying.length == 0) return Double.NaN;
        double[] farthest = Arrays.stream(draws).mapToDouble(d -> IntStream.of(varying).mapToDouble(j -> Math.abs(d[j] / errors[j])).max().orElse(0)).sorted().toArray();
        return quantile(farthest, .95);
    }

    /// The smallest value with at least a share `q` of all at or below it (R's type 1).
    private static double quantile(double[] sorted, double q) {
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * q - 1e-9) - 1)];
    }
}
