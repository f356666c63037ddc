package xiaxiang.engine.geo;

import java.util.stream.IntStream;

/// Finds who is near: points in bands of latitude, sorted by longitude within a band. Immutable; queries may run in any thread.
///
/// Right everywhere on the sphere, across the 180th meridian and over the poles too. Building costs n log n; a query costs the bands its
/// circle touches (of sqrt(n) in all), a binary search in each, and the points inside.
public final class NearGrid {
    /// What is done with a point found.
    @FunctionalInterface
    public interface Visitor {
        /// `index` is the point's place in the arrays given to [NearGrid#of].
        void near(int index, double meters);
    }

    private static final double FARTHEST_METERS = Math.PI * Distance.RADIUS_METERS + 1;
    /// Widens every window against rounding: 0.1 mm.
    private static final double SLACK_DEGREES = 1e-9;

    private final int[] start;
    private final int[] index;
    private final double[] lon;
    private final double[] lat;
    private final double[] cos;
    /// Unit vectors, x y z of each point: a chord is cheaper than an arc and rules out most points.
    private final double[] unit;
    private final double lowest;
    private final double bandDegrees;

    private NearGrid(double[] lons, double[] lats) {
        int n = lons.length;
        double low = 90;
        double high = -90;
        for (int i = 0; i < n; i++) {
            var checked = new LonLat(lons[i], lats[i]);
            low = Math.min(low, checked.lat());
            high = Math.max(high, checked.lat());
        }
        int bands = Math.max(1, (int) Math.sqrt(n));
        lowest = low;
        bandDegrees = Math.max(1e-6, (high - low) / bands);
        int[] band = new int[n];
        start = new int[bands + 1];
        for (int i = 0; i < n; i++) {
            band[i] = Math.min(bands - 1, (int) ((lats[i] - low) / bandDegrees));
            start[band[i] + 1]++;
        }
        for (int b = 0; b < bands; b++) start[b + 1] += start[b];
        index = IntStream.range(0, n).boxed().sorted((a, b) -> {
            int byBand = Integer.compare(band[a], band[b]);
            return byBand != 0 ? byBand : Double.compare(lons[a], lons[b]);
        }).mapToInt(Integer::intValue).toArray();
        lon = new double[n];
        lat = new double[n];
        cos = new double[n];
        unit = new double[3 * n];
        for (int at = 0; at < n; at++) {
            lon[at] = lons[index[at]];
            lat[at] = lats[index[at]];
            cos[at] = Math.cos(Math.toRadians(lat[at]));
            System.arraycopy(unit(lon[at], lat[at]), 0, unit, 3 * at, 3);
        }
    }

    /// An index over points in degrees; the arrays are copied.
    /// Throws IllegalArgumentException if the arrays differ in length or a point is not on the earth.
    public static NearGrid of(double[] lon, double[] lat) {
        if (lon.length != lat.length) throw new IllegalArgumentException("There are " + lon.length + " longitudes and " + lat.length + " latitudes.");
        return new NearGrid(lon, lat);
    }

    /// How many points there are.
    public int size() {
        return index.length;
    }

    /// Visits every point at most `radiusMeters` from (lon, lat), nearest first, those equally far by index.
    public void within(double lon, double lat, double radiusMeters, Visitor visitor) {
        var found = new NearList(Integer.MAX_VALUE);
        collect(new LonLat(lon, lat), radiusMeters, found);
        found.drain(visitor);
    }

    /// Visits the k points nearest to (lon, lat), nearest first, those equally far by index; all if there are fewer.
    public void nearest(double lon, double lat, int k, Visitor visitor) {
        var point = new LonLat(lon, lat);
        int wanted = Math.min(k, size());
        var found = new NearList(wanted);
        // The circle that holds k points if they lie evenly in a square as high as the bands together.
        double radiusMeters = narrowed(point, Math.toRadians(bandDegrees) * Distance.RADIUS_METERS * Math.sqrt(1 + wanted / 2.0), wanted);
        collect(point, radiusMeters, found);
        while (found.size() < wanted && radiusMeters < FARTHEST_METERS) {
            radiusMeters *= 2;
            found = new NearList(wanted);
            collect(point, radiusMeters, found);
        }
        found.drain(visitor);
    }

