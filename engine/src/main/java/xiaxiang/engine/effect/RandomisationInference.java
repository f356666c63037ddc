package xiaxiang.engine.effect;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Tests an effect by the draw that assigned it: how often the same draw, repeated, would have shown as much had there been no effect at all.
///
/// p is exact whatever the outcome's distribution, and however few the units. The interval holds every constant effect that the same test does not reject: p and
/// interval are one procedure. Two-sided, by the size of the contrast. Source: Fisher (1935); Rosenbaum (2002), section 2.6; Imbens and Rubin (2015), chapter 5.
public final class RandomisationInference {
    /// Up to so many ways all of them are tried.
    public static final int EXACT = 20_000;

    private final WaveMechanism mechanism;
    private final WaveContrast contrast;
    private final List<int[]> draws;
    private final boolean exact;

    private RandomisationInference(WaveMechanism mechanism, WaveContrast contrast, List<int[]> draws, boolean exact) {
        this.mechanism = mechanism;
        this.contrast = contrast;
        this.draws = draws;
        this.exact = exact;
    }

    /// What the test found. `low` and `high` are infinite where no finite effect is rejected. `ways` is the number of assignments compared, the real one included;
    /// `exact` is true where these were all. `least` is the smallest p that could have come out.
    public record Result(double estimate, double p, double low, double high, int ways, boolean exact, double least) {}

    /// Draws `most` assignments with `seed`, or takes all where there are at most [#EXACT]. Throws IllegalArgumentException if the buffer leaves no draw.
    public static RandomisationInference of(WaveMechanism mechanism, WaveContrast contrast, int most, long seed) {
        boolean exact = mechanism.ways() <= EXACT;
        List<int[]> draws = exact ? mechanism.all()
                : IntStream.range(0, most).parallel().mapToObj(k -> mechanism.draw(SyntheticErrors.generator(seed, k))).filter(d -> d.length > 0).toList();
        if (draws.isEmpty()) throw new IllegalArgumentException("No draw keeps enough controls outside the buffer. Narrow the buffer or reserve more controls.");
        return new RandomisationInference(mechanism, contrast, draws, exact);
    }

    /// Tests `outcome` (units x periods, finite) under the real assignment `label`; the interval covers 1 - `alpha`. Cost: draws x units x periods.
    public Result test(double[] outcome, int[] label, double alpha) {
        return invert(contrast.of(outcome, label), statistics(outcome), label, alpha);
    }

    /// The contrast under every draw.
    double[] statistics(double[] outcome) {
        return draws.parallelStream().mapToDouble(d -> contrast.of(outcome, d)).toArray();
    }

    /// A constant effect tau is kept by a draw d if |a_d - tau z_d| >= |a - tau|, a the contrast of the outcome and z_d that of the real treatment: an interval around
    /// a, whose ends solve two linear equations. p(tau) is the share of draws that keep tau, and falls away from a on both sides.
    Result invert(double own, double[] statistics, int[] label, double alpha) {
        int n = statistics.length;
        double[] low = new double[n];
        double[] high = new double[n];
        int reach = 0;
        for (int d = 0; d < n; d++) {
            double z = contrast.ofTreatment(label, draws.get(d));
            double one = end(own - statistics[d], 1 - z);
            double two = end(own + statistics[d], 1 + z);
            low[d] = Math.min(one, two);
            high[d] = Math.max(one, two);
            if (Double.isNaN(one) || Double.isNaN(two)) {
                low[d] = Double.NEGATIVE_INFINITY;
                high[d] = Double.POSITIVE_INFINITY;
            }
            if (Math.abs(statistics[d]) >= Math.abs(own) * (1 - 1e-9)) reach++;
        }
        Arrays.sort(low);
        Arrays.sort(high);
        // With drawn assignments the real one joins them, and keeps every tau.
        int ways = exact ? n : n + 1;
        int kept = (int) Math.floor(alpha * ways + 1e-9) + 1 - (exact ? 0 : 1);
        double p = (reach + (exact ? 0.0 : 1.0)) / ways;
        return new Result(own, p, kept <= 0 ? Double.NEGATIVE_INFINITY : low[kept - 1], kept <= 0 ? Double.POSITIVE_INFINITY : high[n - kept], ways, exact, 1.0 / ways);
    }

    /// `top` / `bottom`, exact zeros of rounding included: 0 / 0 is NaN, and keeps every effect.
    private static double end(double top, double bottom) {
        double t = Math.abs(top) < 1e-13 && Math.abs(bottom) < 1e-12 ? 0 : top;
        return Math.abs(bottom) < 1e-12 ? t / 0.0 : t / bottom;
    }

    /// The assignments compared.
    int size() {
        return draws.size();
    }

    WaveContrast contrast() {
        return contrast;
    }

    WaveMechanism mechanism() {
        return mechanism;
    }
}
