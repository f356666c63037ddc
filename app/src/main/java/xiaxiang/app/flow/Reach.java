package xiaxiang.app.flow;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import xiaxiang.core.db.Territory;

/// The smallest subtree of known places that holds all an upload names: so that a county's few rows are not judged beside the whole country.
final class Reach {
    /// Extracts may lie a little beside the places they belong to, in degrees.
    private static final double AROUND = .3;

    private Reach() {}

    /// The path of that subtree, null where the upload names no known place.
    static @Nullable String of(Handle handle, Territory territory, JsonNode reach) {
        String select = "SELECT min(path), max(path) FROM place p WHERE " + Territory.placesSql("p") + " AND ";
        Query query;
        if (reach.has("box")) {
            if (reach.path("box").size() < 4) return null;
            List<Double> box = reach.path("box").valueStream().map(JsonNode::doubleValue).toList();
            query = handle.createQuery(select + "p.at <@ box(point(:w, :s), point(:e, :n))").bind("w", box.get(0) - AROUND).bind("s", box.get(1) - AROUND).bind("e", box.get(2) + AROUND).bind("n", box.get(3) + AROUND);
        } else query = handle.createQuery(select + "p.code = ANY (:codes)").bind("codes", reach.path("codes").valueStream().map(JsonNode::asString).toArray(String[]::new));
        Map.Entry<@Nullable String, @Nullable String> ends = query.bindMap(territory.binds()).map((row, _) -> new java.util.AbstractMap.SimpleEntry<@Nullable String, @Nullable String>(row.getString(1), row.getString(2))).one();
        String low = ends.getKey();
        String high = ends.getValue();
        return low == null || high == null ? null : common(low, high);
    }

    /// The longest path that both begin with; blank (everything) where even their tops differ.
    static String common(String a, String b) {
        int end = 0;
        for (int i = 0; i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i); i++) if (a.charAt(i) == '/') end = i + 1;
        return a.substring(0, end);
    }
}
