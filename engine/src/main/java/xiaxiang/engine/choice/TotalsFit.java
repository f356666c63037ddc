package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        /// The same times the dispersion found in the totals (Pearson): right where every total varies in proportion to its expectation. Degrees of freedom: totals less coefficients.
        DISPERSION,
        /// Leaving one shop out after the other, to first order: right whatever the variances, and where a shop's appeal shows in all its totals. Degrees of freedom: shops less coefficients.
        /// Source: Bell and McCaffrey (2002), CR3.
        SANDWICH
    }

    private final ShareTotals model;
    private final Maximum end;
    private final double[] expected;
    private final double[] hessianInverse;
    private final double[] sandwich;
    private final double dispersion;
    private final int known;
    private final int knownShops;

    TotalsFit(ShareTotals model, Maximum end, Semidefinite information) {
        this.model = model;
        this.end = end;
        hessianInverse = information.inverse();
        ShareTotals.Expected e = model.new Expected(end.theta());
        expected = e.total;
        int shops = model.market.shops;
        boolean[] has = new boolean[shops];
        double pearson = 0;
        double[] level = model.levels(e);
        int count = 0;
        for (int c = 0; c < expected.length; c++) {
            double mu = level[c / shops] * expected[c];
            if (Double.isNaN(model.totals[c]) || !(mu > 0)) continue;
            pearson += (model.totals[c] - mu) * (model.totals[c] - mu) / mu;
            has[c % shops] = true;
            count++;
        }
        known = count - (model.likelihood == ShareTotals.Likelihood.MULTINOMIAL ? model.market.groups : 0);
        int sum = 0;
        for (boolean h : has) if (h) sum++;
        knownShops = sum;
        dispersion = degreesOfFreedom(Errors.DISPERSION) > 0 ? pearson / degreesOfFreedom(Errors.DISPERSION) : Double.NaN;
        sandwich = sandwich(e);
    }

    /// One step of the jackknife over shops: (I - I_s I^-1)^-1 of each shop's score, squared, between two inverses.
    private double[] sandwich(ShareTotals.Expected e) {
        int k = model.size();
        int shops = model.market.shops;
        double[] residual = model.residuals(e);
        double[] level = model.levels(e);
        double[] meat = new double[k * k];
        for (int s = 0; s < shops; s++) {
            double[] score = new double[k];
            double[] without = Arrays.stream(end.hessian()).map(h -> -h).toArray();
            boolean any = false;
            for (int c = s; c < residual.length; c += shops) {
                if (Double.isNaN(model.totals[c]) || !(expected[c] > 0)) continue;
                any = true;
                add(score, without, e, c, residual[c], level[c / shops] / expected[c]);
            }
            if (!any) continue;
            double[] jackknifed = Semidefinite.product(curvature(), Semidefinite.product(new Semidefinite(without, k).inverse(), score, k), k);
            for (int a = 0; a < k; a++) for (int b = 0; b < k; b++) meat[a * k + b] += jackknifed[a] * jackknifed[b] * (knownShops - 1) / knownShops;
        }
        return Semidefinite.product(Semidefinite.product(hessianInverse, meat, k), hessianInverse, k);
    }

    private void add(double[] score, double[] without, ShareTotals.Expected e, int c, double residual, double weight) {
        int k = score.length;
        int[] parameter = model.utility.parameter;
        int t = parameter.length;
        for (int a = 0; a < t; a++) {
            score[parameter[a]] += residual * e.slope[c * t + a];
            for (int b = 0; b < t; b++) without[parameter[a] * k + parameter[b]] -= weight * e.slope[c * t + a] * e.slope[c * t + b];
        }
    }

    private double[] curvature() {
        return Arrays.stream(end.hessian()).map(h -> -h).toArray();
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
            case SANDWICH -> sandwich.clone();
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

    /// Degrees of freedom of Student's t for intervals and tests; infinite for [Errors#HESSIAN].
    public double degreesOfFreedom(Errors errors) {
        return switch (errors) {
            case HESSIAN -> Double.POSITIVE_INFINITY;
            case DISPERSION -> known - model.size();
            case SANDWICH -> knownShops - model.size();
        };
    }

    /// How many standard errors a two-sided interval of `level` reaches to each side.
    public double reach(Errors errors, double level) {
        double freedom = Math.min(degreesOfFreedom(errors), 1e9);
        return freedom > 0 ? TDistribution.of(freedom).inverseSurvivalProbability((1 - level) / 2) : Double.NaN;
    }

    /// The logarithm of the likelihood less that of a model that meets every total: at most 0.
    public double logLikelihood() {
        return end.value();
    }

    /// The mean of (total - expected)^2 / expected over degrees of freedom: 1 for counts of independent buyers, much more for money.
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
        if (dispersion > OVERDISPERSED) out.add("Totals vary " + dispersion + " times as much as counts of independent buyers would: the errors from the Hessian are too small, take those by dispersion or the sandwich.");
        if (degreesOfFreedom(Errors.SANDWICH) < 10) out.add("Only " + knownShops + " shops have a total: errors are rough.");
        double bought = 0;
        double could = Arrays.stream(model.market.power).sum();
        for (double y : model.totals) if (y > 0) bought += y;
        if (model.likelihood == ShareTotals.Likelihood.POISSON && (model.market.outside ? bought > could : Math.abs(bought / could - 1) > .1) && Arrays.stream(model.totals).noneMatch(Double::isNaN))
            out.add("Purchasing power sums to " + could + " but the totals to " + bought + (model.market.outside ? ", more than there is to spend." : ", and nothing else takes up the difference."));
        return out;
    }
}
