package xiaxiang.bench;

import java.util.Locale;

/// A number of ours beside a published one. `tolerance` is relative to the published number where `relative`. `polished` is the true value to all digits where
/// the published one stopped early, else NaN.
/// `atLeast`: ours may also be larger, as a log-likelihood that the peer did not bring to its maximum.
record Figure(String name, double ours, double published, double tolerance, boolean relative, boolean atLeast, double polished) {
    static Figure absolute(String name, double ours, double published, double tolerance) {
        return new Figure(name, ours, published, tolerance, false, false, Double.NaN);
    }

    static Figure relative(String name, double ours, double published, double tolerance) {
        return new Figure(name, ours, published, tolerance, true, false, Double.NaN);
    }

    /// A log-likelihood: at least the published one, less the tolerance.
    static Figure likelihood(String name, double ours, double published, double tolerance) {
        return new Figure(name, ours, published, tolerance, false, true, Double.NaN);
    }

    /// The same with the true value beside it.
    Figure polished(double truth) {
        return new Figure(name, ours, published, tolerance, relative, atLeast, truth);
    }

    double difference() {
        return relative ? ours / published - 1 : ours - published;
    }

    boolean isWithin() {
        return atLeast ? difference() >= -tolerance : Math.abs(difference()) <= tolerance;
    }

    /// The cells name, ours, theirs, truth, difference, tolerance, whether within.
    String cells() {
        return String.join(" | ", name, digits(ours), digits(published), Double.isNaN(polished) ? "" : digits(polished), String.format(Locale.ROOT, "%.1e%s",
                difference(), relative ? " rel" : ""),
                String.format(Locale.ROOT, "%s%.0e%s", atLeast ? ">= -" : "", tolerance, relative ? " rel" : ""), isWithin() ? "yes" : "**no**");
    }

    private static String digits(double x) {
        return String.format(Locale.ROOT, "%.12g", x);
    }
}
