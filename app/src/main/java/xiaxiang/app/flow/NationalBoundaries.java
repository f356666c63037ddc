package xiaxiang.app.flow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.CandidateSite;
import xiaxiang.core.atlas.Division;
import xiaxiang.core.atlas.Shop;
import xiaxiang.engine.geo.LonLat;

/// The county boundaries beside a national atlas (cn_counties.geojson.gz). They are older than its codes: only those are taken whose code is still one and that hold every
/// place, shop and site of theirs, as the door will ask.
final class NationalBoundaries {
    private static final String FILE = "cn_counties.geojson.gz";
    private static final String SOURCE = "github Vonng/adcode b755d6e (CC BY 4.0), 2016, converted from GCJ-02 and simplified";
    /// Nearer than the door's .05 degrees.
    private static final double ROUGH_DEGREES = .049;

    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, double[]> boxes = new HashMap<>();
    private final Set<String> codes = new HashSet<>();

    private NationalBoundaries(Atlas atlas) {
        for (Division one : atlas.divisions()) {
            codes.add(one.code());
            if (one.parent() != null) parents.put(one.code(), one.parent());
        }
    }

    /// The collection as text, null where there is no such file. `atlas` holds the shops too.
    static @Nullable String of(Path folder, Atlas atlas) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) return null;
        var boundaries = new NationalBoundaries(atlas);
        JsonNode features;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            features = JsonMapper.shared().readTree(in).path("features");
        }
        for (JsonNode one : features) boundaries.box(one);
        for (Division one : atlas.divisions()) if (one.point() != null) boundaries.hold(one.code(), one.point());
        for (Shop one : atlas.shops()) boundaries.hold(one.division(), one.point());
        for (CandidateSite one : atlas.sites()) boundaries.hold(one.division(), one.point());
        return boundaries.kept(features);
    }

    private static String code(JsonNode feature) {
        return feature.path("properties").path("code").asString("");
    }

    private void box(JsonNode feature) {
        if (!codes.contains(code(feature))) return;
        double[] box = {180, 90, -180, -90};
        widen(box, feature.path("geometry").path("coordinates"));
        boxes.put(code(feature), box);
    }

    private static void widen(double[] box, JsonNode coordinates) {
        if (!coordinates.path(0).isNumber()) {
            for (JsonNode each : coordinates) widen(box, each);
            return;
        }
        for (int i = 0; i < 2; i++) {
            box[i] = Math.min(box[i], coordinates.path(i).doubleValue());
            box[i + 2] = Math.max(box[i + 2], coordinates.path(i).doubleValue());
        }
    }

    /// Drops the boundary above a place if a point of the place lies outside it.
    private void hold(String place, LonLat point) {
        for (String at = place; at != null; at = parents.get(at)) {
            double[] box = boxes.get(at);
            if (box == null) continue;
            double outside = Math.max(Math.max(box[0] - point.lon(), point.lon() - box[2]), Math.max(box[1] - point.lat(), point.lat() - box[3]));
            if (outside > ROUGH_DEGREES) boxes.remove(at);
            return;
        }
    }

    private String kept(JsonNode features) {
        ObjectNode out = JsonMapper.shared().createObjectNode().put("type", "FeatureCollection");
        ArrayNode all = out.putArray("features");
        for (JsonNode one : features) {
            if (!boxes.containsKey(code(one)) || !(one.path("properties") instanceof ObjectNode properties)) continue;
            properties.put("source", SOURCE).put("kind", "modelled");
            all.add(one);
        }
        return out.toString();
    }
}