    /// A smaller radius where points are dense: shrinks it while the box around the smaller circle holds well more than are wanted.
    private double narrowed(LonLat point, double radiusMeters, int wanted) {
        double radius = radiusMeters;
        while (radius > 1 && boxed(point, 0.7 * radius) > 1.7 * wanted) radius *= 0.7;
        return radius;
    }

    /// About how many points lie in the box around a circle.
    private int boxed(LonLat point, double radiusMeters) {
        double up = Math.toDegrees(radiusMeters / Distance.RADIUS_METERS);
        double along = Math.min(180, halfWidth(point.lat(), up));
        int first = (int) Math.clamp((point.lat() - up - lowest) / bandDegrees, 0, start.length - 2.0);
        int last = (int) Math.clamp((point.lat() + up - lowest) / bandDegrees, 0, start.length - 2.0);
        double count = 0;
        for (int band = first; band <= last; band++) {
            count += firstFrom(band, point.lon() + along) - firstFrom(band, point.lon() - along);
        }
        // The outermost bands lie in the box in part only.
        return (int) (count * Math.min(1, 2 * up / ((last - first + 1) * bandDegrees)));
    }

    private void collect(LonLat point, double radiusMeters, NearList found) {
        double angle = radiusMeters / Distance.RADIUS_METERS;
        double up = Math.toDegrees(angle) + SLACK_DEGREES;
        double along = Math.min(180, halfWidth(point.lat(), up));
        int bands = start.length - 1;
        // Clamped as doubles: a far point or a huge radius must not overflow the cast.
        int first = (int) Math.clamp((point.lat() - up - lowest) / bandDegrees - SLACK_DEGREES, 0, bands);
        int last = (int) Math.clamp((point.lat() + up - lowest) / bandDegrees + SLACK_DEGREES, -1, bands - 1);
        if (point.lat() + up < lowest) return;
        for (int band = Math.min(first, bands - 1); band <= last; band++) {
            scan(band, point, point.lon() - along, point.lon() + along, radiusMeters, found);
            if (along >= 180) continue;
            if (point.lon() - along < -180) scan(band, point, point.lon() - along + 360, 180, radiusMeters, found);
            if (point.lon() + along > 180) scan(band, point, -180, point.lon() + along - 360, radiusMeters, found);
        }
    }

    /// Half the width in longitude of a circle of `angle` degrees around a latitude; 180 or more if it holds a pole.
    private static double halfWidth(double lat, double angle) {
        if (Math.abs(lat) + angle >= 90) return 180;
        return Math.toDegrees(Math.asin(Math.sin(Math.toRadians(angle)) / Math.cos(Math.toRadians(lat)))) + SLACK_DEGREES;
    }

    private void scan(int band, LonLat point, double west, double east, double radiusMeters, NearList found) {
        double cosine = Math.cos(Math.toRadians(point.lat()));
        double[] here = unit(point.lon(), point.lat());
        double reach = chordSquared(radiusMeters);
        boolean round = east - west >= 360;
        for (int at = round ? start[band] : firstFrom(band, west); at < start[band + 1] && (round || lon[at] <= east); at++) {
            double x = unit[3 * at] - here[0];
            double y = unit[3 * at + 1] - here[1];
            double z = unit[3 * at + 2] - here[2];
            if (x * x + y * y + z * z > reach) continue;
            double meters = Distance.meters(point.lon(), point.lat(), cosine, lon[at], lat[at], cos[at]);
            if (meters > radiusMeters) continue;
            found.add(index[at], meters);
            if (found.full()) reach = Math.min(reach, chordSquared(found.reachMeters()));
        }
    }

    private static double[] unit(double lon, double lat) {
        double cosine = Math.cos(Math.toRadians(lat));
        return new double[] {cosine * Math.cos(Math.toRadians(lon)), cosine * Math.sin(Math.toRadians(lon)), Math.sin(Math.toRadians(lat))};
    }

    /// The square of a chord that no point within the radius exceeds, on the unit sphere, rounding included.
    private static double chordSquared(double radiusMeters) {
        double half = Math.min(Math.PI / 2, radiusMeters / (2 * Distance.RADIUS_METERS));
        return 4 * Math.sin(half) * Math.sin(half) * (1 + 1e-9) + 1e-14;
    }

    private int firstFrom(int band, double west) {
        int low = start[band];
        int high = start[band + 1];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lon[middle] < west) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
