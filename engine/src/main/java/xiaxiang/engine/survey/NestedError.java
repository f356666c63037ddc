package xiaxiang.engine.survey;

import java.util.Arrays;
import java.util.List;
import xiaxiang.engine.numeric.LeastSquares;

/// Small areas at unit level: the mean of each township from single answers with covariates, and the townships' means of those covariates from the census.
///
/// y = x'b + v of the area + e; the variances by restricted likelihood, found by bisection of its slope in their ratio. Answers count alike: a design that drew
/// some people more often for a reason tied to y is not undone here, use
/// [FayHerriot] on weighted estimates then. Mean squared errors count that b and the variances are estimated. Cost: n k^2 a step, about 60 steps.
/// Source: Battese, Harter and Fuller (1988); Prasad and Rao (1990); Datta and Lahiri (2000).
public final class NestedError {
    private static final double MOST = 1e8;

    /// How it ended.
    public sealed interface Outcome {
        /// The areas' estimates.
        record Fitted(NestedError fit) implements Outcome {}

        /// Why there are none, and what to do.
        record Refused(String why) implements Outcome {}
    }

    private final Weighed at;
    private final double within;
    private final double between;
    /// Variance of the variance between areas, within them, and their covariance.
    private final double[] uncertainty;

    private NestedError(Weighed at) {
        this.at = at;
        within = at.squares / (at.answers.y.length - at.answers.k);
        between = at.ratio * within;
        uncertainty = uncertainty(at.answers.count, within, between);
    }

    /// Fits answers `y` (n) with covariates `x` (n x k row-major, a column of ones among them if a constant is wanted) in areas `area` (n, counted from 0) of
    /// `areas`, some of which may have no answer.
    /// Throws IllegalArgumentException where lengths do not fit.
    public static Outcome fit(double[] y, double[] x, int k, int[] area, int areas) {
        if (x.length != y.length * k || area.length != y.length)
            throw new IllegalArgumentException("Expected " + y.length + " x " + k + " covariates and " + y.length + " areas, got " + x.length + " and " + area.length
                    + ".");
        for (double v : y) if (!Double.isFinite(v)) return new Outcome.Refused("An answer is missing (" + v + "). Leave it out.");
        for (double v : x) if (!Double.isFinite(v)) return new Outcome.Refused("A covariate is missing (" + v + ").");
        Answers answers = new Answers(y, x, k, area, counted(area, areas));
        long asked = Arrays.stream(answers.count).filter(c -> c > 0).count();
        if (asked <= 1 || y.length - asked <= k)
            return new Outcome.Refused(y.length + " answers in " + asked + " areas cannot tell the variance between areas from that within. Ask more "
                    + "people in the same areas, or in more areas.");
        List<Integer> left = LeastSquares.fit(x, y, k).leftOut();
        if (!left.isEmpty()) return new Outcome.Refused("The covariates " + left + " are combinations of those before them. Leave them out.");
        Weighed plain = new Weighed(answers, 0);
        if (!(plain.squares > 0)) return new Outcome.Refused("The covariates explain every answer exactly: there is no variance to share out.");
        return new Outcome.Fitted(new NestedError(new Weighed(answers, ratio(answers, plain))));
    }

    private static int[] counted(int[] area, int areas) {
        int[] count = new int[areas];
        for (int a : area) count[a]++;
        return count;
    }

