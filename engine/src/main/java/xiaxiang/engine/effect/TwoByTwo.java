package xiaxiang.engine.effect;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.effect.GroupTimeDesign.Comparison;
import xiaxiang.engine.numeric.LeastSquares;

/// One cohort's change against its controls' between two periods, and how much each unit moves it (its influence). Immutable.
///
/// Sources: Sant'Anna and Zhao (2020), Doubly robust difference-in-differences estimators, (2.3) and theorem 1; Callaway and Sant'Anna (2021), (2.2) to (2.4). The
/// regression of the controls is least squares, the propensity logit; standardised (Hajek) weights, as in R's DRDID: drdid_panel, std_ipw_did_panel, reg_did_panel.
final class TwoByTwo {
    private static final double NO_OVERLAP = .999;
    private static final double TRIM = .995;

    final Comparison comparison;
    /// The effect; NaN where [#trouble] says why.
    final double value;
    final Notice.@Nullable Kind trouble;
    private final GroupTimeDesign design;
    private final int k;
    /// Regression of the controls; zeros if there is none.
    private final double[] beta;
    /// Propensity; empty if there is none.
    private double[] gamma = {};
    private double[] ofPropensity = {};
    private final double[] ofRegression;
    private double meanTreated;
    private double meanControl;
    private double shareTreated;
    private double shareControl = 1;
    private double scale;

    private TwoByTwo(GroupTimeDesign design, Comparison comparison, Notice.@Nullable Kind trouble) {
        this.design = design;
        this.comparison = comparison;
        this.trouble = trouble;
        value = trouble == null ? 0 : Double.NaN;
        k = 0;
        beta = new double[0];
        ofRegression = beta;
    }

    private TwoByTwo(GroupTimeDesign design, Comparison comparison, Sample s, @Nullable LeastSquares regression, @Nullable Logit propensity) {
        this.design = design;
        this.comparison = comparison;
        trouble = null;
        k = s.k;
        scale = (double) design.units.length / s.n;
        shareTreated = (double) s.treatedCount / s.n;
        beta = regression == null ? new double[k] : regression.coefficients();
        double[] r = s.rest(beta);
        double[] sumTreated = new double[k];
        for (int i = 0; i < s.n; i++) {
            if (!s.treated[i]) continue;
            meanTreated += r[i] / s.treatedCount;
            for (int j = 0; j < k; j++) sumTreated[j] += s.x[i * k + j];
        }
        double[] toRegression = new double[k];
        for (int j = 0; j < k; j++) toRegression[j] = sumTreated[j] / shareTreated;
        if (propensity != null) weigh(s, r, propensity, toRegression);
        ofRegression = regression == null ? new double[k] : times(regression.inverse(), toRegression);
        value = meanTreated - meanControl;
    }

    /// The controls' weighted mean, and what estimating the weights does to it.
    private void weigh(Sample s, double[] r, Logit propensity, double[] toRegression) {
        gamma = propensity.coefficients;
        double sum = 0;
        double[] w = new double[s.n];
        for (int i = 0; i < s.n; i++) {
            if (s.treated[i]) continue;
            w[i] = odds(Logit.probability(gamma, s.x, i * k));
            sum += w[i];
            meanControl += w[i] * r[i];
        }
        meanControl /= sum;
        shareControl = sum / s.n;
        double[] slope = new double[k];
        for (int i = 0; i < s.n; i++) {
            for (int j = 0; j < k; j++) {
                toRegression[j] -= w[i] * s.x[i * k + j] / shareControl;
                slope[j] += w[i] * (r[i] - meanControl) * s.x[i * k + j];
            }
        }
        ofPropensity = times(propensity.inverse, slope);
    }

    /// A control all but sure to be treated weighs nothing, as in DRDID.
    private static double odds(double p) {
        return p < TRIM ? p / (1 - p) : 0;
    }

    private static double[] times(double[] matrix, double[] v) {
        int k = v.length;
        double[] out = new double[k];
        for (int i = 0; i < k; i++) for (int j = 0; j < k; j++) out[i] += matrix[i * k + j] * v[j];
        return out;
    }

