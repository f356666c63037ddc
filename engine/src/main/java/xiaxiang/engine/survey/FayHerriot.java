package xiaxiang.engine.survey;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import xiaxiang.engine.numeric.LeastSquares;
import xiaxiang.engine.numeric.Semidefinite;

/// Small areas at area level: a township's direct estimate drawn towards what its covariates say, the more so the less was asked there.
///
/// y = x'b + v + e, v of variance A across areas, e of the known sampling variance. Areas without an estimate (NaN) get x'b.
/// Mean squared errors count that b and A are estimated. Cost: n k^2 a step, some tens of steps.
/// Source: Fay and Herriot (1979); Prasad and Rao (1990); Datta and Lahiri (2000).
public final class FayHerriot {
    private static final int STEPS = 1000;

    /// How A is found.
    public enum Method {
        /// Restricted likelihood: the default.
        REML,
        /// Likelihood: A too small with many covariates.
        ML,
        /// Fay and Herriot's moments: the weighted squares are n - k.
        MOMENTS
    }

    /// How it ended.
    public sealed interface Outcome {
        /// The areas' estimates.
        record Fitted(FayHerriot fit) implements Outcome {}

        /// Why there are none, and what to do.
        record Refused(String why) implements Outcome {}
    }

    private final Areas areas;
    private final double areaVariance;
    private final Method method;
    private final Weighed at;

    private FayHerriot(Areas areas, double areaVariance, Method method) {
        this.areas = areas;
        this.areaVariance = areaVariance;
        this.method = method;
        at = new Weighed(areas, areaVariance);
    }

    /// Fits direct estimates `y` (n; NaN where nobody was asked) with sampling variances `variance` (n) on `x` (n x k row-major). Throws
    /// IllegalArgumentException where lengths do not fit.
    public static Outcome fit(double[] y, double[] variance, double[] x, int k, Method method) {
        if (variance.length != y.length || x.length != y.length * k)
            throw new IllegalArgumentException("Expected " + y.length + " variances and " + y.length + " x " + k + " covariates, got " + variance.length + " and "
                    + x.length + ".");
        int[] asked = IntStream.range(0, y.length).filter(i -> !Double.isNaN(y[i])).toArray();
        for (int i : asked) if (!(variance[i] > 0 && variance[i] < Double.POSITIVE_INFINITY))
            return new Outcome.Refused("The sampling variance (" + variance[i] + ") of area " + i
                    + " must be above 0: with few answers smooth the variances over areas first.");
        for (double v : x) if (!Double.isFinite(v)) return new Outcome.Refused("A covariate is missing (" + v + ").");
        if (asked.length <= k)
            return new Outcome.Refused(asked.length + " areas with an estimate cannot tell " + k
                    + " coefficients and a variance. Leave covariates out, or ask in more areas.");
        Areas areas = new Areas(y, variance, x, k, asked);
        List<Integer> left = areas.plain().leftOut();
        if (!left.isEmpty()) return new Outcome.Refused("The covariates " + left + " are combinations of those before them. Leave them out.");
        return new Outcome.Fitted(new FayHerriot(areas, solve(areas, method), method));
    }

    /// Scoring from the median sampling variance to the last digit; a step below 0 stops there.
    private static double solve(Areas areas, Method method) {
        double a = Arrays.stream(areas.asked).mapToDouble(i -> areas.variance[i]).sorted().skip(areas.asked.length / 2).findFirst().orElse(0);
        for (int step = 0; step < STEPS; step++) {
            Weighed at = new Weighed(areas, a);
            double next = Math.max(0, a + at.score(method) / at.information(method));
            if (Math.abs(next - a) <= 4 * Math.ulp(a)) return next;
            a = next;
        }
        return a;
    }

    /// What is known of the areas.
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record Areas(double[] y, double[] variance, double[] x, int k, int[] asked) {
        LeastSquares plain() {
            return fit(1, 0);
        }

        /// Least squares with weights 1 / (a + part x variance).
        LeastSquares fit(double a, double part) {
            double[] rows = new double[asked.length * k];
            for (int r = 0; r < asked.length; r++) System.arraycopy(x, asked[r] * k, rows, r * k, k);
            return LeastSquares.fit(rows, Arrays.stream(asked).mapToDouble(i -> y[i]).toArray(), Arrays.stream(asked).mapToDouble(i -> 1 / (a + part * variance[i])).toArray(), k);
        }
    }

