package xiaxiang.app.http;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// GeoJSON (RFC 7946, WGS-84) of what the interface gives as JSON elsewhere.
final class GeoJson {
    static final String TYPE = "application/geo+json";

    private GeoJson() {}

    /// A point and its properties; without coordinates a feature without geometry.
    record Point(@Nullable Double lon, @Nullable Double lat, Object properties) {}

    /// A collection of points.
    static byte[] points(List<Point> points) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JsonMapper.shared().createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringProperty("type", "FeatureCollection");
            out.writeArrayPropertyStart("features");
            for (Point one : points) point(out, one);
            out.writeEndArray();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void point(JsonGenerator out, Point point) {
        out.writeStartObject();
        out.writeStringProperty("type", "Feature");
        out.writeName("geometry");
        if (point.lon() == null || point.lat() == null) out.writeNull();
        else {
            out.writeStartObject();
            out.writeStringProperty("type", "Point");
            out.writeArrayPropertyStart("coordinates");
            out.writeNumber(point.lon());
            out.writeNumber(point.lat());
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writePOJOProperty("properties", point.properties());
        out.writeEndObject();
    }

    /// A feature of a geometry that is GeoJSON already.
    static byte[] feature(String geometry, Object properties) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JsonMapper.shared().createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringProperty("type", "Feature");
            out.writeName("geometry");
            out.writeRawValue(geometry);
            out.writePOJOProperty("properties", properties);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
