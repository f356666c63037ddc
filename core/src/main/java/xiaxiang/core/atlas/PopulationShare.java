package xiaxiang.core.atlas;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Shares whole persons out so that the total is kept exactly.
public final class PopulationShare {
    private PopulationShare() {}

    /// Shares `total` out in proportion to `weights`: each part is the floor of its quota, and what is left goes one by one to the
    /// largest remainders, the first of equal ones first. The parts add up to `total`, each within 1 of its quota; a weight of 0 gets 0.
    ///
    /// If all weights are 0 they count as equal. No weights: an empty answer, and `total` must be 0.
    /// Throws IllegalArgumentException if `total` is negative or beyond 2^50, or a weight is negative or not finite.
    /// Cost: n log n. Source: Hamilton's method of apportionment.
    public static long[] largestRemainder(long total, double[] weights) {
        check(total, weights);
        int n = weights.length;
        double largest = IntStream.range(0, n).mapToDouble(i -> weights[i]).max().orElse(0);
        // Scaled by the largest weight, so that no sum overflows and no quota is lost to underflow.
        double[] scaled = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            scaled[i] = largest > 0 ? weights[i] / largest : 1;
            sum += scaled[i];
        }
        long[] parts = new long[n];
        double[] remainders = new double[n];
        long left = total;
        for (int i = 0; i < n; i++) {
            double quota = total * (scaled[i] / sum);
            parts[i] = Math.min((long) Math.floor(quota), left);
            remainders[i] = quota - parts[i];
            left -= parts[i];
        }
        return deal(left, parts, remainders, scaled);
    }

    private static long[] deal(long left, long[] parts, double[] remainders, double[] scaled) {
        if (left == 0) return parts;
        int[] order = IntStream.range(0, parts.length).filter(i -> scaled[i] > 0).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -remainders[i]).thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue).toArray();
        for (int k = 0; left > 0; k = (k + 1) % order.length, left--) parts[order[k]]++;
        return parts;
    }

    private static void check(long total, double[] weights) {
        if (total < 0 || total > 1L << 50) throw new IllegalArgumentException("The total (" + total + ") must be in [0, 2^50].");
        if (weights.length == 0 && total > 0) throw new IllegalArgumentException("There is nobody to share the total (" + total + ") among.");
        for (double weight : weights) {
            if (!(weight >= 0 && weight <= Double.MAX_VALUE)) throw new IllegalArgumentException("The weight (" + weight
                    + ") must be at least 0 and finite.");
        }
    }
}
