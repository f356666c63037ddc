package xiaxiang.core.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.db.Territory;
import xiaxiang.engine.geo.LonLat;

/// Shops as people browse them.
public final class ShopStore {
    /// The first key of a list.
    public static final Key START = new Key("", "");
    static final String COLUMNS = """
            s.id, s.place, s.path, s.name, s.name_en, s.lon, s.lat, s.owner, s.format, s.brands, s.units_month, s.dealer_margin_fen, s.promoters, s.sign, s.closing_fen, s.running_fen_year,
            s.break_even_units_year, s.distributor, s.seed, s.closed_at, s.merged_into, s.source, s.kind, s.import_id, s.version""";

    private static final int FETCHED = 1_000;

    private ShopStore() {}

    /// Where a list goes on: the path and id of the last shop seen.
    public record Key(String path, String id) {}

    /// What is looked for: in a place's subtree, of an owner (own, partner, rival), with a brand, of a kind, with a word in its name (its first 120 letters, of the English one 240) or its id as it stands; null is any.
    public record Filter(@Nullable String placePath, @Nullable String owner, @Nullable String brand, @Nullable String kind, @Nullable String word) {
        /// Nothing but the place.
        public static Filter in(@Nullable String placePath) {
            return new Filter(placePath, null, null, null, null);
        }
    }

    /// The open shops a filter leaves, by path and id, after a key. Cost: one range of an index as far as the page fills; a filter that hardly any shop passes reads all of the range.
    public static List<StoredShop> list(Handle handle, Territory territory, Filter filter, Key after, int most) {
        return query(handle, territory, filter, after, most).map((r, _) -> read(r)).list();
    }

    /// The open shops of a place's subtree (null: of the territory) one by one, in the order of [#list]; close it.
    public static Stream<StoredShop> all(Handle handle, Territory territory, @Nullable String placePath) {
        return query(handle, territory, Filter.in(placePath), START, Integer.MAX_VALUE).setFetchSize(FETCHED).map((r, _) -> read(r)).stream();
    }

    private static Query query(Handle handle, Territory territory, Filter filter, Key after, int most) {
        var conditions = new ArrayList<String>();
        var values = new HashMap<String, Object>();
        if (filter.owner() != null) condition(conditions, values, "s.owner = :owner", "owner", filter.owner());
        if (filter.brand() != null) condition(conditions, values, ":brand = ANY (s.brands)", "brand", filter.brand());
        if (filter.kind() != null) condition(conditions, values, "s.kind = :kind", "kind", filter.kind());
        if (filter.word() != null) values.put("word", filter.word().strip().toLowerCase(Locale.ROOT));
        Between in = Between.of(filter.placePath(), territory);
        Key start = in.after(after);
        String from = filter.word() == null ? "shop s WHERE " + range("s") : named();
        return handle.createQuery("""
                SELECT %s, coalesce(p.name, '') AS place_name, coalesce(p.name_en, '') AS place_name_en FROM (SELECT s.* FROM %s %s ORDER BY s.path, s.id LIMIT :most) s
                LEFT JOIN place p ON p.code = s.place AND %s ORDER BY s.path, s.id""".formatted(COLUMNS, from, String.join("", conditions), Territory.placesSql("p")))
                .bind("high", in.high()).bind("after_path", start.path()).bind("after_id", start.id()).bind("most", most).bindMap(values).bindMap(territory.binds());
    }

    /// The shops a word finds, from the index alone, in its order: a rare word need not fetch hundreds of thousands of rows to find that they are not meant.
    private static String named() {
        return """
                (SELECT f.id FROM shop f WHERE %s AND (strpos(f.sought, :word) > 0 OR octet_length(f.id) = octet_length(:word) AND lower(f.id) = :word) ORDER BY f.path, f.id) found
                JOIN shop s ON s.id = found.id WHERE true""".formatted(range("f"));
    }

    private static String range(String t) {
        return "%1$s.closed_at IS NULL AND %1$s.path < :high AND (%1$s.path, %1$s.id) > (:after_path, :after_id) AND %2$s".formatted(t, Territory.shopsSql(t));
    }

    private static void condition(List<String> conditions, Map<String, Object> values, String sql, String name, String value) {
        conditions.add(" AND " + sql);
        values.put(name, value);
    }

    /// The shop of an id, open or closed.
    public static Optional<StoredShop> shop(Handle handle, Territory territory, String id) {
        return shops(handle, territory, id).stream().findFirst();
    }

    /// The shops of some ids, open or closed, in no order.
    static List<StoredShop> shops(Handle handle, Territory territory, String... ids) {
        return handle.createQuery("""
                SELECT %s, coalesce(p.name, '') AS place_name, coalesce(p.name_en, '') AS place_name_en FROM shop s LEFT JOIN place p ON p.code = s.place AND %s WHERE s.id = ANY (:ids) AND %s"""
                .formatted(COLUMNS, Territory.placesSql("p"), Territory.shopsSql("s"))).bind("ids", ids).bindMap(territory.binds()).map((r, _) -> read(r)).list();
    }

    /// How many open shops a place's subtree has that may be seen, up to `most`.
    public static int count(Handle handle, Territory territory, @Nullable String placePath, int most) {
        Between in = Between.of(placePath, territory);
        return handle.createQuery("SELECT count(*) FROM (SELECT FROM shop s WHERE s.closed_at IS NULL AND s.path >= :low AND s.path < :high AND %s LIMIT :most) found".formatted(Territory.shopsSql("s")))
                .bind("low", in.low()).bind("high", in.high()).bind("most", most).bindMap(territory.binds()).mapTo(Integer.class).one();
    }

    static StoredShop read(ResultSet r) throws SQLException {
        var units = new HashMap<String, Integer>();
        Rows.numbers(r, "units_month").forEach((brand, count) -> units.put(brand, count.intValue()));
        var shop = new Shop(r.getString("id"), r.getString("name"), r.getString("name_en"), r.getString("place"), new LonLat(r.getDouble("lon"), r.getDouble("lat")),
                Rows.choice(r, "owner", Shop.Owner.class), Rows.choice(r, "format", Shop.Format.class), Rows.texts(r, "brands"), units, Rows.numbers(r, "dealer_margin_fen"), r.getInt("promoters"),
                r.getBoolean("sign"), r.getObject("closing_fen", Long.class), r.getLong("running_fen_year"), r.getDouble("break_even_units_year"),
                new Provenance(r.getString("source"), Rows.choice(r, "kind", Kind.class)));
        OffsetDateTime closed = r.getObject("closed_at", OffsetDateTime.class);
        return new StoredShop(shop, r.getString("place_name"), r.getString("place_name_en"), r.getString("path"), r.getString("distributor"), r.getObject("seed", Long.class),
                closed == null ? null : closed.toInstant(), r.getString("merged_into"), r.getObject("import_id", Long.class), r.getInt("version"));
    }
}
