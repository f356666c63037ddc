package xiaxiang.core.register;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.door.CsvTable;

/// The boundaries of a judged boundaries.geojson as rows for the database: each with its box, and its source and kind where its properties say so.
public final class BoundaryRows {
    private static final String UNSAID = "boundaries.geojson, which names no source";

    private BoundaryRows() {}

    /// Writes boundaries.csv, which must not be there; nothing if there are no boundaries.
    public static void write(@Nullable String geojson, Path folder) throws IOException {
        if (geojson == null) return;
        try (var csv = new CsvTable(folder.resolve(AtlasTables.BOUNDARIES.file() + ".csv"), AtlasTables.BOUNDARIES.header())) {
            for (JsonNode feature : JsonMapper.shared().readTree(geojson.startsWith("\ufeff") ? geojson.substring(1) : geojson).path("features")) row(csv, feature);
        }
    }

    private static void row(CsvTable csv, JsonNode feature) {
        double[] box = {180, 90, -180, -90};
        widen(box, feature.path("geometry").path("coordinates"));
        JsonNode properties = feature.path("properties");
        String source = properties.path("source").asString("");
        csv.row(properties.path("code").asString(""), feature.path("geometry").toString(), box[0], box[1], box[2], box[3], source.isBlank() ? UNSAID : source, kind(properties.path("kind").asString("")));
    }

    private static Kind kind(String written) {
        for (Kind one : Kind.values()) if (one.name().equalsIgnoreCase(written)) return one;
        return Kind.SKETCH;
    }

    private static void widen(double[] box, JsonNode coordinates) {
        if (!coordinates.path(0).isNumber()) {
            for (JsonNode each : coordinates) widen(box, each);
            return;
        }
        box[0] = Math.min(box[0], coordinates.path(0).doubleValue());
        box[1] = Math.min(box[1], coordinates.path(1).doubleValue());
        box[2] = Math.max(box[2], coordinates.path(0).doubleValue());
        box[3] = Math.max(box[3], coordinates.path(1).doubleValue());
    }
}
