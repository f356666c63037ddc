package xiaxiang.core.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.db.Territory;

/// What lies in one tile of the web map, as far as a territory reaches.
///
/// The squares of a tile are one range of the column `cell` (the square of zoom 24, column and row interleaved), so every question is one range of a B-tree.
public final class TileStore {
    /// Up to this zoom tiles of shops are added up from the counts by county and square of zoom 12 that the database keeps; above from the rows, of which a tile then holds some ten thousand at most.
    static final int TALLIED = 7;
    /// The codes of a path that the counts are kept by.
    private static final int TALLY_CODES = 3;
    private static final int TALLY_ZOOM = 12;
    private static final int CELL_ZOOM = 24;
    /// A tile is thinned to squares of a 32nd of its side: 16 of the 512 points a tile is drawn with, about a mark's width.
    private static final int THINNED = 5;
    private static final int FETCHED = 100;

    private TileStore() {}

    /// A place on the map. `kind` is what its row is worth, `pointKind` its point.
    public record PlaceMark(String code, String name, String nameEn, String level, double lon, double lat, @Nullable Long persons, long shops, long ownShops, String kind, String pointKind) {}

    /// A shop on the map.
    public record ShopMark(String id, String name, String nameEn, double lon, double lat, String owner, String format, List<String> brands, String kind) {
        public ShopMark {
            brands = List.copyOf(brands);
        }
    }

    /// The shops of a square, at their middle.
    public record ShopSquare(double lon, double lat, long own, long partner, long rival, long observed, long synthetic) {
        /// How many there are.
        public long n() {
            return own + partner + rival;
        }

        /// What they are worth: the one kind they all are of, else mixed.
        public String kind() {
            return observed == n() ? "observed" : synthetic == n() ? "synthetic" : "mixed";
        }
    }

    /// A place that has a boundary.
    public record Bounded(String code, String name, String nameEn, String kind) {}

    /// How often what some layers (places, shops, boundaries) are drawn from was changed: the same number, the same tile.
    public static long revision(Handle handle, String... layers) {
        return handle.createQuery("SELECT coalesce(sum(n), 0) FROM revision WHERE layer = ANY (:layers)").bind("layers", layers).mapTo(Long.class).one();
    }

    /// The places in a square: to zoom 6 those above the townships, from 7 the townships too, from 11 the villages too. That keeps a tile of the nation below some 3,000 marks.
    public static List<PlaceMark> places(Handle handle, Territory territory, Square square) {
        String levels = square.zoom() >= 11 ? "p.cell IS NOT NULL" : square.zoom() >= 7 ? "p.level <> 'village'" : "p.level NOT IN ('village', 'township')";
        boolean all = territory.shopLow() != null;
        String counts = all ? "place_count c ON c.code = p.code AND " + Territory.insideSql("c")
                : "LATERAL (SELECT count(*) AS shops, count(*) FILTER (WHERE m.owner = 'own') AS own_shops FROM mine m WHERE m.path >= p.path AND m.path < path_end(p.path)) c ON true";
        String mine = all ? "" : "WITH mine AS MATERIALIZED (SELECT s.path, s.owner FROM shop s WHERE s.closed_at IS NULL AND " + Territory.shopsSql("s") + ") ";
        return handle.createQuery(mine + """
                SELECT p.code, p.name, p.name_en, p.level, p.lon, p.lat, p.persons, coalesce(c.shops, 0), coalesce(c.own_shops, 0), p.kind, coalesce(p.point_kind, p.kind)
                FROM place p LEFT JOIN %s WHERE %s AND p.cell >= :low AND p.cell < :high AND p.valid_to IS NULL AND %s ORDER BY p.depth, p.code"""
                .formatted(counts, levels, Territory.placesSql("p"))).bind("low", square.low(CELL_ZOOM)).bind("high", square.high(CELL_ZOOM)).bindMap(territory.binds())
                .map((r, _) -> new PlaceMark(r.getString(1), r.getString(2), r.getString(3), r.getString(4), r.getDouble(5), r.getDouble(6), r.getObject(7, Long.class), r.getLong(8), r.getLong(9),
                        r.getString(10), r.getString(11))).list();
    }

    /// The open shops in a square, one by one.
    public static List<ShopMark> shops(Handle handle, Territory territory, Square square) {
        return handle.createQuery("""
                SELECT s.id, s.name, s.name_en, s.lon, s.lat, s.owner, s.format, s.brands, s.kind FROM shop s
                WHERE s.closed_at IS NULL AND s.cell >= :low AND s.cell < :high AND %s ORDER BY s.cell, s.id""".formatted(Territory.shopsSql("s")))
                .bind("low", square.low(CELL_ZOOM)).bind("high", square.high(CELL_ZOOM)).bindMap(territory.binds())
                .map((r, _) -> new ShopMark(r.getString(1), r.getString(2), r.getString(3), r.getDouble(4), r.getDouble(5), r.getString(6), r.getString(7), Rows.texts(r, "brands"), r.getString(9))).list();
    }

