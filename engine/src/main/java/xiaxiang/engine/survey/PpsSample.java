package xiaxiang.engine.survey;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/// Drawing with probability proportional to size, without replacement, a fixed number: places by their people, say.
///
/// Inclusion probabilities are exactly those asked for. Units so large that they would come in more than once are certain.
public final class PpsSample {
    private PpsSample() {}

    /// How units are drawn.
    public enum Method {
        /// Every step-th along the list from a random start: spreads over a list in order of place. Cost: N. Source: Madow (1949).
        SYSTEMATIC,
        /// Conditional Poisson: of all ways with these probabilities the most random, so that no pair is left out. Cost: N n, some tens of times. Source: Hájek
        /// (1964); Chen, Dempster and Liu (1994).
        MAXIMUM_ENTROPY
    }

    /// The probabilities that `n` draws in proportion to `size` (each >= 0) give each unit: n size / sum, where what is above 1 is made 1 and the rest shared
    /// anew. Throws IllegalArgumentException where fewer than n sizes are above 0.
    public static double[] probabilities(double[] size, int n) {
        long some = Arrays.stream(size).filter(s -> s > 0).count();
        for (double s : size) if (!(s >= 0 && s < Double.POSITIVE_INFINITY)) throw new IllegalArgumentException("A size (" + s + ") must be at least 0.");
        if (n < 0 || n > some) throw new IllegalArgumentException("The sample (" + n + ") must be between 0 and " + some + ", the units with a size above 0.");
        boolean[] certain = new boolean[size.length];
        double[] out = new double[size.length];
        for (boolean more = true; more;) {
            more = false;
            double sum = 0;
            int left = n;
            for (int i = 0; i < size.length; i++) {
                if (certain[i]) left--;
                else sum += size[i];
            }
            for (int i = 0; i < size.length; i++) {
                out[i] = certain[i] ? 1 : left == 0 ? 0 : left * size[i] / sum;
                if (!certain[i] && out[i] >= 1) {
                    certain[i] = true;
                    more = true;
                }
            }
        }
        return out;
    }

    /// Draws units with inclusion `probabilities` (each in [0, 1], in sum a whole number n): n different units, ascending.
    public static int[] draw(double[] probabilities, Method method, UniformRandomProvider random) {
        double sum = Arrays.stream(probabilities).sum();
        int n = (int) Math.round(sum);
        if (Math.abs(sum - n) > 1e-6) throw new IllegalArgumentException("The inclusion probabilities sum to " + sum + ", which is no whole number of units.");
        return switch (method) {
            case SYSTEMATIC -> systematic(probabilities, n, random.nextDouble());
            case MAXIMUM_ENTROPY -> entropy(probabilities, n, random);
        };
    }

    private static int[] systematic(double[] probabilities, int n, double start) {
        int[] out = new int[n];
        int drawn = 0;
        double along = 0;
        int last = -1;
        for (int i = 0; i < probabilities.length && drawn < n; i++) {
            along += probabilities[i];
            if (probabilities[i] > 0) last = i;
            if (along > start + drawn) out[drawn++] = i;
        }
        // Rounding may leave the very last step a hair short.
        if (drawn < n) out[drawn] = last;
        return out;
    }

    /// Certain units, and of the rest a sequence of decisions: unit i comes in with the part of all ways to fill what is left that hold it.
    private static int[] entropy(double[] probabilities, int n, UniformRandomProvider random) {
        int[] open = IntStream.range(0, probabilities.length).filter(i -> probabilities[i] > 0 && probabilities[i] < 1).toArray();
        int[] certain = IntStream.range(0, probabilities.length).filter(i -> probabilities[i] >= 1).toArray();
        int left = n - certain.length;
        double[] p = odds(Arrays.stream(open).mapToDouble(i -> probabilities[i]).toArray(), left);
        double[][] take = decisions(p, left);
        int[] out = Arrays.copyOf(certain, n);
        for (int i = 0, drawn = certain.length; i < open.length && left > 0; i++) {
            if (random.nextDouble() < take[i][left]) {
                out[drawn++] = open[i];
                left--;
            }
        }
        Arrays.sort(out);
        return out;
    }

    /// For unit i and z still to draw from i on: the probability that i is drawn.
    private static double[][] decisions(double[] odds, int n) {
        int units = odds.length;
        // ways[z]: the sum over sets of z units from i on of the product of their odds, scaled so that nothing overflows.
        double[][] take = new double[units][n + 1];
        double[] ways = new double[n + 1];
        ways[0] = 1;
        double[] shift = new double[n + 1];
        for (int i = units - 1; i >= 0; i--) {
            for (int z = Math.min(n, units - i); z >= 1; z--) {
                double with = odds[i] * ways[z - 1] * Math.exp(shift[z - 1] - shift[z]);
                double all = ways[z] + with;
                take[i][z] = with / all;
                if (all > 1e100 || (all > 0 && all < 1e-100)) {
                    shift[z] += Math.log(all);
                    all = 1;
                }
                ways[z] = all;
            }
        }
        return take;
    }

    /// The odds for which conditional Poisson drawing of n includes each unit with its probability: each step corrects by what is still missed.
    static double[] odds(double[] probabilities, int n) {
        double[] p = probabilities.clone();
        for (int step = 0; step < 500; step++) {
            double[] reached = inclusion(p, n);
            double worst = 0;
            for (int i = 0; i < p.length; i++) {
                double next = p[i] + probabilities[i] - reached[i];
                worst = Math.max(worst, Math.abs(probabilities[i] - reached[i]));
                p[i] = next > 0 && next < 1 ? next : (next <= 0 ? p[i] / 2 : (1 + p[i]) / 2);
            }
            if (worst < 1e-14) break;
        }
        return Arrays.stream(p).map(v -> v / (1 - v)).toArray();
    }

    /// Inclusion probabilities of conditional Poisson drawing of n with Poisson probabilities p, one more unit drawn at a time. Source: Chen, Dempster and Liu
    /// (1994).
    static double[] inclusion(double[] p, int n) {
        double[] reached = new double[p.length];
        for (int z = 1; z <= n; z++) {
            double sum = 0;
            for (int i = 0; i < p.length; i++) {
                reached[i] = p[i] / (1 - p[i]) * (1 - reached[i]);
                sum += reached[i];
            }
            for (int i = 0; i < p.length; i++) reached[i] *= z / sum;
        }
        return reached;
    }
}
