package xiaxiang.engine.choice;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import xiaxiang.engine.numeric.Bounds;
import xiaxiang.engine.numeric.Maximum;
import xiaxiang.engine.numeric.TrustRegion;

/// The coefficients of a [BrandChoice] market fitted to answers and shop totals together, by maximum quasi-likelihood.
///
/// Answers count by their weights, which are scaled to a mean of 1. Totals are Poisson counts whose dispersion (Pearson's chi-squared over degrees of freedom, at least 1)
/// divides their part of the likelihood, so that noisy totals do not drown the answers; dispersion and coefficients are solved in turn.
/// The errors are a sandwich: expected information outside, scores inside, answers summed by cluster and totals one by one.
/// Sources: McFadden (1978); Wedderburn (1974), quasi-likelihood; Liang and Zeger (1986). Immutable.
public final class BrandChoiceFit {
    private static final int ITERATIONS = 200;
    private static final int ROUNDS = 20;
    /// What of a parameter's information must be left beside the others' for it to be known.
    private static final double KNOWN = 1e-7;

    private final BrandChoiceData data;
    private final BrandChoiceParameters at;
    private final Maximum maximum;
    private final double dispersion;
    private final boolean[] free;
    private final double[] covariance;

    private BrandChoiceFit(BrandChoiceData data, Maximum maximum, double dispersion, boolean[] free) {
        this.data = data;
        at = new BrandChoiceParameters(data.features, data.brands);
        this.maximum = maximum;
        this.dispersion = dispersion;
        this.free = free;
        covariance = sandwich();
    }

    /// Fits the parameters that are free from `start`, the others held there; `lower` and `upper` bound them.
    /// Throws IllegalArgumentException where lengths differ. Cost: ten to forty evaluations of the likelihood a round, some five rounds.
    public static BrandChoiceFit of(BrandChoiceData data, double[] start, double[] lower, double[] upper, boolean[] free) {
        BrandChoiceData scaled = data.with(scaled(data.answers));
        double[] low = start.clone();
        double[] high = start.clone();
        for (int k = 0; k < start.length; k++) if (free[k]) {
            low[k] = lower[k];
            high[k] = upper[k];
        }
        Bounds bounds = new Bounds(low, high);
        double dispersion = 1;
        Maximum found = TrustRegion.maximize(new BrandChoiceLikelihood(scaled, dispersion), start, bounds, ITERATIONS);
        for (int round = 0; round < ROUNDS && data.totals.count() > 0; round++) {
            double next = dispersion(scaled, found.theta(), free);
            if (Math.abs(next - dispersion) <= 1e-10 * dispersion) break;
            dispersion = next;
            found = TrustRegion.maximize(new BrandChoiceLikelihood(scaled, dispersion), found.theta(), bounds, ITERATIONS);
        }
        return new BrandChoiceFit(scaled, found, dispersion, free.clone());
    }

    private static BrandChoiceData.Answers scaled(BrandChoiceData.Answers answers) {
        double sum = Arrays.stream(answers.weight).sum();
        double factor = sum > 0 ? answers.count() / sum : 1;
        return new BrandChoiceData.Answers(answers.point, answers.entry, Arrays.stream(answers.weight).map(w -> w * factor).toArray(), answers.cluster);
    }

    private static double dispersion(BrandChoiceData data, double[] theta, boolean[] free) {
        double[] expected = new BrandChoiceLikelihood(data, 1).expected(theta);
        double chi = 0;
        int counted = 0;
        for (int c = 0; c < expected.length; c++) if (expected[c] > 0) {
            double r = data.totals.units[c] - expected[c];
            chi += r * r / expected[c];
            counted++;
        }
        int parameters = 0;
        for (boolean f : free) if (f) parameters++;
        return Math.max(1, chi / Math.max(1, counted - parameters));
    }

    /// Which parameters the data can tell apart at `theta`, judged in the order given: a parameter is known if the expected information leaves something of it
    /// beside those before it that are known. Parameters not in `order` count as not known. Cost: parameters^3.
    public static boolean[] known(BrandChoiceData data, double[] theta, int[] order) {
        BrandChoiceLikelihood likelihood = new BrandChoiceLikelihood(data, 1);
        int n = likelihood.size();
        double[] hessian = new double[n * n];
        likelihood.at(theta, new double[n], hessian);
        boolean[] known = new boolean[n];
        // Cholesky in that order: what the pivot keeps of the diagonal is what the parameters before leave unexplained.
        double[][] rows = new double[n][n];
        int[] kept = new int[n];
        int count = 0;
        for (int k : order) {
            double[] row = new double[n];
            double rest = -hessian[k * n + k];
            for (int c = 0; c < count; c++) {
                double s = -hessian[k * n + kept[c]];
                for (int d = 0; d < c; d++) s -= row[d] * rows[c][d];
                row[c] = s / rows[c][c];
                rest -= row[c] * row[c];
            }
            if (!(rest > KNOWN * -hessian[k * n + k])) continue;
            row[count] = Math.sqrt(rest);
            rows[count] = row;
            kept[count++] = k;
            known[k] = true;
        }
        return known;
    }

