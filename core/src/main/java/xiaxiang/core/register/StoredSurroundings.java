package xiaxiang.core.register;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Box;
import xiaxiang.core.atlas.Region;
import xiaxiang.core.atlas.Surroundings;
import xiaxiang.core.db.Territory;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;
import xiaxiang.engine.geo.LonLat;

/// The places, brands and shops of the database, as far as somebody's territory reaches: what lies beyond is as unknown to them as what is not there.
final class StoredSurroundings implements Surroundings {
    private final Handle handle;
    private final Territory territory;
    private @Nullable Set<String> brands;

    StoredSurroundings(Handle handle, Territory territory) {
        this.handle = handle;
        this.territory = territory;
    }

    @Override
    public String division(Row row, String column) {
        String code = row.required(column);
        if (code.isEmpty()) return code;
        List<String> now = handle.createQuery("""
                WITH RECURSIVE now AS (
                  SELECT p.code, p.successors FROM place p WHERE p.code = :code AND %1$s
                 UNION
                  SELECT p.code, p.successors FROM now n JOIN place p ON p.code = ANY (n.successors) WHERE %1$s)
                SELECT code FROM now WHERE cardinality(successors) = 0 ORDER BY code LIMIT 20""".formatted(Territory.insideSql("p"))).bind("code", code).bindMap(territory.binds()).mapTo(String.class).list();
        if (now.isEmpty()) row.unknown(column, code, Rule.UNKNOWN_DIVISION, List.of());
        else if (now.size() > 1) row.problem(column, Rule.SPLIT_CODE, String.join(" ", now));
        return now.isEmpty() ? code : now.getFirst();
    }

    @Override
    public void brand(Row row, String column, String brand) {
        if (brands == null) brands = handle.createQuery("SELECT id FROM brand").mapTo(String.class).set();
        if (!brand.isEmpty() && !brands.contains(brand)) row.unknown(column, brand, Rule.UNKNOWN_BRAND, brands);
    }

    @Override
    public void point(Row row, String division, LonLat point) {
        String path = path(division);
        if (path == null || !Region.near(row, point, others(path))) return;
        handle.createQuery("""
                SELECT b.code, b.west, b.south, b.east, b.north FROM boundary b WHERE b.code = ANY (string_to_array(:path, '/')) AND %s
                ORDER BY length(b.path) DESC LIMIT 1""".formatted(Territory.insideSql("b"))).bind("path", path).bindMap(territory.binds()).map((r, _) -> {
                    Region.inside(row, point, r.getString(1), box(r.getDouble(2), r.getDouble(3), r.getDouble(4), r.getDouble(5)));
                    return true;
                }).findOne();
    }

    /// The box of the places under the same top that are in the territory; null where none has a point.
    private @Nullable Box others(String path) {
        return handle.createQuery("""
                SELECT min(p.lon), min(p.lat), max(p.lon), max(p.lat) FROM place p WHERE p.path >= :low AND p.path < :high AND p.level <> 'village' AND %s""".formatted(Territory.insideSql("p")))
                .bind("low", path.substring(0, path.indexOf('/') + 1)).bind("high", Territory.end(path.substring(0, path.indexOf('/') + 1))).bindMap(territory.binds())
                .map((r, _) -> {
                    double west = r.getDouble(1);
                    return r.wasNull() ? null : box(west, r.getDouble(2), r.getDouble(3), r.getDouble(4));
                }).findOne().orElse(null);
    }

    private static Box box(double west, double south, double east, double north) {
        var box = new Box();
        box.add(west, south);
        box.add(east, north);
        return box;
    }

    @Override
    public @Nullable String owner(Row row, String column, String shop) {
        String owner = handle.createQuery("SELECT s.owner FROM shop s WHERE s.id = :id AND s.closed_at IS NULL AND " + Territory.shopsSql("s")).bind("id", shop).bindMap(territory.binds())
                .mapTo(String.class).findOne().orElse(null);
        if (owner == null) row.unknown(column, shop, Rule.UNKNOWN_SHOP, List.of());
        return owner;
    }

    /// The path of a place in the territory, null if there is none.
    @Nullable String path(String code) {
        return handle.createQuery("SELECT p.path FROM place p WHERE p.code = :code AND " + Territory.insideSql("p")).bind("code", code).bindMap(territory.binds()).mapTo(String.class)
                .findOne().orElse(null);
    }

    /// The distributor a cell names, null if blank; adds a problem if it is none of the territory's, nor the one (`before`) that was there before.
    @Nullable String distributor(Row row, String column, @Nullable String before) {
        String id = row.text(column);
        if (id.isEmpty()) return null;
        if (id.equals(before)) return id;
        boolean there = handle.createQuery("SELECT 1 FROM distributor d WHERE d.id = :id AND " + Territory.insideSql("d")).bind("id", id).bindMap(territory.binds()).mapTo(Integer.class)
                .findOne().isPresent();
        if (!there) row.unknown(column, id, Rule.UNKNOWN_DISTRIBUTOR, List.of());
        return id;
    }
}
