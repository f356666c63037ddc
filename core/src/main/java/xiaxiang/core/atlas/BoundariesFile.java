package xiaxiang.core.atlas;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;

/// boundaries.geojson (RFC 7946, WGS-84): a FeatureCollection of polygons, each with the property `code` of a division. Optional.
public final class BoundariesFile {
    public static final String NAME = "boundaries.geojson";
    private static final int MOST_VERTICES = 200_000;
    /// 200,000 vertices take some 8 MB; a file many times that is no boundary file of ours.
    private static final long MOST_BYTES = 64L << 20;

    private final DivisionsFile divisions;
    private final Problems problems;
    private final Map<String, Box> boxes = new HashMap<>();
    private int vertices;

    BoundariesFile(DivisionsFile divisions, Problems problems) {
        this.divisions = divisions;
        this.problems = problems;
    }

    /// The file's text, null if there is none.
    @Nullable String read(Path folder) {
        Path path = folder.resolve(NAME);
        if (!Files.exists(path)) return null;
        try {
            if (Files.size(path) > MOST_BYTES) {
                problems.add(NAME, Rule.FILE_TOO_BIG, MOST_BYTES + " B");
                return null;
            }
            String text = Files.readString(path, StandardCharsets.UTF_8);
            collection(JsonMapper.builder().build().readTree(text.startsWith("\ufeff") ? text.substring(1) : text));
            return text;
        } catch (JacksonException broken) {
            problems.add(new Problem(NAME, line(broken), "", "", Rule.BAD_GEOJSON, broken.getOriginalMessage()));
        } catch (CharacterCodingException other) {
            problems.add(NAME, Rule.ENCODING, "");
        } catch (IOException unreadable) {
            problems.add(NAME, Rule.UNREADABLE, "");
        }
        return null;
    }

    private static long line(JacksonException broken) {
        return broken.getLocation() == null ? 0 : Math.max(0, broken.getLocation().getLineNr());
    }

    private void collection(JsonNode root) {
        JsonNode features = root.path("features");
        if (!text(root, "type").equals("FeatureCollection") || !features.isArray()) {
            problems.add(NAME, Rule.BAD_GEOJSON, text(root, "type"));
            return;
        }
        for (int i = 0; i < features.size(); i++) feature(features.get(i), "features[" + i + "]");
        if (vertices > MOST_VERTICES) problems.add(NAME, Rule.TOO_MANY_VERTICES, Integer.toString(MOST_VERTICES));
    }

    private void feature(JsonNode feature, String where) {
        String code = text(feature.path("properties"), "code");
        if (code.isEmpty()) problem(where + ".properties.code", "", Rule.REQUIRED, "");
        else if (!divisions.known(code)) problem(where + ".properties.code", code, Rule.UNKNOWN_DIVISION, "-");
        else if (boxes.containsKey(code)) problem(where + ".properties.code", code, Rule.DUPLICATE_KEY, "-");
        var box = new Box();
        JsonNode shape = feature.path("geometry");
        JsonNode coordinates = shape.path("coordinates");
        boolean whole = switch (text(shape, "type")) {
            case "Polygon" -> polygon(coordinates, box);
            case "MultiPolygon" -> each(coordinates, one -> polygon(one, box));
            default -> {
                problem(where + ".geometry", "", Rule.NOT_A_POLYGON, text(shape, "type"));
                yield true;
            }
        };
        if (!whole) problem(where + ".geometry", code, Rule.BAD_RING, "[-180, 180] [-90, 90]");
        else if (box.count() > 0) boxes.putIfAbsent(code, box);
    }

    private interface Part {
        boolean whole(JsonNode node);
    }

    private static boolean each(JsonNode array, Part part) {
        if (!array.isArray() || array.isEmpty()) return false;
        for (int i = 0; i < array.size(); i++) if (!part.whole(array.get(i))) return false;
        return true;
    }

    private boolean polygon(JsonNode rings, Box box) {
        return each(rings, ring -> ring.size() >= 4 && ring.get(0).equals(ring.get(ring.size() - 1)) && each(ring, point -> vertex(point, box)));
    }

    private boolean vertex(JsonNode point, Box box) {
        vertices++;
        if (!point.isArray() || point.size() < 2 || !point.get(0).isNumber() || !point.get(1).isNumber()) return false;
        double lon = point.get(0).doubleValue();
        double lat = point.get(1).doubleValue();
        box.add(lon, lat);
        return lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90;
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() || value.isNumber() ? value.asString() : "";
    }

    private void problem(String where, String value, Rule rule, String detail) {
        problems.add(new Problem(NAME, 0, where, value, rule, detail));
    }

    /// The box of each division that has a boundary.
    Map<String, Box> boxes() {
        return boxes;
    }
}
