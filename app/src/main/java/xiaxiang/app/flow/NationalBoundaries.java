package xiaxiang.app.flow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Division;

/// The county boundaries beside a national atlas (cn_counties.geojson.gz), as far as their codes are those of its places: codes that changed since have none.
final class NationalBoundaries {
    private static final String FILE = "cn_counties.geojson.gz";
    private static final String SOURCE = "github Vonng/adcode b755d6e (CC BY 4.0), 2016, converted from GCJ-02 and simplified";

    private NationalBoundaries() {}

    /// The collection as text, null where there is no such file.
    static @Nullable String of(Path atlas, Atlas places) throws IOException {
        Path file = atlas.resolve(FILE);
        if (!Files.exists(file)) return null;
        Set<String> codes = places.divisions().stream().map(Division::code).collect(Collectors.toSet());
        ObjectNode out = JsonMapper.shared().createObjectNode().put("type", "FeatureCollection");
        ArrayNode features = out.putArray("features");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            for (JsonNode one : JsonMapper.shared().readTree(in).path("features"))
                if (codes.contains(one.path("properties").path("code").asString("")) && one.path("properties") instanceof ObjectNode properties) features.add(((ObjectNode) one).set("properties", properties.put("source", SOURCE).put("kind", "modelled")));
        }
        return out.toString();
    }
}