    /// Everything at one value of A.
    private static final class Weighed {
        final Areas areas;
        final LeastSquares fit;
        final double[] inverse;
        /// Sums of v^-1 and v^-2, of (r / v)^2 and r^2 / v.
        double one;
        double two;
        double squares;
        double weighted;
        /// Traces of Q X'V^-2 X, Q X'V^-3 X and (Q X'V^-2 X)^2.
        double traceTwo;
        double traceThree;
        double traceSquare;

        Weighed(Areas areas, double a) {
            this.areas = areas;
            fit = areas.fit(a, 1);
            inverse = fit.inverse();
            double[] r = fit.residuals();
            int k = areas.k;
            double[] cross = new double[k * k];
            for (int n = 0; n < r.length; n++) {
                int i = areas.asked[n];
                double v = a + areas.variance[i];
                one += 1 / v;
                two += 1 / (v * v);
                squares += r[n] / v * (r[n] / v);
                weighted += r[n] * r[n] / v;
                traceThree += form(i) / (v * v * v);
                for (int p = 0; p < k; p++) for (int q = 0; q < k; q++) cross[p * k + q] += areas.x[i * k + p] * areas.x[i * k + q] / (v * v);
            }
            double[] m = Semidefinite.product(inverse, cross, k);
            for (int p = 0; p < k; p++) for (int q = 0; q < k; q++) traceSquare += m[p * k + q] * m[q * k + p];
            for (int p = 0; p < k; p++) traceTwo += m[p * k + p];
        }

        /// x'Qx of area i.
        double form(int i) {
            int k = areas.k;
            double s = 0;
            for (int p = 0; p < k; p++) for (int q = 0; q < k; q++) s += areas.x[i * k + p] * inverse[p * k + q] * areas.x[i * k + q];
            return s;
        }

        double score(Method method) {
            return switch (method) {
                case REML -> (squares - (one - traceTwo)) / 2;
                case ML -> (squares - one) / 2;
                case MOMENTS -> weighted - (areas.asked.length - areas.k);
            };
        }

        double information(Method method) {
            return switch (method) {
                case REML -> (two - 2 * traceThree + traceSquare) / 2;
                case ML -> two / 2;
                case MOMENTS -> squares;
            };
        }

        /// The asymptotic variance of A.
        double varianceOfA(Method method) {
            return switch (method) {
                case REML, ML -> 2 / two;
                case MOMENTS -> 2 * areas.asked.length / (one * one);
            };
        }

        /// The asymptotic bias of A.
        double bias(Method method) {
            return switch (method) {
                case REML -> 0;
                case ML -> -traceTwo / two;
                case MOMENTS -> 2 * (areas.asked.length * two - one * one) / (one * one * one);
            };
        }
    }

    /// A, the variance between areas that the covariates leave.
    public double areaVariance() {
        return areaVariance;
    }

    /// The coefficients b, k long.
    public double[] coefficients() {
        return at.fit.coefficients();
    }

    /// Their standard errors, A taken as known.
    public double[] standardErrors() {
        return IntStream.range(0, areas.k).mapToDouble(p -> Math.sqrt(at.inverse[p * areas.k + p])).toArray();
    }

    /// The weight of an area's own estimate, A / (A + its variance), in [0, 1]; 0 where nobody was asked.
    public double ownWeight(int area) {
        return Double.isNaN(areas.y[area]) ? 0 : areaVariance / (areaVariance + areas.variance[area]);
    }

    /// The area's estimate: the empirical best linear unbiased predictor.
    public double estimate(int area) {
        double[] b = at.fit.coefficients();
        double fixed = 0;
        for (int p = 0; p < areas.k; p++) fixed += areas.x[area * areas.k + p] * b[p];
        double own = ownWeight(area);
        return own == 0 ? fixed : fixed + own * (areas.y[area] - fixed);
    }

    /// Its mean squared error, to second order; the root of it is the number to show.
    public double meanSquaredError(int area) {
        if (Double.isNaN(areas.y[area])) return areaVariance + at.form(area);
        double psi = areas.variance[area];
        double rest = psi / (areaVariance + psi);
        double known = areaVariance * rest;
        double ofB = rest * rest * at.form(area);
        double ofA = rest * rest / (areaVariance + psi) * at.varianceOfA(method);
        return known + ofB + 2 * ofA - at.bias(method) * rest * rest;
    }

    /// What a reader must know before trusting them.
    public List<String> warnings() {
        return areaVariance > 0 ? List.of() : List.of("The variance between areas is estimated as 0: every area gets what the covariates say, and the "
                + "errors shown are too small where it is not truly 0.");
    }
}
