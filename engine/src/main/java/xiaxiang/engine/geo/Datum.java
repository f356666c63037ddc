package xiaxiang.engine.geo;

/// The datum a coordinate is written in: WGS-84, or one of the two shifted ones of Chinese maps.
///
/// GCJ-02 shifts points inside a box around China by 100 to 700 m on the Krasovsky 1940 ellipsoid; BD-09 (Baidu) turns and moves GCJ-02
/// once more. Outside the box all three are the same. Source: the published constants that every open converter uses.
public enum Datum {
    /// What GPS gives and what we store.
    WGS84,
    /// Maps of AMap, Tencent and the state (火星坐标).
    GCJ02,
    /// Baidu's maps.
    BD09;

    private static final double AXIS_METERS = 6_378_245.0;
    private static final double ECCENTRICITY_SQUARED = 0.006693421622965943;
    private static final double BD_TURN = Math.PI * 3_000 / 180;
    /// Each step of the inverse divides the error by 40 at least: the shift changes by less than 0.025 degrees a degree.
    private static final int STEPS = 12;

    /// A point in WGS-84 as this datum writes it. Throws IllegalArgumentException if the result is not on the earth.
    public LonLat fromWgs84(LonLat point) {
        if (this == WGS84 || !inBox(point.lon(), point.lat())) return point;
        double[] shifted = shift(point.lon(), point.lat());
        return new LonLat(shifted[0], shifted[1]);
    }

    /// The WGS-84 point that this datum writes as (lon, lat), within 1e-9 degrees. Iterates lon := written - shift(lon).
    /// Within 700 m of the box's edge two points may be written alike; the one inside the box is given.
    /// Throws IllegalArgumentException if the coordinates are not on the earth.
    public LonLat toWgs84(double lon, double lat) {
        var written = new LonLat(lon, lat);
        if (this == WGS84) return written;
        double x = lon;
        double y = lat;
        for (int i = 0; i < STEPS; i++) {
            double[] shifted = shift(x, y);
            x = lon - (shifted[0] - x);
            y = lat - (shifted[1] - y);
        }
        return inBox(x, y) ? new LonLat(x, y) : written;
    }

    private static boolean inBox(double lon, double lat) {
        return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
    }

    private double[] shift(double lon, double lat) {
        double[] gcj = gcj(lon, lat);
        return this == GCJ02 ? gcj : bd(gcj[0], gcj[1]);
    }

    private static double[] bd(double lon, double lat) {
        double far = Math.hypot(lon, lat) + 0.00002 * Math.sin(lat * BD_TURN);
        double angle = Math.atan2(lat, lon) + 0.000003 * Math.cos(lon * BD_TURN);
        return new double[] {far * Math.cos(angle) + 0.0065, far * Math.sin(angle) + 0.006};
    }

    private static double[] gcj(double lon, double lat) {
        double x = lon - 105;
        double y = lat - 35;
        double sine = Math.sin(Math.toRadians(lat));
        double magic = 1 - ECCENTRICITY_SQUARED * sine * sine;
        double meridian = AXIS_METERS * (1 - ECCENTRICITY_SQUARED) / (magic * Math.sqrt(magic));
        double parallel = AXIS_METERS / Math.sqrt(magic) * Math.cos(Math.toRadians(lat));
        return new double[] {lon + Math.toDegrees(eastMeters(x, y) / parallel), lat + Math.toDegrees(northMeters(x, y) / meridian)};
    }

    private static double northMeters(double x, double y) {
        return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + ripple(x)
                + (20 * Math.sin(y * Math.PI) + 40 * Math.sin(y / 3 * Math.PI)) * 2 / 3
                + (160 * Math.sin(y / 12 * Math.PI) + 320 * Math.sin(y / 30 * Math.PI)) * 2 / 3;
    }

    private static double eastMeters(double x, double y) {
        return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + ripple(x)
                + (20 * Math.sin(x * Math.PI) + 40 * Math.sin(x / 3 * Math.PI)) * 2 / 3
                + (150 * Math.sin(x / 12 * Math.PI) + 300 * Math.sin(x / 30 * Math.PI)) * 2 / 3;
    }

    private static double ripple(double x) {
        return (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2 / 3;
    }
}