    /// Cost: n k^2 for the regression and for each of about six steps of the propensity.
    static TwoByTwo fit(GroupTimeDesign design, Comparison comparison) {
        if (comparison.isReference()) return new TwoByTwo(design, comparison, null);
        Sample s = new Sample(design, comparison);
        if (s.treatedCount == s.n) return new TwoByTwo(design, comparison, Notice.Kind.NO_CONTROLS);
        // Without covariates all three methods are the difference of two mean changes.
        GroupTime.Method method = s.k == 1 ? GroupTime.Method.OUTCOME_REGRESSION : design.options.method();
        Logit propensity = null;
        if (method != GroupTime.Method.OUTCOME_REGRESSION) {
            propensity = Logit.fit(s.x, s.treated, s.k);
            if (s.most(propensity) >= NO_OVERLAP) return new TwoByTwo(design, comparison, Notice.Kind.NO_OVERLAP);
            if (propensity.inverse.length == 0) return new TwoByTwo(design, comparison, Notice.Kind.COLLINEAR);
        }
        LeastSquares regression = method == GroupTime.Method.INVERSE_WEIGHTING ? null : s.regression();
        if (regression != null && regression.rank() < s.k) return new TwoByTwo(design, comparison, Notice.Kind.COLLINEAR);
        return new TwoByTwo(design, comparison, s, regression, propensity);
    }

    /// The influence of a kept unit, so that the mean of squares over all kept units, divided by their number, is the variance. `x` is room for k numbers.
    double influence(int unit, double[] x) {
        boolean treated = design.isTreated(comparison, unit);
        if (k == 0 || (!treated && !design.isControl(comparison, unit))) return 0;
        design.covariates(comparison, unit, x, 0);
        double r = design.change(comparison, unit) - dot(beta, x);
        double p = 0;
        double estimated = 0;
        if (gamma.length > 0) {
            p = Logit.probability(gamma, x, 0);
            estimated = dot(ofPropensity, x);
        }
        if (treated) return scale * ((r - meanTreated) / shareTreated - (1 - p) * estimated / shareControl);
        return scale * (-r * dot(ofRegression, x) - (odds(p) * (r - meanControl) - p * estimated) / shareControl);
    }

    private static double dot(double[] a, double[] x) {
        double s = 0;
        for (int j = 0; j < a.length; j++) s += a[j] * x[j];
        return s;
    }

    /// The cohort and its controls.
    private static final class Sample {
        final int n;
        final int k;
        final double[] x;
        final double[] change;
        final boolean[] treated;
        final int treatedCount;

        Sample(GroupTimeDesign design, Comparison c) {
            int[] members = IntStream.range(0, design.units.length).filter(i -> design.isTreated(c, i) || design.isControl(c, i)).toArray();
            n = members.length;
            k = 1 + design.panel.covariates();
            x = new double[n * k];
            change = new double[n];
            treated = new boolean[n];
            int count = 0;
            for (int i = 0; i < n; i++) {
                design.covariates(c, members[i], x, i * k);
                change[i] = design.change(c, members[i]);
                treated[i] = design.isTreated(c, members[i]);
                if (treated[i]) count++;
            }
            treatedCount = count;
        }

        LeastSquares regression() {
            double[] y = new double[n - treatedCount];
            double[] z = new double[y.length * k];
            int at = 0;
            for (int i = 0; i < n; i++) {
                if (treated[i]) continue;
                y[at] = change[i];
                System.arraycopy(x, i * k, z, at++ * k, k);
            }
            return LeastSquares.fit(z, y, k);
        }

        double[] rest(double[] beta) {
            double[] r = change.clone();
            for (int i = 0; i < n; i++) for (int j = 0; j < k; j++) r[i] -= beta[j] * x[i * k + j];
            return r;
        }

        double most(Logit propensity) {
            double most = 0;
            for (int i = 0; i < n; i++) most = Math.max(most, Logit.probability(propensity.coefficients, x, i * k));
            // A coefficient that is not a number has no overlap either.
            return Double.isNaN(most) ? 1 : most;
        }
    }
}
