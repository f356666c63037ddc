package xiaxiang.core.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.db.Territory;

/// Places as people browse them. Every list is in a fixed order and starts after a key; what lies outside the territory is not there.
public final class PlaceStore {
    /// The first key of a list in order of depth and code.
    public static final Key START = new Key(-1, "");
    private static final String COLUMNS = """
            p.code, p.path, p.level, p.name, p.name_en, p.tier, p.urban_rural, p.lon, p.lat, p.point_kind, p.valid_from, p.valid_to, p.successors, p.source, p.kind, coalesce(p.persons, c.persons) AS persons, p.version, p.depth,
            coalesce(c.shops, 0) AS shops, coalesce(c.own_shops, 0) AS own_shops, (SELECT count(*) FROM place below WHERE below.parent = p.code) AS children""";

    private PlaceStore() {}

    /// Where a search goes on: depth and code of the last place seen.
    public record Key(int depth, String code) {}

    /// The place of a code.
    public static Optional<StoredPlace> place(Handle handle, Territory territory, String code) {
        return handle.createQuery(select(territory, "p.code = :code")).bind("code", code).bindMap(territory.binds()).map((r, _) -> read(r)).findOne();
    }

    /// The places right below one, by code, after the code `after`: at most `most`. Cost: a few index look-ups for each.
    public static List<StoredPlace> children(Handle handle, Territory territory, String parent, String after, int most) {
        return handle.createQuery(select(territory, "p.parent = :parent AND p.code > :after") + " ORDER BY p.code LIMIT :most").bind("parent", parent).bind("after", after).bind("most", most)
                .bindMap(territory.binds()).map((r, _) -> read(r)).list();
    }

    /// The tops of the territory: all places without a parent, or the one place it is.
    public static List<StoredPlace> tops(Handle handle, Territory territory, String after, int most) {
        String which = territory.placeLow().isEmpty() ? "p.parent IS NULL" : "p.path = :territory_low";
        return handle.createQuery(select(territory, which + " AND p.code > :after") + " ORDER BY p.code LIMIT :most").bind("after", after).bind("most", most)
                .bindMap(territory.binds()).map((r, _) -> read(r)).list();
    }

    /// The places a word finds, wider ones first, then by code: above the villages those whose name or English name holds it, everywhere those whose name, English name or
    /// code begins with it (villages by two letters or more: a single one begins the names of tens of thousands). `level` null finds any. Cost: one pass over the index of the places above the villages, and the villages that begin so.
    public static List<StoredPlace> search(Handle handle, Territory territory, String word, @Nullable String level, Key after, int most) {
        String sought = word.strip();
        String low = sought.toLowerCase(Locale.ROOT);
        String sql = """
                WITH found AS (
                  SELECT p.depth, p.code, p.level FROM place p WHERE p.level <> 'village' AND %1$s AND (strpos(p.name, :sought) > 0 OR strpos(p.name_en_lower, :lower) > 0 OR strpos(p.code, :sought) = 1)
                 UNION SELECT p.depth, p.code, p.level FROM place p WHERE length(:sought) > 1 AND p.level = 'village' AND %1$s AND p.name ~>=~ :sought AND p.name ~<~ :sought_end
                 UNION SELECT p.depth, p.code, p.level FROM place p WHERE length(:sought) > 1 AND p.level = 'village' AND %1$s AND p.name_en_lower <> '' AND p.name_en_lower ~>=~ :lower AND p.name_en_lower ~<~ :lower_end
                 UNION SELECT p.depth, p.code, p.level FROM place p WHERE length(:sought) > 1 AND p.level = 'village' AND %1$s AND p.code ~>=~ :sought AND p.code ~<~ :sought_end),
                page AS (SELECT f.code FROM found f WHERE (f.depth, f.code) > (:depth, :after) AND (CAST(:level AS text) IS NULL OR f.level = :level) ORDER BY f.depth, f.code LIMIT :most)
                """.formatted(Territory.placesSql("p"));
        return handle.createQuery(with(sql, territory, "p.code IN (SELECT code FROM page)") + " ORDER BY p.depth, p.code").bind("sought", sought).bind("sought_end", end(sought)).bind("lower", low)
                .bind("lower_end", end(low)).bind("level", level).bind("depth", after.depth()).bind("after", after.code()).bind("most", most).bindMap(territory.binds()).map((r, _) -> read(r)).list();
    }

    /// The first text after all that begin with a prefix, in the order of code points.
    private static String end(String prefix) {
        return prefix + Character.toString(Character.MAX_CODE_POINT);
    }

