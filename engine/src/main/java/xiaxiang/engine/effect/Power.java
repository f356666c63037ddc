package xiaxiang.engine.effect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What effect a design could see: its waves drawn again and again on outcomes from before launch, where nothing happened.
///
/// A constant effect tau moves the interval of [RandomisationInference] by tau: the test then rejects "no effect" where -tau lies outside the interval found
/// without one. So one interval a draw gives power at every effect. Cost: draws x assignments compared.
/// Source: Fisher's test as above; MDE after Bloom (1995), here by simulation.
public record Power(double falsePositiveRate, double criticalValue, double calibratedAlpha, double detectable, List<Point> curve, int draws, double least) {
    public Power {
        curve = List.copyOf(curve);
    }

    /// Power, in [0, 1], at an effect in units of the outcome.
    public record Point(double effect, double power) {}

    private static final int POINTS = 11;

    /// Simulates `draws` launches on `outcome` (units x periods of the contrast, finite, all before launch). `alpha` is the test's, `power` what is asked for, such as .05
    /// and .8. In the result `falsePositiveRate` is how often the test rejects although there is nothing; `criticalValue` the size of the contrast that nothing
    /// exceeds but in a share `alpha` of draws; `calibratedAlpha` the p up to which at most a share `alpha` of draws rejects; `detectable` the least effect seen
    /// with the power asked for, infinite if none is; `least` the smallest p that can come out.
    public static Power simulate(RandomisationInference test, double[] outcome, int draws, long seed, double alpha, double power) {
        double[] statistics = test.statistics(outcome);
        RandomisationInference.Result[] results = IntStream.range(0, draws).parallel().mapToObj(k -> test.mechanism().draw(SyntheticErrors.generator(~seed, k)))
                .filter(label -> label.length > 0).map(label -> test.invert(test.contrast().of(outcome, label), statistics, label, alpha)).toArray(RandomisationInference.Result[]::new);
        int n = results.length;
        double[] above = Arrays.stream(results).mapToDouble(r -> -r.low()).sorted().toArray();
        double[] below = Arrays.stream(results).mapToDouble(r -> r.high()).sorted().toArray();
        double detectable = Math.max(quantile(above, power), quantile(below, power));
        List<Point> curve = new ArrayList<>();
        double most = Double.isFinite(detectable) ? 2 * detectable : 4 * deviation(statistics);
        for (int k = 0; k < POINTS; k++) curve.add(new Point(most * k / (POINTS - 1), rejected(results, most * k / (POINTS - 1))));
        double[] sizes = Arrays.stream(statistics).map(Math::abs).sorted().toArray();
        double least = n == 0 ? Double.NaN : results[0].least();
        return new Power(rejected(results, 0), quantile(sizes, 1 - alpha), calibrated(results, alpha), detectable, curve, n, least);
    }

    /// The least value that at least a share `q` of the sorted values does not exceed.
    private static double quantile(double[] sorted, double q) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.clamp((int) Math.ceil(q * sorted.length - 1e-9) - 1, 0, sorted.length - 1)];
    }

    private static double rejected(RandomisationInference.Result[] results, double effect) {
        return Arrays.stream(results).filter(r -> -effect < r.low() || -effect > r.high()).count() / (double) results.length;
    }

    /// The largest p such that tests with a p up to it are at most a share `alpha`.
    private static double calibrated(RandomisationInference.Result[] results, double alpha) {
        double[] p = Arrays.stream(results).mapToDouble(RandomisationInference.Result::p).sorted().toArray();
        int most = (int) Math.floor(alpha * p.length + 1e-9);
        double at = 0;
        for (int k = 0; k < p.length; k++) if ((k + 1 == p.length || p[k + 1] > p[k]) && k + 1 <= most) at = p[k];
        return at;
    }

    private static double deviation(double[] x) {
        double mean = Arrays.stream(x).sum() / x.length;
        return Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / x.length);
    }
}
