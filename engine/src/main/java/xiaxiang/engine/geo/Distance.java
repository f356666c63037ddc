package xiaxiang.engine.geo;

/// Distances on the sphere.
public final class Distance {
    /// The earth's mean radius in metres: (2 a + b) / 3 of WGS-84 (IUGG).
    public static final double RADIUS_METERS = 6_371_008.8;

    private Distance() {}

    /// Great-circle distance in metres between two points in degrees (haversine; within 0.6% of the ellipsoid's).
    public static double meters(double lon1, double lat1, double lon2, double lat2) {
        return meters(lon1, lat1, Math.cos(Math.toRadians(lat1)), lon2, lat2, Math.cos(Math.toRadians(lat2)));
    }

    /// The same with the cosines of both latitudes known.
    static double meters(double lon1, double lat1, double cos1, double lon2, double lat2, double cos2) {
        double up = Math.sin(Math.toRadians(lat2 - lat1) / 2);
        double along = Math.sin(Math.toRadians(lon2 - lon1) / 2);
        double h = up * up + cos1 * cos2 * along * along;
        return 2 * RADIUS_METERS * Math.asin(Math.sqrt(Math.min(1, h)));
    }
}
