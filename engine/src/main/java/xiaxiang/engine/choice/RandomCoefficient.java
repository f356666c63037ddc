package xiaxiang.engine.choice;

/// A coefficient that varies between individuals (or cases, where no individuals are named), by the numbers of its two parameters among the model's.
public record RandomCoefficient(Distribution distribution, int mean, int deviation) {
    /// How a coefficient is distributed. z is a standard draw.
    public enum Distribution {
        /// mean + deviation z, z standard normal.
        NORMAL,
        /// exp(mean + deviation z), z standard normal: mean and deviation are those of the logarithm.
        LOG_NORMAL,
        /// mean + deviation z, z even on (-1, 1).
        UNIFORM,
        /// mean + deviation z, z on (-1, 1) with its peak at 0.
        TRIANGULAR
    }

    /// The coefficient at a standard draw z, its parameters taken from all coefficients.
    double at(double[] beta, double z) {
        double at = beta[mean] + beta[deviation] * z;
        return distribution == Distribution.LOG_NORMAL ? Math.exp(at) : at;
    }
}
