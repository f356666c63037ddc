package xiaxiang.engine.choice;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// The likelihood-ratio test of a model against one it is a special case of: `statistic` is twice the gain in log-likelihood, `p` the probability of at least
/// that gain if the restriction holds, by the chi-squared distribution; too large where the restriction lies at a bound, as a nest's parameter of 1 does.
public record LikelihoodRatio(double statistic, int degrees, double p) {
    /// Tests `restricted` within `full`; both must be fitted on the same cases. Throws IllegalArgumentException where the full model has no more parameters,
    /// or the smaller likelihood: then one is no special case of the other, or did not converge.
    public static LikelihoodRatio of(ChoiceFit restricted, ChoiceFit full) {
        int degrees = full.estimated() - restricted.estimated();
        double statistic = 2 * (full.logLikelihood() - restricted.logLikelihood());
        if (degrees < 1) throw new IllegalArgumentException("The full model estimates " + full.estimated() + " parameters, the restricted " + restricted.estimated() + ".");
        if (full.model().choices().totalWeight() != restricted.model().choices().totalWeight()) throw new IllegalArgumentException("The two models are fitted on different cases.");
        if (statistic < -1e-6) throw new IllegalArgumentException("The full model has the smaller log-likelihood, " + full.logLikelihood() + " against " + restricted.logLikelihood() + ".");
        double gain = Math.max(0, statistic);
        return new LikelihoodRatio(gain, degrees, ChiSquaredDistribution.of(degrees).survivalProbability(gain));
    }
}