    /// The open shops in a square, added up in its 1,024 parts.
    public static List<ShopSquare> thinnedShops(Handle handle, Territory territory, Square square) {
        return (square.zoom() <= TALLIED && tallied(territory) ? fromTally(handle, territory, square) : fromRows(handle, territory, square)).list();
    }

    /// Whether the counts hold just what the territory does: not for a distributor or a shop, nor for a place below those the counts are kept by.
    private static boolean tallied(Territory territory) {
        return territory.shopLow() != null && territory.shopLow().chars().filter(c -> c == '/').count() <= TALLY_CODES;
    }

    private static ResultIterable<ShopSquare> fromTally(Handle handle, Territory territory, Square square) {
        return handle.createQuery("""
                SELECT sum(lon) / 1e6 / sum(own + partner + rival), sum(lat) / 1e6 / sum(own + partner + rival), sum(own), sum(partner), sum(rival), sum(observed), sum(synthetic), t.square >> :bits AS part
                FROM shop_tally t WHERE t.square >= :low AND t.square < :high AND %s GROUP BY part HAVING sum(own + partner + rival) > 0 ORDER BY part"""
                .formatted(Territory.insideSql("t"))).bind("low", square.low(TALLY_ZOOM)).bind("high", square.high(TALLY_ZOOM)).bind("bits", 2 * (TALLY_ZOOM - square.zoom() - THINNED))
                .bindMap(territory.binds()).map((r, _) -> square(r));
    }

    private static ResultIterable<ShopSquare> fromRows(Handle handle, Territory territory, Square square) {
        return handle.createQuery("""
                SELECT avg(s.lon), avg(s.lat), count(*) FILTER (WHERE owner = 'own'), count(*) FILTER (WHERE owner = 'partner'), count(*) FILTER (WHERE owner = 'rival'),
                  count(*) FILTER (WHERE kind = 'observed'), count(*) FILTER (WHERE kind = 'synthetic'), s.cell >> :bits AS part
                FROM shop s WHERE s.closed_at IS NULL AND s.cell >= :low AND s.cell < :high AND %s GROUP BY part ORDER BY part"""
                .formatted(Territory.shopsSql("s"))).bind("low", square.low(CELL_ZOOM)).bind("high", square.high(CELL_ZOOM)).bind("bits", 2 * (CELL_ZOOM - square.zoom() - THINNED))
                .bindMap(territory.binds()).map((r, _) -> square(r));
    }

    private static ShopSquare square(ResultSet r) throws SQLException {
        return new ShopSquare(r.getDouble(1), r.getDouble(2), r.getLong(3), r.getLong(4), r.getLong(5), r.getLong(6), r.getLong(7));
    }

    /// The places whose boundaries touch a box in degrees and are at least `least` degrees wide or high: smaller ones are no more than a dot.
    public static List<Bounded> bounded(Handle handle, Territory territory, StoredPlace.Bounds box, double least) {
        return handle.createQuery("""
                SELECT b.code, coalesce(p.name, ''), coalesce(p.name_en, ''), b.kind FROM boundary b LEFT JOIN place p ON p.code = b.code AND %s
                WHERE b.west <= :east AND b.east >= :west AND b.south <= :north AND b.north >= :south AND (b.east - b.west >= :least OR b.north - b.south >= :least) AND %s ORDER BY b.path"""
                .formatted(Territory.placesSql("p"), Territory.placesSql("b"))).bind("west", box.west()).bind("south", box.south()).bind("east", box.east()).bind("north", box.north()).bind("least", least)
                .bindMap(territory.binds()).map((r, _) -> new Bounded(r.getString(1), r.getString(2), r.getString(3), r.getString(4))).list();
    }

    /// Hands over the boundaries of some places one by one, a hundred fetched at a time: code and GeoJSON geometry.
    public static void geometries(Handle handle, Territory territory, List<String> codes, BiConsumer<String, String> each) {
        try (var found = handle.createQuery("SELECT b.code, CAST(b.geojson AS text) FROM boundary b WHERE b.code = ANY (:codes) AND %s".formatted(Territory.placesSql("b"))).bindArray("codes", String.class, codes)
                .bindMap(territory.binds()).setFetchSize(FETCHED).map((r, _) -> Map.entry(r.getString(1), r.getString(2))).stream()) {
            found.forEach(one -> each.accept(one.getKey(), one.getValue()));
        }
    }
}
