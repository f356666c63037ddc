package xiaxiang.core.register;

/// A square of the web map (spherical Mercator, EPSG:3857): zoom z halves the side z times, columns run east from -180 degrees, rows south from 85.0511 degrees.
/// Throws IllegalArgumentException unless 0 <= zoom <= 24 and column and row lie in [0, 2^zoom).
public record Square(int zoom, int column, int row) {
    private static final int DEEPEST = 24;

    public Square {
        if (zoom < 0 || zoom > DEEPEST) throw new IllegalArgumentException("The zoom (" + zoom + ") must be in [0, 24].");
        if (column < 0 || row < 0 || column >= 1 << zoom || row >= 1 << zoom) throw new IllegalArgumentException("The square " + column + ", " + row + " is not on the map of zoom " + zoom + ".");
    }

    /// The number of its first square of a deeper zoom, columns and rows interleaved bit by bit, as the database's function `cell` does.
    long low(int deeper) {
        return (spread(column) | spread(row) << 1) << (2 * (deeper - zoom));
    }

    /// The number after its last square of a deeper zoom.
    long high(int deeper) {
        return ((spread(column) | spread(row) << 1) + 1) << (2 * (deeper - zoom));
    }

    private static long spread(long bits) {
        long x = bits;
        x = (x | x << 16) & 0x0000FFFF0000FFFFL;
        x = (x | x << 8) & 0x00FF00FF00FF00FFL;
        x = (x | x << 4) & 0x0F0F0F0F0F0F0F0FL;
        x = (x | x << 2) & 0x3333333333333333L;
        return (x | x << 1) & 0x5555555555555555L;
    }

    /// Where a longitude lies, in sides of this square from its west edge.
    public double across(double lon) {
        return (lon + 180) / 360 * (1 << zoom) - column;
    }

    /// Where a latitude lies, in sides of this square from its north edge. Latitudes beyond the map's (85.0511) are put on its edge.
    public double down(double lat) {
        double y = .5 - atanh(Math.sin(Math.toRadians(Math.clamp(lat, -89.9, 89.9)))) / (2 * Math.PI);
        return Math.clamp(y, 0, 1) * (1 << zoom) - row;
    }

    private static double atanh(double x) {
        return .5 * Math.log((1 + x) / (1 - x));
    }

    /// Its box in degrees, `margin` of a side wider on each.
    public StoredPlace.Bounds bounds(double margin) {
        return new StoredPlace.Bounds(lon(column - margin), lat(row + 1 + margin), lon(column + 1 + margin), lat(row - margin));
    }

    private double lon(double x) {
        return x / (1 << zoom) * 360 - 180;
    }

    private double lat(double y) {
        return Math.toDegrees(Math.atan(Math.sinh(Math.PI * (1 - 2 * y / (1 << zoom)))));
    }

    /// The width of one square of this zoom, in degrees of longitude.
    public double degrees() {
        return 360.0 / (1 << zoom);
    }
}
