package xiaxiang.engine.capture;

/// The lifted cut of one point, `constant + sum of coefficients`, in the two slopes of the package's comment: `tau` is the sum of the ratios of the
/// chosen sites there, `rho` and `sigma >= rho` are levels above it. With tau 0 it is the lifted tangent at rho.
final class Lift {
    private Kernel kernel = new Kernel.Logit();
    private double stays;
    private double tau;
    private double rho;
    private double sigma;
    private double top;
    private double below;
    private double atTop;
    /// What the cut gives with nothing open.
    double constant;
    /// Slope of the chosen sites.
    double chosenSlope;
    /// Slope of the small sites that are not chosen.
    double slope;

    void set(Kernel kernel, double stays, double tau, double rho, double sigma) {
        this.kernel = kernel;
        this.stays = stays;
        this.tau = tau;
        this.rho = rho;
        this.sigma = sigma;
        slope = tau + rho == 0 ? Double.POSITIVE_INFINITY : kernel.slope(stays + tau + rho);
        if (Double.isInfinite(slope)) {
            alone();
            return;
        }
        top = sigma + tau;
        chosenSlope = tau == 0 || sigma == rho ? slope : kernel.slope(stays + top);
        below = chosenSlope * tau;
        constant = Math.max(0, kernel.rise(stays, tau + rho) - slope * rho - below);
        atTop = tau == 0 ? 0 : kernel.rise(stays, top);
    }

    /// Every site counts by what it adds alone.
    private void alone() {
        rho = 0;
        sigma = 0;
        top = 0;
        slope = 0;
        chosenSlope = 0;
        constant = 0;
    }

    /// Coefficient of a site that is not chosen, with ratio r.
    double coefficient(double r) {
        if (r <= rho) {
            return slope * r;
        }
        if (r >= top) {
            return kernel.rise(stays, r) - constant;
        }
        return r <= sigma ? kernel.rise(stays, r + tau) - below - constant : atTop - chosenSlope * (top - r) - constant;
    }

    /// Minus the second derivative where the small sites stand, roughly.
    double bend() {
        double at = stays + tau + rho;
        return at == 0 || slope == 0 ? 0 : kernel.bend(at);
    }

    double rho() {
        return rho;
    }

    /// How far a large site's ratio matters for the curvature.
    double reach(double r) {
        return Math.min(r, rho + tau);
    }
}
