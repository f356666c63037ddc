package xiaxiang.app.http;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// GeoJSON (RFC 7946, WGS-84) of what the interface gives as JSON elsewhere.
final class GeoJson {
    static final String TYPE = "application/geo+json";

    private GeoJson() {}

    /// A point and its properties; without coordinates a feature without geometry.
    record Point(@Nullable Double lon, @Nullable Double lat, Object properties) {}

    /// Writes a collection of points as they come.
    static void points(Iterator<Point> points, OutputStream to) {
        try (JsonGenerator out = JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build().createGenerator(to)) {
            out.writeStartObject();
            out.writeStringProperty("type", "FeatureCollection");
            out.writeArrayPropertyStart("features");
            while (points.hasNext()) point(out, points.next());
            out.writeEndArray();
            out.writeEndObject();
        }
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
