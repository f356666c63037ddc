package xiaxiang.core.atlas;

import java.util.Locale;
import xiaxiang.engine.geo.LonLat;

/// The box of some points, in degrees, that can leave one of its points out: the two outermost in each direction are known.
public final class Box {
    private final double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    private final double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    private int count;

    /// Widens the box to a point, degrees.
    public void add(double lon, double lat) {
        count++;
        widen(0, lon);
        widen(2, lat);
    }

    private void widen(int at, double value) {
        low[at + 1] = Math.min(low[at + 1], Math.max(low[at], value));
        low[at] = Math.min(low[at], value);
        high[at + 1] = Math.max(high[at + 1], Math.min(high[at], value));
        high[at] = Math.max(high[at], value);
    }

    int count() {
        return count;
    }

    /// How many degrees a point lies outside; 0 inside.
    double outside(LonLat point) {
        return Math.max(gap(point.lon(), low[0], high[0]), gap(point.lat(), low[2], high[2]));
    }

    /// The same for one of the box's own points, itself left out.
    double outsideOthers(LonLat point) {
        double along = gap(point.lon(), point.lon() == low[0] ? low[1] : low[0], point.lon() == high[0] ? high[1] : high[0]);
        double up = gap(point.lat(), point.lat() == low[2] ? low[3] : low[2], point.lat() == high[2] ? high[3] : high[2]);
        return Math.max(along, up);
    }

    private static double gap(double value, double from, double to) {
        return Math.max(0, Math.max(from - value, value - to));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f..%.3f, %.3f..%.3f", low[0], high[0], low[2], high[2]);
    }
}
