package xiaxiang.engine.survey;

import org.apache.commons.statistics.distribution.TDistribution;

/// An estimate with its standard error, both in the unit asked for. The error is NaN where the design does not tell it: a lonely cluster in a stratum, refused.
public record SurveyEstimate(double estimate, double standardError, double degreesOfFreedom) {
    /// A two-sided interval of Student's t, such as at level .95; NaN where there is no error or no degree of freedom.
    public Interval interval(double level) {
        if (!(level > 0 && level < 1)) throw new IllegalArgumentException("The level (" + level + ") must be between 0 and 1.");
        double t = degreesOfFreedom > 0 ? TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - level) / 2) : Double.NaN;
        return new Interval(estimate - t * standardError, estimate + t * standardError);
    }

    /// From low to high.
    public record Interval(double low, double high) {
        /// Whether a value lies in it, ends included.
        public boolean contains(double value) {
            return low <= value && value <= high;
        }
    }

    /// The standard error as a part of the estimate.
    public double coefficientOfVariation() {
        return standardError / Math.abs(estimate);
    }
}
