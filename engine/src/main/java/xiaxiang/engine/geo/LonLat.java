package xiaxiang.engine.geo;

/// A point in WGS-84 degrees: longitude in [-180, 180], latitude in [-90, 90].
/// Throws IllegalArgumentException if a coordinate is outside its range or not a number.
public record LonLat(double lon, double lat) {
    public LonLat {
        if (!(lon >= -180 && lon <= 180)) throw new IllegalArgumentException("The longitude (" + lon + ") must be in [-180, 180].");
        if (!(lat >= -90 && lat <= 90)) throw new IllegalArgumentException("The latitude (" + lat + ") must be in [-90, 90].");
    }
}