    private double[] sandwich() {
        int n = at.size();
        int[] kept = java.util.stream.IntStream.range(0, n).filter(k -> free[k]).toArray();
        DMatrixRMaj bread = new DMatrixRMaj(kept.length, kept.length);
        double[] hessian = maximum.hessian();
        for (int a = 0; a < kept.length; a++) for (int b = 0; b < kept.length; b++) bread.set(a, b, -hessian[kept[a] * n + kept[b]]);
        DMatrixRMaj inverse = new DMatrixRMaj(kept.length, kept.length);
        if (kept.length > 0 && !CommonOps_DDRM.invert(bread, inverse)) throw new ArithmeticException("The coefficients cannot be told apart: the information is singular.");
        DMatrixRMaj meat = new DMatrixRMaj(kept.length, kept.length);
        for (double[] score : new BrandChoiceLikelihood(data, dispersion).scores(maximum.theta()))
            for (int a = 0; a < kept.length; a++) for (int b = 0; b < kept.length; b++) meat.add(a, b, score[kept[a]] * score[kept[b]]);
        DMatrixRMaj half = new DMatrixRMaj(kept.length, kept.length);
        DMatrixRMaj whole = new DMatrixRMaj(kept.length, kept.length);
        CommonOps_DDRM.mult(inverse, meat, half);
        CommonOps_DDRM.mult(half, inverse, whole);
        double[] out = new double[n * n];
        for (int a = 0; a < kept.length; a++) for (int b = 0; b < kept.length; b++) out[kept[a] * n + kept[b]] = (whole.get(a, b) + whole.get(b, a)) / 2;
        return out;
    }

    /// Where each parameter stands.
    public BrandChoiceParameters parameters() {
        return at;
    }

    /// The parameters, fitted or held.
    public double[] theta() {
        return maximum.theta();
    }

    /// Their covariance, n x n row-major; 0 for what was held.
    public double[] covariance() {
        return covariance.clone();
    }

    /// Whether a parameter was free.
    public boolean free(int k) {
        return free[k];
    }

    /// Whether the search ended at a maximum.
    public boolean converged() {
        return maximum.converged();
    }

    /// The largest entry of the gradient over free parameters.
    public double gradientNorm() {
        return maximum.gradientNorm();
    }

    /// By what the totals' counts vary more than Poisson's, >= 1; 1 without totals.
    public double dispersion() {
        return dispersion;
    }

    /// The weighted log-likelihood of the answers alone at the fitted parameters.
    public double answersLogLikelihood() {
        return logLikelihood(data, maximum.theta());
    }

    /// The weighted log-likelihood of the answers of `data`, such as those held out, at other parameters.
    public static double logLikelihood(BrandChoiceData data, double[] theta) {
        BrandChoiceData alone = data.with(new BrandChoiceData.Totals(new int[0], new double[0], new double[0]));
        return new BrandChoiceLikelihood(alone, 1).at(theta, new double[0], new double[0]);
    }

    /// The totals expected at the fitted parameters, over their years.
    public double[] expectedTotals() {
        return new BrandChoiceLikelihood(data, 1).expected(maximum.theta());
    }

    /// The probabilities of the points under `theta`, one by one. Cost: what every offer is worth at its door once, then a point its entries.
    public static Probabilities probabilities(BrandChoiceData data, double[] theta) {
        return new Probabilities(data, theta);
    }

    /// The share of possible buyers who end up with nothing, over all points, and its gradient by the parameters (appended: `double[1 + n]`).
    public double[] nothing() {
        int n = at.size();
        double[] theta = maximum.theta();
        BrandChoicePoint point = new BrandChoicePoint(data, at, theta, BrandChoicePoint.doors(data, theta));
        double[] g = new double[n];
        double[] weighted = new double[1 + n];
        double all = 0;
        double allByIncome = 0;
        for (int i = 0; i < data.points; i++) {
            point.visit(i, true);
            point.score(0, BrandChoiceData.NOTHING, g);
            double buyers = data.people[i] * Math.exp(theta[at.elasticity()] * data.logIncome[i]);
            double none = buyers * point.nothing();
            all += buyers;
            allByIncome += buyers * data.logIncome[i];
            weighted[0] += none;
            for (int k = 0; k < n; k++) weighted[1 + k] += none * g[k];
            weighted[1 + at.elasticity()] += none * data.logIncome[i];
        }
        for (int k = 0; k <= n; k++) weighted[k] /= all;
        weighted[1 + at.elasticity()] -= weighted[0] * allByIncome / all;
        return weighted;
    }

    /// Probabilities point by point. Not for use by several threads.
    public static final class Probabilities {
        private final BrandChoiceData data;
        private final BrandChoicePoint point;

        private Probabilities(BrandChoiceData data, double[] theta) {
            this.data = data;
            point = new BrandChoicePoint(data, new BrandChoiceParameters(data.features, data.brands), theta, BrandChoicePoint.doors(data, theta));
        }

        /// Nothing first, then the entries of point i in their order: in sum 1.
        public double[] at(int i) {
            point.visit(i, false);
            int nb = data.brands;
            int first = data.start[i * nb];
            double[] out = new double[1 + data.start[(i + 1) * nb] - first];
            out[0] = point.nothing();
            for (int b = 0; b < nb; b++) for (int e = data.start[i * nb + b]; e < data.start[i * nb + b + 1]; e++) out[1 + e - first] = point.of(b, e);
            return out;
        }
    }
}
