package xiaxiang.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Places somebody might open, of every level, by a seed: walks from the top of the tree down, and what they passed, each once.
final class AppPlaces {
    private static final int CHILDREN = 200;

    private final AppClient client;
    private final SplittableRandom random;
    private final Map<String, List<JsonNode>> children = new HashMap<>();

    private AppPlaces(AppClient client, long seed) {
        this.client = client;
        random = new SplittableRandom(seed);
    }

    /// A place: where a browser's map would look for it.
    record Place(String code, String level, double lon, double lat) {}

    /// What so many walks passed, in an order as of chance; places without a point are left out.
    static List<Place> of(AppClient client, int walks, long seed) throws IOException, InterruptedException {
        AppPlaces tree = new AppPlaces(client, seed);
        Map<String, Place> passed = new LinkedHashMap<>();
        for (int k = 0; k < walks; k++) tree.walk(passed);
        List<Place> all = new ArrayList<>(passed.values());
        if (all.isEmpty()) throw new IOException("There is no place with a point. Was anything imported?");
        for (int k = all.size() - 1; k > 0; k--) all.set(k, all.set(tree.random.nextInt(k + 1), all.get(k)));
        return all;
    }

    private void walk(Map<String, Place> passed) throws IOException, InterruptedException {
        String parent = "";
        for (int depth = 0; depth < 5; depth++) {
            List<JsonNode> below = below(parent);
            if (below.isEmpty()) return;
            JsonNode one = below.get(random.nextInt(below.size()));
            parent = one.path("code").asString();
            if (one.path("lon").isNumber()) passed.put(parent, new Place(parent, one.path("level").asString(), one.path("lon").asDouble(), one.path("lat").asDouble()));
        }
    }

    private List<JsonNode> below(String parent) throws IOException, InterruptedException {
        List<JsonNode> known = children.get(parent);
        if (known != null) return known;
        JsonNode page = client.get("/places?limit=" + CHILDREN + (parent.isEmpty() ? "" : "&parent=" + parent));
        List<JsonNode> found = StreamSupport.stream(page.path("items").spliterator(), false).collect(Collectors.toList());
        children.put(parent, found);
        return found;
    }
}
