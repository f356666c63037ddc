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
        boolean empty = tau + rho == 0;
        slope = empty ? 0 : kernel.slope(stays + tau + rho);
        if (empty || Double.isInfinite(slope)) {
            this.rho = 0;
            this.sigma = 0;
            slope = 0;
            chosenSlope = 0;
            constant = 0;
            top = 0;
            return;
        }
        top = sigma + tau;
        chosenSlope = tau == 0 || sigma == rho ? slope : kernel.slope(stays + top);
        below = chosenSlope * tau;
        constant = Math.max(0, kernel.rise(stays, tau + rho) - slope * rho - below);
        atTop = tau == 0 ? 0 : kernel.rise(stays, top);
    }

    /// Whether a ratio counts as large: beyond all of the chosen sites.
    boolean isAbove(double r) {
        return r > top;
    }

    /// Coefficient of a site that is not chosen, with ratio r, `alone` being its rise by itself.
    double coefficient(double r, double alone) {
        if (r >= top && r > rho) {
            return alone - constant;
        }
        if (r <= rho) {
            return slope * r;
        }
        return r <= sigma ? kernel.rise(stays, r + tau) - below - constant : atTop - chosenSlope * (top - r) - constant;
    }

    /// The same, working out `alone` where it is needed.
    double coefficient(double r) {
        return coefficient(r, r >= top && r > rho ? kernel.rise(stays, r) : 0);
    }

    /// Minus the second derivative where the small sites stand, roughly.
    double bend() {
        double at = stays + tau + rho;
        return at == 0 || slope == 0 ? 0 : kernel.bend(at);
    }

    /// The same where the chosen sites stand.
    double chosenBend() {
        double at = stays + top;
        return at == 0 || chosenSlope == 0 ? 0 : kernel.bend(at);
    }

    double rho() {
        return rho;
    }

    /// How far a large site's ratio matters for the curvature.
    double reach(double r) {
        return Math.min(r, rho + tau);
    }
}
