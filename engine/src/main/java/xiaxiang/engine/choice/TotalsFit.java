package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.TDistribution;
import xiaxiang.engine.numeric.Maximum;
import xiaxiang.engine.numeric.Semidefinite;

/// Coefficients from shop totals, with errors of three kinds. Immutable.
public final class TotalsFit {
    private static final double OVERDISPERSED = 2;

    /// Where an error comes from.
    public enum Errors {
        /// The curvature of the likelihood alone: right only if totals are counts of independent buyers.
        HESSIAN,
        /// The same times the dispersion found in the totals: right where every total varies in proportion to its expectation. Degrees of freedom: totals less
        /// coefficients.
        DISPERSION,
        /// Leaving one shop out after the other, to first order: right whatever the variances, and where a shop's appeal shows in all its totals. Degrees of
        /// freedom are worked out for each coefficient.
        /// Source: Bell and McCaffrey (2002), the jackknife.
        SANDWICH
    }

    private final ShareTotals model;
    private final Maximum end;
    private final double[] expected;
    private final double[] hessianInverse;
    private final ShopErrors shopErrors;
    private final double dispersion;
    private final int known;

    TotalsFit(ShareTotals model, Maximum end, Semidefinite information) {
        this.model = model;
        this.end = end;
        hessianInverse = information.inverse();
        ShareTotals.Expected e = model.new Expected(end.theta());
        expected = e.total;
        shopErrors = new ShopErrors(model, e, end.hessian());
        known = model.known(e);
        dispersion = model.dispersion(e, model.size());
    }

    /// The coefficients.
    public double[] coefficients() {
        return end.theta();
    }

    /// Their covariance, k x k row-major.
    public double[] covariance(Errors errors) {
        return switch (errors) {
            case HESSIAN -> hessianInverse.clone();
            case DISPERSION -> Arrays.stream(hessianInverse).map(v -> dispersion * v).toArray();
            case SANDWICH -> shopErrors.covariance.clone();
        };
    }

    /// Their standard errors.
    public double[] standardErrors(Errors errors) {
        int k = model.size();
        double[] v = covariance(errors);
        double[] out = new double[k];
        for (int a = 0; a < k; a++) out[a] = Math.sqrt(v[a * k + a]);
        return out;
    }

    /// Degrees of freedom of Student's t for the intervals and tests of a coefficient; infinite for [Errors#HESSIAN].
    public double degreesOfFreedom(Errors errors, int coefficient) {
        return switch (errors) {
            case HESSIAN -> Double.POSITIVE_INFINITY;
            case DISPERSION -> known - model.size();
            case SANDWICH -> shopErrors.freedom[coefficient];
        };
    }

    /// How many standard errors a two-sided interval of `level` for a coefficient reaches to each side.
    public double reach(Errors errors, int coefficient, double level) {
        double freedom = Math.min(degreesOfFreedom(errors, coefficient), 1e9);
        return freedom > 0 ? TDistribution.of(freedom).inverseSurvivalProbability((1 - level) / 2) : Double.NaN;
    }

    /// The logarithm of the likelihood less that of a model that meets every total: at most 0.
    public double logLikelihood() {
        return end.value();
    }

    /// The mean of (total - expected)^2 / expected over degrees of freedom, made steadier for small totals: 1 for counts of independent buyers, much more for
    /// money. Source: Fletcher (2012).
    public double dispersion() {
        return dispersion;
    }

    /// The expected totals, groups x shops, held-out shops included.
    public double[] expected() {
        return expected.clone();
    }

    /// What a reader must know before trusting them.
    public List<String> warnings() {
        List<String> out = new ArrayList<>();
        if (!end.converged()) out.add("The search stopped before its gradient was within the tolerance; it is " + end.gradientNorm() + ".");
        if (dispersion > OVERDISPERSED)
            out.add(String.format(Locale.ROOT, "Totals vary %.3g times as much as counts of independent buyers would: the errors from the Hessian are "
                    + "too small, take those by dispersion or the sandwich.", dispersion));
        for (int a = 0; a < model.size(); a++) if (shopErrors.freedom[a] < 5)
            out.add(String.format(Locale.ROOT, "Coefficient %d rests on few shops (%.2g degrees of freedom of %d shops): its errors are rough.", a,
                    shopErrors.freedom[a], shopErrors.shops));
        double bought = 0;
        double could = Arrays.stream(model.market.power).sum();
        for (double y : model.totals) if (y > 0) bought += y;
        if (model.likelihood == ShareTotals.Likelihood.POISSON && (model.market.outside ? bought > could : Math.abs(bought / could - 1) > .1)
                && Arrays.stream(model.totals).noneMatch(Double::isNaN))
            
            out.add(String.format(Locale.ROOT, "Purchasing power sums to %.6g but the totals to %.6g", could, bought) + (model.market.outside
                    ? ", more than there is to spend." : ", and nothing else takes up the difference."));
        return out;
    }
}
