package xiaxiang.bench;

import java.util.Locale;

/// What a peer of the capture engine achieved on a problem. `lower` (its plan's own `CaptureProblem.capture`) and `upper` (no plan captures more;
/// infinite when it has no bound) are units a year of gross capture. `seconds` is wall time, 0 or more; `proven` says that it stopped at its gap, not
/// at its time; `note` says what else happened, or is empty.
record PeerResult(String peer, double seconds, double lower, double upper, boolean proven, String note) {
    PeerResult {
        if (!(seconds >= 0) || !(lower >= 0) || Double.isNaN(upper)) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "The seconds (%s), lower (%s) and upper (%s) of %s must be numbers, the first two at least 0.", seconds, lower, upper, peer));
        }
    }

    /// Relative gap (upper - lower) / upper, at least 0; infinite without a bound.
    double gap() {
        return Double.isInfinite(upper) ? upper : upper == 0 ? 0 : Math.max(0, (upper - lower) / upper);
    }
}
