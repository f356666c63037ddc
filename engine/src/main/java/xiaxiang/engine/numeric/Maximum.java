package xiaxiang.engine.numeric;

/// Where a search for a maximum ended: the point, what is known there, and why it stopped. Immutable.
public final class Maximum {
    /// Why a search stopped.
    public enum Reason {
        /// The gradient is within the tolerance: converged.
        GRADIENT,
        /// No step that floating point can tell from standing still improves the value: converged as far as it goes.
        NO_PROGRESS,
        /// The allowed iterations are used up.
        ITERATIONS,
        /// The function is not finite at the start, or its derivatives are not where the search stands.
        UNDEFINED
    }

    private final double value;
    private final double[] theta;
    private final double[] gradient;
    private final double[] hessian;
    private final double gradientNorm;
    private final int iterations;
    private final Reason reason;

    Maximum(double value, double[] theta, double[] gradient, double[] hessian, double gradientNorm, int iterations, Reason reason) {
        this.value = value;
        this.theta = theta.clone();
        this.gradient = gradient.clone();
        this.hessian = hessian.clone();
        this.gradientNorm = gradientNorm;
        this.iterations = iterations;
        this.reason = reason;
    }

    /// The value of the function there.
    public double value() {
        return value;
    }

    /// The parameters, k long.
    public double[] theta() {
        return theta.clone();
    }

    /// The gradient there, k long.
    public double[] gradient() {
        return gradient.clone();
    }

    /// The Hessian there, k x k row-major; empty where the method does not use it.
    public double[] hessian() {
        return hessian.clone();
    }

    /// The largest entry of the gradient in absolute value, over parameters that no bound holds.
    public double gradientNorm() {
        return gradientNorm;
    }

    /// Whether the gradient came within its tolerance.
    public boolean converged() {
        return reason == Reason.GRADIENT;
    }

    /// Points tried.
    public int iterations() {
        return iterations;
    }

    /// Why the search stopped.
    public Reason reason() {
        return reason;
    }
}
