package xiaxiang.engine.effect;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/// A number with its standard error, and the 95% interval and two-sided p that one procedure made of them, so that p < .05 exactly where the interval leaves 0 out.
///
/// Where there is no standard error, it, the interval and p are NaN.
public record Estimate(double value, double standardError, double low, double high, double p) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    /// A 5% test with 80% power finds an effect of so many standard errors: z(.975) + z(.8).
    private static final double SEEN = NORMAL.inverseCumulativeProbability(.975) + NORMAL.inverseCumulativeProbability(.8);

    /// By the normal distribution: what the error of many units tends to.
    public static Estimate normal(double value, double standardError) {
        if (!(standardError > 0)) return unknown(value);
        double half = NORMAL.inverseCumulativeProbability(.975) * standardError;
        return new Estimate(value, standardError, value - half, value + half, 2 * NORMAL.survivalProbability(Math.abs(value / standardError)));
    }

    /// By Student's distribution with `degrees` of freedom (at least 1).
    public static Estimate student(double value, double standardError, double degrees) {
        if (!(standardError > 0) || !(degrees >= 1)) return unknown(value);
        TDistribution t = TDistribution.of(degrees);
        double half = t.inverseCumulativeProbability(.975) * standardError;
        return new Estimate(value, standardError, value - half, value + half, 2 * t.survivalProbability(Math.abs(value / standardError)));
    }

    /// A value of which no error can be told.
    public static Estimate unknown(double value) {
        return new Estimate(value, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /// The smallest effect that a test at 5% would find four times in five.
    public double detectable() {
        return SEEN * standardError;
    }
}
