package xiaxiang.core.demand;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.db.Territory;

/// Fits of demand and their files in the database. A fit never changes; whether it is used at its place does.
public final class DemandStore {
    private static final String COLUMNS = """
            f.id, f.place, f.path, f.summary, f.person, f.created_at, f.used_since, f.used_until, person_name(f.person) AS person_name, (SELECT q.name FROM place q WHERE q.code = f.place) AS place_name""";

    private DemandStore() {}

    /// Keeps a fit of a place with its files; returns its id. Throws IllegalStateException if the territory has no such place.
    public static long add(Handle handle, Territory territory, String place, JsonNode summary, long person, Map<String, byte[]> files) {
        long id = handle.createQuery("INSERT INTO fit (place, path, summary, person) SELECT p.code, p.path, CAST(:summary AS jsonb), :person FROM place p WHERE p.code = :place AND "
                + Territory.insideSql("p") + " RETURNING id").bindMap(territory.binds()).bind("summary", summary.toString()).bind("person", person).bind("place", place).mapTo(long.class).findOne()
                .orElseThrow(() -> new IllegalStateException("The place " + place + " is not in the territory."));
        files.forEach((name, content) -> handle.createUpdate("INSERT INTO fit_file (fit, name, content, sha256) VALUES (:id, :name, :content, sha256(:content))").bind("id", id).bind("name", name)
                .bind("content", content).execute());
        return id;
    }

    /// The fits of a place's subtree, or all of the territory's, the newest first: at most `limit` with an id below `before`.
    public static List<StoredFit> list(Handle handle, Territory territory, @Nullable String place, long before, int limit) {
        String below = place == null ? "" : " AND EXISTS (SELECT FROM place q WHERE q.code = :place AND f.path >= q.path AND f.path < path_end(q.path))";
        return handle.createQuery("SELECT " + COLUMNS + " FROM fit f WHERE " + Territory.insideSql("f") + " AND f.id < :before" + below + " ORDER BY f.id DESC LIMIT :limit")
                .bindMap(territory.binds()).bind("before", before).bind("place", place == null ? "" : place).bind("limit", limit).map(FIT).list();
    }

    /// One fit of the territory, or null.
    public static @Nullable StoredFit find(Handle handle, Territory territory, long id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM fit f WHERE f.id = :id AND " + Territory.insideSql("f")).bindMap(territory.binds()).bind("id", id).map(FIT).findOne().orElse(null);
    }

    /// The fit in force at a place of the territory: the one in use there, else at the nearest place above, which may lie outside; null for the documented assumptions.
    public static @Nullable StoredFit inForce(Handle handle, Territory territory, String place) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM fit f JOIN place p ON starts_with(p.path, f.path) WHERE p.code = :place AND " + Territory.placesSql("p")
                + " AND f.used_since IS NOT NULL AND f.used_until IS NULL ORDER BY length(f.path) DESC LIMIT 1").bindMap(territory.binds()).bind("place", place).map(FIT).findOne().orElse(null);
    }

    /// The fit put to use last of those the territory holds and still in use; null where there is none.
    public static @Nullable StoredFit lastUsed(Handle handle, Territory territory) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM fit f WHERE f.used_since IS NOT NULL AND f.used_until IS NULL AND " + Territory.insideSql("f") + " ORDER BY f.used_since DESC LIMIT 1")
                .bindMap(territory.binds()).map(FIT).findOne().orElse(null);
    }

    /// The files of a fit somebody may see, by name.
    public static Map<String, byte[]> files(Handle handle, StoredFit fit) {
        Map<String, byte[]> out = new LinkedHashMap<>();
        handle.createQuery("SELECT name, content FROM fit_file WHERE fit = :id ORDER BY name").bind("id", fit.id()).map((row, _) -> Map.entry(row.getString("name"), row.getBytes("content")))
                .forEach(e -> out.put(e.getKey(), e.getValue()));
        return out;
    }

    /// How many answers there are in a place's subtree.
    public static long answers(Handle handle, Territory territory, String place) {
        return handle.createQuery("SELECT count(*) FROM answer a JOIN place p ON a.path >= p.path AND a.path < path_end(p.path) WHERE p.code = :place AND " + Territory.insideSql("a"))
                .bindMap(territory.binds()).bind("place", place).mapTo(long.class).one();
    }

    /// Uses a fit at its place from now on, in the place of the one before; or stops using it. The fit as it then is, or null where there is none here.
    public static @Nullable StoredFit use(Handle handle, Territory territory, long id, boolean used) {
        StoredFit fit = find(handle, territory, id);
        if (fit == null || fit.isUsed() == used) return fit;
        handle.createUpdate("UPDATE fit SET used_until = now() WHERE place = :place AND used_since IS NOT NULL AND used_until IS NULL").bind("place", fit.place()).execute();
        if (used) handle.createUpdate("UPDATE fit SET used_since = now(), used_until = NULL WHERE id = :id").bind("id", id).execute();
        return find(handle, territory, id);
    }

    private static final RowMapper<StoredFit> FIT = DemandStore::fit;

    private static StoredFit fit(ResultSet row, StatementContext context) throws SQLException {
        return new StoredFit(row.getLong("id"), row.getString("place"), row.getString("path"), JsonMapper.shared().readTree(row.getString("summary")), row.getLong("person"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), instant(row, "used_since"), instant(row, "used_until"), row.getString("person_name"), row.getString("place_name"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