    /// The way from the top of the territory down to a place, itself the last.
    public static List<StoredPlace.Step> way(Handle handle, Territory territory, String path) {
        return handle.createQuery("SELECT p.code, p.name, p.name_en, p.level FROM place p WHERE p.code = ANY (string_to_array(:path, '/')) AND %s ORDER BY p.depth".formatted(Territory.placesSql("p")))
                .bind("path", path).bindMap(territory.binds()).map((r, _) -> new StoredPlace.Step(r.getString(1), r.getString(2), r.getString(3), r.getString(4))).list();
    }

    /// The people of a place, year by year.
    public static List<StoredPlace.Year> people(Handle handle, Territory territory, String code) {
        return handle.createQuery("SELECT n.year, n.persons, n.income_index, n.source, n.kind FROM people n WHERE n.code = :code AND %s ORDER BY n.year".formatted(Territory.placesSql("n")))
                .bind("code", code).bindMap(territory.binds())
                .map((r, _) -> new StoredPlace.Year(r.getInt(1), r.getLong(2), r.getDouble(3), r.getString(4), r.getString(5))).list();
    }

    /// The box around the boundaries and points of a subtree (villages only right below it); empty if there are none.
    public static Optional<StoredPlace.Bounds> bounds(Handle handle, Territory territory, String path, String code) {
        return handle.createQuery("""
                SELECT min(west), min(south), max(east), max(north) FROM (
                  SELECT b.west, b.south, b.east, b.north FROM boundary b WHERE b.path >= :low AND b.path < :high AND %s
                 UNION ALL SELECT p.lon, p.lat, p.lon, p.lat FROM place p WHERE p.path >= :low AND p.path < :high AND p.level NOT IN ('village', 'township') AND %2$s
                 UNION ALL SELECT p.lon, p.lat, p.lon, p.lat FROM place p WHERE (p.parent = :code OR p.code = :code) AND %2$s) every HAVING min(west) IS NOT NULL"""
                .formatted(Territory.placesSql("b"), Territory.placesSql("p"))).bind("low", path).bind("high", Territory.end(path)).bind("code", code).bindMap(territory.binds())
                .map((r, _) -> new StoredPlace.Bounds(r.getDouble(1), r.getDouble(2), r.getDouble(3), r.getDouble(4))).findOne();
    }

    /// A place's boundary as a GeoJSON geometry (WGS-84); empty if none is known.
    public static Optional<String> boundary(Handle handle, Territory territory, String code) {
        return handle.createQuery("SELECT CAST(b.geojson AS text) FROM boundary b WHERE b.code = :code AND %s".formatted(Territory.placesSql("b"))).bind("code", code).bindMap(territory.binds())
                .mapTo(String.class).findOne();
    }

    /// The path of a place, empty if it is not in the territory.
    public static Optional<String> path(Handle handle, Territory territory, String code) {
        return handle.createQuery("SELECT p.path FROM place p WHERE p.code = :code AND %s".formatted(Territory.placesSql("p"))).bind("code", code).bindMap(territory.binds()).mapTo(String.class).findOne();
    }

    private static String select(Territory territory, String which) {
        return with("", territory, which);
    }

    /// Shops are counted beforehand for who sees all of a place, and from the rows for who sees some of its shops. A place without a figure of its own has the people of its parts.
    private static String with(String before, Territory territory, String which) {
        if (territory.shopLow() != null) return before + """
                SELECT %s FROM place p LEFT JOIN place_count c ON c.code = p.code AND %s WHERE %s AND %s
                """.formatted(COLUMNS, Territory.insideSql("c"), Territory.placesSql("p"), which);
        return (before.isEmpty() ? "WITH" : before + ",") + """
                 mine AS MATERIALIZED (SELECT s.path, s.owner FROM shop s WHERE s.closed_at IS NULL AND %s)
                SELECT %s FROM place p LEFT JOIN LATERAL (SELECT count(*) AS shops, count(*) FILTER (WHERE m.owner = 'own') AS own_shops, CAST(NULL AS bigint) AS persons FROM mine m WHERE m.path >= p.path AND m.path < path_end(p.path)) c
                  ON true WHERE %s AND %s
                """.formatted(Territory.shopsSql("s"), COLUMNS, Territory.placesSql("p"), which);
    }

    private static StoredPlace read(ResultSet r) throws SQLException {
        return new StoredPlace(r.getString("code"), r.getString("path"), r.getString("level"), r.getString("name"), r.getString("name_en"), r.getString("tier"), r.getString("urban_rural"),
                r.getObject("lon", Double.class), r.getObject("lat", Double.class), r.getString("point_kind"), r.getObject("valid_from", LocalDate.class), r.getObject("valid_to", LocalDate.class),
                Rows.texts(r, "successors"), r.getString("source"), r.getString("kind"), r.getObject("persons", Long.class), r.getLong("shops"), r.getLong("own_shops"), r.getLong("children"), r.getInt("version"));
    }
}
