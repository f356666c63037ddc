package xiaxiang.engine.survey;

import java.util.Arrays;
import xiaxiang.engine.numeric.Semidefinite;

/// Changes survey weights as little as may be so that auxiliaries meet known totals, such as households by township from the census.
///
/// The new weight is w F(x'lambda) with lambda found by Newton's method. Auxiliaries that are combinations of others are fine where their totals agree.
/// Cost: n k^2 a step, about five. Source: Deville and Särndal (1992).
public final class Calibration {
    private static final int STEPS = 100;
    private static final double MET = 1e-12;
    private static final double GOOD = 1e-10;

    private final double[] weight;
    private final double[] x;
    private final double[] totals;
    private final Distance distance;

    private Calibration(double[] weight, double[] x, double[] totals, Distance distance) {
        this.weight = weight;
        this.x = x;
        this.totals = totals;
        this.distance = distance;
    }

    /// How far a weight may move, and at what price.
    public sealed interface Distance {
        /// Generalised regression: F = 1 + u. Always solvable; weights may become negative.
        record Linear() implements Distance {}

        /// Raking: F = exp(u). Weights stay above 0.
        record Raking() implements Distance {}

        /// F between `low` and `high`, 0 <= low < 1 < high.
        record Logit(double low, double high) implements Distance {
            /// Checks the bounds.
            public Logit {
                if (!(low >= 0 && low < 1 && high > 1 && high < Double.POSITIVE_INFINITY))
                    throw new IllegalArgumentException("The bounds (" + low + ", " + high + ") must hold 1 between them, the lower at least 0.");
            }
        }

        /// F(u), which is 1 at u = 0.
        default double factor(double u) {
            return switch (this) {
                case Linear _ -> 1 + u;
                case Raking _ -> Math.exp(u);
                case Logit(double low, double high) -> {
                    double e = Math.exp(-(high - low) / ((1 - low) * (high - 1)) * u);
                    yield (low * (high - 1) * e + high * (1 - low)) / ((high - 1) * e + 1 - low);
                }
            };
        }

        /// dF / du.
        default double slope(double u) {
            return switch (this) {
                case Linear _ -> 1;
                case Raking _ -> Math.exp(u);
                case Logit(double low, double high) -> (factor(u) - low) * (high - factor(u)) / ((1 - low) * (high - 1));
            };
        }
    }

    /// How it ended.
    public sealed interface Outcome {
        /// The weights meet every total to 1e-10 of its size.
        @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
        record Calibrated(double[] weights, double leastFactor, double mostFactor, int steps) implements Outcome {}

        /// No weights of that distance meet the totals; why, and what to do.
        record Refused(String why) implements Outcome {}
    }

    /// Calibrates `weight` (n) so that the weighted sums of `x` (n x k row-major) are `totals` (k). Throws IllegalArgumentException where lengths do not fit.
    public static Outcome of(double[] weight, double[] x, double[] totals, Distance distance) {
        if (x.length != weight.length * totals.length) throw new IllegalArgumentException("Expected " + weight.length + " x " + totals.length + " auxiliaries, got " + x.length + ".");
        for (double v : x) if (!Double.isFinite(v)) return new Outcome.Refused("An auxiliary is missing (" + v + "). Fill it in, or leave the answer out.");
        return new Calibration(weight, x, totals, distance).run();
    }

    private Outcome run() {
        double[] lambda = new double[totals.length];
        double[] gap = gap(lambda);
        double error = error(gap);
        int step = 0;
        for (; step < STEPS && error > MET; step++) {
            double[] move = Semidefinite.product(new Semidefinite(slopes(lambda), totals.length).inverse(), gap, totals.length);
            double length = 1;
            double[] next = moved(lambda, move, length);
            double[] left = gap(next);
            while (!(error(left) < error) && length > 1e-9) {
                length /= 2;
                next = moved(lambda, move, length);
                left = gap(next);
            }
            if (!(error(left) < error)) break;
            lambda = next;
            gap = left;
            error = error(left);
        }
        return error <= GOOD ? done(lambda, step) : new Outcome.Refused(refusal(gap, step));
    }

    private String refusal(double[] gap, int step) {
        int worst = 0;
        for (int j = 1; j < gap.length; j++) if (relative(gap, j) > relative(gap, worst)) worst = j;
        return "After " + step + " steps total " + worst + " (" + totals[worst] + ") is still missed by " + gap[worst]
                + (distance instanceof Distance.Logit ? ". Widen the bounds, or use raking." : distance instanceof Distance.Raking
                        ? ". Maybe a group has a total but no answer; join small groups." : ". Maybe two totals contradict each other.");
    }

    private Outcome done(double[] lambda, int step) {
        double[] factor = new double[weight.length];
        for (int i = 0; i < weight.length; i++) factor[i] = distance.factor(along(lambda, i));
        double[] out = new double[weight.length];
        for (int i = 0; i < weight.length; i++) out[i] = weight[i] * factor[i];
        return new Outcome.Calibrated(out, Arrays.stream(factor).min().orElse(1), Arrays.stream(factor).max().orElse(1), step);
    }

    private double along(double[] lambda, int i) {
        double u = 0;
        for (int j = 0; j < lambda.length; j++) u += lambda[j] * x[i * lambda.length + j];
        return u;
    }

    private double[] gap(double[] lambda) {
        int k = totals.length;
        double[] out = totals.clone();
        for (int i = 0; i < weight.length; i++) {
            double w = weight[i] * distance.factor(along(lambda, i));
            for (int j = 0; j < k; j++) out[j] -= w * x[i * k + j];
        }
        return out;
    }

    private double[] slopes(double[] lambda) {
        int k = totals.length;
        double[] out = new double[k * k];
        for (int i = 0; i < weight.length; i++) {
            double w = weight[i] * distance.slope(along(lambda, i));
            for (int a = 0; a < k; a++) for (int b = 0; b < k; b++) out[a * k + b] += w * x[i * k + a] * x[i * k + b];
        }
        return out;
    }

    private static double[] moved(double[] lambda, double[] move, double length) {
        double[] out = lambda.clone();
        for (int j = 0; j < out.length; j++) out[j] += length * move[j];
        return out;
    }

    private double error(double[] gap) {
        double worst = 0;
        for (int j = 0; j < gap.length; j++) worst = Math.max(worst, relative(gap, j));
        return Double.isNaN(worst) ? Double.POSITIVE_INFINITY : worst;
    }

    private double relative(double[] gap, int j) {
        return Math.abs(gap[j]) / Math.max(Math.abs(totals[j]), 1);
    }
}
