package xiaxiang.app.flow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Brand;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.door.CsvTable;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.engine.geo.LonLat;

/// Makes shops of an extract of points: GeoJSON points, GeoJSON with OpenStreetMap's tags, or the JSON of the Overpass API.
///
/// Of OpenStreetMap's features those with shop=mobile_phone or shop=electronics count. A shop's division is the nearest place, inside the boundary around it where there
/// is one. Its brands are those whose name or id its tags spell; one that spells none sells what the brand named `rest` stands for, and is then a sketch. Without further
/// word it is a rival's, owner-run; a carrier's where the operator is one; and costs nothing a year.
final class ShopExtract {
    private static final Pattern CARRIER = Pattern.compile("(?i).*(移动|联通|电信|china mobile|china unicom|china telecom).*");
    private static final List<String> PHONES = List.of("mobile_phone", "electronics");
    private static final List<String> TAGS = List.of("brand", "brand:zh", "brand:en", "name", "name:zh", "name:en", "name_en", "operator");
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(50).maxStringLength(10_000).build()).build()).build();

    private final String file;
    private final boolean osm;
    private final Atlas known;
    private final NearestPlace places;
    private final Problems problems;
    private final List<String> features = new ArrayList<>();

    private ShopExtract(String file, boolean osm, Atlas known, Problems problems) {
        this.file = file;
        this.osm = osm;
        this.known = known;
        this.problems = problems;
        places = new NearestPlace(known);
    }

    /// The points of an extract, or an empty list with a problem.
    static List<JsonNode> points(Path extract, Problems problems) throws IOException {
        String name = String.valueOf(extract.getFileName());
        if (Files.size(extract) > UploadLimits.EXTRACT_BYTES) {
            problems.add(name, Rule.FILE_TOO_BIG, UploadLimits.EXTRACT_BYTES + " B");
            return List.of();
        }
        try {
            JsonNode root = MAPPER.readTree(extract);
            JsonNode all = root.path("features").isArray() ? root.path("features") : root.path("elements");
            if (!all.isArray()) problems.add(name, Rule.BAD_GEOJSON, root.path("type").asString(""));
            else if (all.size() > UploadLimits.SHOP_POINTS) problems.add(name, Rule.TOO_MANY_ROWS, Integer.toString(UploadLimits.SHOP_POINTS));
            else return all.valueStream().toList();
        } catch (JacksonException broken) {
            problems.add(new Problem(name, broken.getLocation() == null ? 0 : Math.max(0, broken.getLocation().getLineNr()), "", "", Rule.BAD_GEOJSON, broken.getOriginalMessage()));
        }
        return List.of();
    }

    /// Where a feature lies: a point, a node, or the centre of a way; null if nowhere valid.
    static @Nullable LonLat at(JsonNode feature) {
        JsonNode point = feature.path("geometry").path("coordinates");
        JsonNode centre = feature.has("center") ? feature.path("center") : feature;
        boolean geojson = feature.has("geometry");
        JsonNode lon = geojson ? point.path(0) : centre.path("lon");
        JsonNode lat = geojson ? point.path(1) : centre.path("lat");
        if ((geojson && !feature.path("geometry").path("type").asString("").equals("Point")) || !lon.isNumber() || !lat.isNumber()) return null;
        boolean valid = Math.abs(lon.doubleValue()) <= 180 && Math.abs(lat.doubleValue()) <= 90;
        return valid ? new LonLat(lon.doubleValue(), lat.doubleValue()) : null;
    }

    /// Writes the shops of an extract as shops.csv into a folder; says which feature each row is of, the first row's first.
    static List<String> write(Path extract, boolean osm, Atlas known, Path out, Problems problems) throws IOException {
        var shops = new ShopExtract(String.valueOf(extract.getFileName()), osm, known, problems);
        List<JsonNode> points = points(extract, problems);
        try (var csv = new CsvTable(out.resolve("shops.csv"), List.of("id", "name", "name_en", "division", "lon", "lat", "datum", "owner", "format", "brands", "promoters", "sign", "running_fen_year", "source", "kind"))) {
            for (int i = 0; i < points.size(); i++) shops.feature(csv, points.get(i), "features[" + i + "]");
        }
        if (points.isEmpty() && problems.isEmpty()) problems.add(shops.file, Rule.NO_ROWS, "");
        return shops.features;
    }

    private void feature(CsvTable csv, JsonNode feature, String where) {
        JsonNode tags = feature.has("tags") ? feature.path("tags") : feature.path("properties");
        if (osm && !PHONES.contains(text(tags, "shop"))) return;
        LonLat point = at(feature);
        String name = first(tags, "name", "name:zh", "brand", "name:en");
        if (point == null) {
            problems.add(new Problem(file, 0, where, name, Rule.NOT_A_SHOP_POINT, "[-180, 180] [-90, 90]"));
            return;
        }
        String division = places.at(point);
        if (division == null) {
            problems.add(new Problem(file, 0, where, name, Rule.NO_PLACE_NEAR, Math.round(UploadLimits.NEAR_METERS / 1_000) + " km"));
            return;
        }
        features.add(where);
        row(csv, feature, tags, name, division, point);
    }

    private void row(CsvTable csv, JsonNode feature, JsonNode tags, String name, String division, LonLat point) {
        List<String> brands = brands(tags);
        String rest = known.brands().stream().filter(Brand::rest).map(Brand::id).findFirst().orElse("");
        boolean carrier = CARRIER.matcher(text(tags, "operator") + " " + text(tags, "brand") + " " + name).matches();
        String id = id(feature, tags, point, name);
        String sells = brands.isEmpty() ? rest : String.join("|", brands);
        String source = text(tags, "source").isEmpty() ? (osm ? "OpenStreetMap contributors (ODbL), " : "") + file + ", " + id : text(tags, "source");
        String note = brands.isEmpty() ? "; brand not named: taken for one of the others" : "";
        csv.row(id, name.isEmpty() ? id : name, first(tags, "name_en", "name:en"), division, point.lon(), point.lat(), "WGS-84", or(text(tags, "owner"), "rival"),
                or(text(tags, "format"), carrier ? "carrier" : "owner_run"), List.of(sells.split("\\|")), or(text(tags, "promoters"), "0"), or(text(tags, "sign"), "false"), 0, source + note,
                or(text(tags, "kind"), (brands.isEmpty() ? Kind.SKETCH : Kind.OBSERVED).name().toLowerCase(Locale.ROOT)));
    }

    private static String or(String text, String usual) {
        return text.isEmpty() ? usual : text;
    }

    private static String text(JsonNode tags, String key) {
        JsonNode value = tags.path(key);
        return value.isString() || value.isNumber() || value.isBoolean() ? value.asString().strip() : "";
    }

    private static String first(JsonNode tags, String... keys) {
        for (String key : keys) if (!text(tags, key).isEmpty()) return text(tags, key);
        return "";
    }

    /// What the feature calls itself; else a mark of its place and name, the same at every import.
    private static String id(JsonNode feature, JsonNode tags, LonLat point, String name) {
        if (feature.has("type") && feature.path("id").isNumber() && !feature.has("geometry")) return "osm-" + feature.path("type").asString("") + "-" + feature.path("id").asString();
        String own = first(tags, "id", "@id");
        if (own.isEmpty()) own = text(feature, "id");
        if (!own.isEmpty()) return own.matches("(node|way|relation)/\\d+") ? "osm-" + own.replace('/', '-') : own;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((point.lon() + " " + point.lat() + " " + name).getBytes(StandardCharsets.UTF_8));
            return "point-" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> brands(JsonNode tags) {
        String listed = text(tags, "brands");
        if (!listed.isEmpty()) return List.of(listed.split("\\|"));
        StringBuilder said = new StringBuilder();
        for (String tag : TAGS) said.append(' ').append(text(tags, tag).toLowerCase(Locale.ROOT));
        return known.brands().stream().filter(brand -> !brand.rest() && List.of(brand.id(), brand.name(), brand.nameEn()).stream().anyMatch(one -> spells(said.toString(), one))).map(Brand::id).sorted().toList();
    }

    /// A Latin name must stand by itself, a Chinese one may be part of a longer name.
    private static boolean spells(String said, String name) {
        String low = name.toLowerCase(Locale.ROOT).strip();
        if (low.length() < 2) return false;
        boolean latin = low.chars().allMatch(c -> c < 0x250);
        return latin ? Pattern.compile("(?<![a-z0-9])" + Pattern.quote(low) + "(?![a-z0-9])").matcher(said).find() : said.contains(low);
    }
}
