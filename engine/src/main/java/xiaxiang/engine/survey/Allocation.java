package xiaxiang.engine.survey;

import java.util.Arrays;
import java.util.stream.IntStream;

/// How many to ask, and how many in each stratum.
public final class Allocation {
    private Allocation() {}

    /// The number of answers that gives a proportion or mean of standard deviation `deviation` a margin of error `margin` (half the width of the interval)
    /// whose normal quantile is `z`, such as 1.96; `designEffect` is what clustering and
    /// weights multiply the variance by, and `population` how many there are (infinite if many). Source: Cochran (1977), 4.
    public static int sampleSize(double margin, double z, double deviation, double designEffect, double population) {
        if (!(margin > 0 && z > 0 && deviation >= 0 && designEffect > 0 && population > 0))
            throw new IllegalArgumentException("The margin (" + margin + "), quantile, deviation, design effect and population must be above 0.");
        double plain = Math.pow(z * deviation / margin, 2) * designEffect;
        return (int) Math.ceil(plain / (1 + plain / population) - 1e-9);
    }

    /// Shares `n` answers out in proportion to stratum size times deviation, which makes the error of the whole least. Source: Neyman (1934).
    public static int[] neyman(int n, int[] size, double[] deviation, int least) {
        return rounded(n, IntStream.range(0, size.length).mapToDouble(h -> size[h] * deviation[h]).toArray(), size, least);
    }

    /// Shares `n` answers out in proportion to (total x power) x coefficient of variation: a power of 1 serves the whole, of 0 each stratum alike, of .5 both.
    /// Source: Bankier (1988).
    public static int[] power(int n, int[] size, double[] total, double[] variation, double power, int least) {
        return rounded(n, IntStream.range(0, size.length).mapToDouble(h -> Math.pow(total[h], power) * variation[h]).toArray(), size, least);
    }

    /// Whole numbers in sum n, in proportion to `wish`, each between `least` (or all there are) and its size. The largest remainders are rounded up.
    private static int[] rounded(int n, double[] wish, int[] size, int least) {
        int[] low = Arrays.stream(size).map(s -> Math.min(least, s)).toArray();
        int atLeast = Arrays.stream(low).sum();
        long atMost = Arrays.stream(size).asLongStream().sum();
        if (n < atLeast || n > atMost)
            throw new IllegalArgumentException("The sample (" + n + ") must be between " + atLeast + ", " + least + " a stratum, and " + atMost + ", all there are.");
        double[] part = bounded(n, wish, size, low);
        int[] out = new int[size.length];
        for (int h = 0; h < out.length; h++) out[h] = (int) Math.floor(part[h] + 1e-9);
        int left = n - Arrays.stream(out).sum();
        int[] order = IntStream.range(0, out.length).boxed().sorted((a, b) -> Double.compare(part[b] - out[b], part[a] - out[a])).mapToInt(Integer::intValue).toArray();
        for (int i = 0; left > 0; i = (i + 1) % order.length) {
            if (out[order[i]] < size[order[i]]) {
                out[order[i]]++;
                left--;
            }
        }
        return out;
    }

    /// The factor c for which the sum of c x wish, clipped to its bounds, is n: by bisection.
    private static double[] bounded(int n, double[] wish, int[] size, int[] low) {
        double most = 1;
        for (double w : wish) if (w > 0) most = Math.max(most, n / w + 1);
        double high = most * Math.max(1, Arrays.stream(size).max().orElse(1));
        double from = 0;
        double[] part = new double[wish.length];
        for (int step = 0; step < 200; step++) {
            double c = (from + high) / 2;
            double sum = 0;
            for (int h = 0; h < part.length; h++) {
                part[h] = Math.clamp(c * wish[h], low[h], size[h]);
                sum += part[h];
            }
            if (sum > n) high = c;
            else from = c;
        }
        return part;
    }
}