    /// The ratio of the variances at which the slope of the restricted likelihood is 0; 0 where it falls from the start.
    private static double ratio(Answers answers, Weighed plain) {
        if (plain.slope() <= 0) return 0;
        double high = 1;
        while (high < MOST && new Weighed(answers, high).slope() > 0) high *= 4;
        double low = 0;
        while (true) {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) return middle;
            if (new Weighed(answers, middle).slope() > 0) low = middle;
            else high = middle;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record Answers(double[] y, double[] x, int k, int[] area, int[] count) {}

    /// Generalised least squares at one ratio of the variances, that within areas being 1.
    private static final class Weighed {
        final Answers answers;
        final double ratio;
        final LeastSquares fit;
        final double[] coefficients;
        final double[] inverse;
        /// Sums over the answers of an area of what the coefficients leave, and of the covariates.
        final double[] left;
        final double[] sum;
        /// The weighted squares y'Py.
        final double squares;

        Weighed(Answers answers, double ratio) {
            this.answers = answers;
            this.ratio = ratio;
            int k = answers.k;
            int n = answers.y.length;
            sum = new double[answers.count.length * k];
            double[] total = new double[answers.count.length];
            for (int i = 0; i < n; i++) {
                total[answers.area[i]] += answers.y[i];
                for (int p = 0; p < k; p++) sum[answers.area[i] * k + p] += answers.x[i * k + p];
            }
            // Each answer less a part of its area's mean: then errors are independent. Source: Fuller and Battese (1973).
            double[] y = answers.y.clone();
            double[] x = answers.x.clone();
            for (int i = 0; i < n; i++) {
                int a = answers.area[i];
                double part = (1 - Math.sqrt(1 / (1 + answers.count[a] * ratio))) / answers.count[a];
                y[i] -= part * total[a];
                for (int p = 0; p < k; p++) x[i * k + p] -= part * sum[a * k + p];
            }
            fit = LeastSquares.fit(x, y, k);
            coefficients = fit.coefficients();
            inverse = fit.inverse();
            double s = 0;
            for (double e : fit.residuals()) s += e * e;
            squares = s;
            left = total;
            for (int a = 0; a < left.length; a++) for (int p = 0; p < k; p++) left[a] -= coefficients[p] * sum[a * k + p];
        }

        /// The slope of the restricted log-likelihood in the ratio, the variance within areas at its best.
        double slope() {
            double explained = 0;
            double trace = 0;
            for (int a = 0; a < left.length; a++) {
                double d = 1 + answers.count[a] * ratio;
                explained += left[a] / d * (left[a] / d);
                trace += answers.count[a] / d - form(a) / (d * d);
            }
            return (explained * (answers.y.length - answers.k) / squares - trace) / 2;
        }

        private double form(int a) {
            return form(Arrays.copyOfRange(sum, a * answers.k, (a + 1) * answers.k));
        }

        double form(double[] x) {
            double s = 0;
            for (int p = 0; p < x.length; p++) for (int q = 0; q < x.length; q++) s += x[p] * inverse[p * x.length + q] * x[q];
            return s;
        }
    }

    private static double[] uncertainty(int[] count, double within, double between) {
        double vv = 0;
        double ve = 0;
        double ee = 0;
        for (int n : count) {
            if (n == 0) continue;
            double a = within + n * between;
            vv += n * (double) n / (2 * a * a);
            ve += n / (2 * a * a);
            ee += (n - 1) / (2 * within * within) + 1 / (2 * a * a);
        }
        double determinant = vv * ee - ve * ve;
        return new double[] {ee / determinant, vv / determinant, -ve / determinant};
    }

    /// The variance between areas that the covariates leave.
    public double betweenVariance() {
        return between;
    }

    /// The variance of single answers within an area.
    public double withinVariance() {
        return within;
    }

    /// The coefficients b, k long.
    public double[] coefficients() {
        return at.coefficients.clone();
    }

    /// The weight of an area's own answers, in [0, 1); 0 where there are none.
    public double ownWeight(int area) {
        int n = at.answers.count[area];
        return n * at.ratio / (1 + n * at.ratio);
    }

    /// The mean of y in an area whose covariates have the means `mean` (k): the empirical best linear unbiased predictor.
    public double estimate(int area, double[] mean) {
        double fixed = 0;
        for (int p = 0; p < at.answers.k; p++) fixed += mean[p] * at.coefficients[p];
        int n = at.answers.count[area];
        return n == 0 ? fixed : fixed + ownWeight(area) * at.left[area] / n;
    }

    /// Its mean squared error, to second order.
    public double meanSquaredError(int area, double[] mean) {
        int n = at.answers.count[area];
        double own = ownWeight(area);
        double[] off = mean.clone();
        for (int p = 0; p < off.length && n > 0; p++) off[p] -= own * at.sum[area * off.length + p] / n;
        double known = (1 - own) * between;
        double ofB = within * at.form(off);
        if (n == 0) return known + ofB;
        double spread = between + within / n;
        double ofVariances = (within * within * uncertainty[0] + between * between * uncertainty[1] - 2 * within * between * uncertainty[2]) / ((double) n * n * spread * spread * spread);
        return known + ofB + 2 * ofVariances;
    }

    /// What a reader must know before trusting them.
    public List<String> warnings() {
        return between > 0 ? List.of() : List.of("The variance between areas is estimated as 0: every area gets what the covariates say, and the "
                + "errors shown are too small where it is not truly 0.");
    }
}
