package xiaxiang.engine.survey;

/// Shares of brands, as one source estimates them, with the covariance of their errors. Immutable.
public final class ShareEstimate {
    private final double[] share;
    private final double[] covariance;

    /// `share` has one entry a brand, as parts of 1; they need not fill the market. `covariance` is brands x brands, row-major, and may be singular. Throws
    /// IllegalArgumentException where lengths do not fit or a number is not finite.
    public ShareEstimate(double[] share, double[] covariance) {
        if (covariance.length != share.length * share.length)
            throw new IllegalArgumentException("Expected " + share.length + " x " + share.length + " covariances, got " + covariance.length + ".");
        for (double s : share) if (!(s >= 0 && s <= 1)) throw new IllegalArgumentException("A share (" + s + ") must be between 0 and 1. Maybe it is in percent?");
        this.share = share.clone();
        this.covariance = covariance.clone();
    }

    /// The shares of a simple random sample of `size` answers: covariance (diag(p) - p p') / size.
    public static ShareEstimate multinomial(double[] share, double size) {
        int n = share.length;
        double[] v = new double[n * n];
        for (int a = 0; a < n; a++) for (int b = 0; b < n; b++) v[a * n + b] = ((a == b ? share[a] : 0) - share[a] * share[b]) / size;
        return new ShareEstimate(share, v);
    }

    /// The number of brands.
    public int brands() {
        return share.length;
    }

    /// The share of a brand.
    public double share(int brand) {
        return share[brand];
    }

    /// The covariance of the errors of two brands' shares.
    public double covariance(int a, int b) {
        return covariance[a * share.length + b];
    }

    /// The standard error of a brand's share.
    public double standardError(int brand) {
        return Math.sqrt(covariance(brand, brand));
    }

    double[] shares() {
        return share.clone();
    }

    double[] covariances() {
        return covariance.clone();
    }
}
