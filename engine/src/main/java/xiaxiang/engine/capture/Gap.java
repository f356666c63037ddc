package xiaxiang.engine.capture;

/// How far a plan can be from the best.
public final class Gap {
    private Gap() {}

    /// (upper - lower) / |upper|: 0 where the two are equal (or cross by rounding), infinite where there is no plan (`lower` is minus infinity) or a positive difference
    /// stands beside an upper bound of 0. The best may be negative: where sites must be closed, all that can be done is to lose least.
    public static double relative(double lower, double upper) {
        if (lower >= upper) {
            return 0;
        }
        return upper == 0 ? Double.POSITIVE_INFINITY : (upper - lower) / Math.abs(upper);
    }
}
