package xiaxiang.engine.capture;

/// The verifier's own two-slope cut of one point: `h(v)` is the most that `g_t(v + u) - (priced u)` can be over what the chosen sites (at most `tau`
/// in all, at the lower slope) and small others (without limit, at the higher) may add to v. See the package's comment for why it holds.
final class VerifierLift {
    private static final double LEAST_SLOPE = 1e-290;

    private final Curve curve;
    private final double t;
    private final double tau;
    private final double rho;
    private final double sigma;
    private final double high;
    private final double low;
    private final double none;

    VerifierLift(Curve curve, double t, double tau, double rho, double sigma) {
        this.curve = curve;
        this.t = t;
        this.tau = tau;
        double steep = tau + rho == 0 ? Double.POSITIVE_INFINITY : curve.steepness(t + tau + rho);
        double less = tau == 0 || sigma == rho ? steep : curve.steepness(t + tau + sigma);
        // Where a slope is beyond all numbers, or so small that it has lost digits, every site counts by what it adds alone: that holds too, since g_t grows ever slower.
        boolean alone = !(steep < Double.POSITIVE_INFINITY && less >= LEAST_SLOPE);
        this.rho = rho;
        this.sigma = sigma;
        this.high = alone ? 0 : steep;
        this.low = alone ? 0 : less;
        // With nothing open g_t is 0, so a constant below 0 by rounding may be raised to it.
        this.none = alone ? 0 : Math.max(0, curve.between(t, tau + rho) - high * rho - low * tau);
    }

    double constant() {
        return none;
    }

    double ofChosen(double r) {
        return low > 0 ? low * r : curve.between(t, r);
    }

    double ofOther(double r) {
        if (low == 0) {
            return curve.between(t, r);
        }
        if (r <= rho) {
            return high * r;
        }
        double h;
        if (r <= sigma) {
            h = curve.between(t, r + tau) - low * tau;
        } else if (r < sigma + tau) {
            h = curve.between(t, sigma + tau) - low * (sigma + tau - r);
        } else {
            h = curve.between(t, r);
        }
        return h - none;
    }

    /// Sum of the absolute terms of the constant.
    double size() {
        return none + 2 * high * rho + 2 * low * tau;
    }

    /// A bound of the absolute terms of a coefficient.
    double sizeAt(double r) {
        return 2 * (curve.between(t, r + tau) + low * (sigma + tau) + none);
    }
}
