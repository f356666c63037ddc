package xiaxiang.engine.numeric;

/// A point a search has reached, with value, gradient and, if asked for, Hessian.
final class Point {
    final double[] theta;
    final double[] gradient;
    final double[] hessian;
    final double value;

    private Point(double[] theta, double[] gradient, double[] hessian, double value) {
        this.theta = theta;
        this.gradient = gradient;
        this.hessian = hessian;
        this.value = value;
    }

    static Point at(Objective f, double[] theta, boolean curvature) {
        int k = f.size();
        double[] gradient = new double[k];
        double[] hessian = new double[curvature ? k * k : 0];
        return new Point(theta, gradient, hessian, f.at(theta, gradient, hessian));
    }

    /// Whether value and derivatives are all finite.
    boolean isFinite() {
        boolean all = Double.isFinite(value);
        for (double g : gradient) all &= Double.isFinite(g);
        for (double h : hessian) all &= Double.isFinite(h);
        return all;
    }

    /// The parameters that no bound holds.
    int[] free(Bounds bounds) {
        return java.util.stream.IntStream.range(0, theta.length).filter(i -> !bounds.holds(i, theta[i], gradient[i])).toArray();
    }

    double gradientNorm(Bounds bounds) {
        double worst = 0;
        for (int i : free(bounds)) worst = Math.max(worst, Math.abs(gradient[i]));
        return worst;
    }

    /// The largest |g| max(|theta|, 1) / max(|value|, 1) of the free parameters; source: Dennis and Schnabel (1983), 7.2.
    double relativeGradient(Bounds bounds) {
        double worst = 0;
        for (int i : free(bounds)) worst = Math.max(worst, Math.abs(gradient[i]) * Math.max(Math.abs(theta[i]), 1));
        return worst / Math.max(Math.abs(value), 1);
    }

    Maximum ended(Bounds bounds, int iterations, Maximum.Reason reason) {
        return new Maximum(value, theta, gradient, hessian, gradientNorm(bounds), iterations, reason);
    }
}
