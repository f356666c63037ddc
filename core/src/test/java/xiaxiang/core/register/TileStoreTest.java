package xiaxiang.core.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import xiaxiang.core.db.Territory;

/// Tiles against a count by hand: which shop lies in which tile, and who may see it.
@SuppressWarnings("NullAway")
class TileStoreTest {
    private static MapWorld world;

    @BeforeAll
    static void strew() throws SQLException {
        world = new MapWorld();
        world.strew(400, 7);
    }

    @AfterAll
    static void close() throws SQLException {
        world.close();
    }

    /// The textbook formula of the spherical Mercator map, written another way than the program's: ln(tan + sec).
    static Square tileOf(int zoom, double lon, double lat) {
        int n = 1 << zoom;
        double rad = Math.toRadians(Math.max(-89.9, Math.min(89.9, lat)));
        double y = (1 - Math.log(Math.tan(rad) + 1 / Math.cos(rad)) / Math.PI) / 2;
        return new Square(zoom, (int) Math.min(n - 1, Math.floor((lon + 180) / 360 * n)), (int) Math.min(n - 1, Math.max(0, Math.floor(y * n))));
    }

    private static List<MapWorld.Spot> seenBy(MapWorld.Seen who) {
        return world.shops.stream().filter(one -> who.territory().holdsShop(one.path(), one.distributor().isEmpty() ? null : one.distributor(), one.id())).toList();
    }

    @Test
    void eachShopIsInItsTileAndInNoOther() {
        for (MapWorld.Seen who : world.people) {
            List<MapWorld.Spot> seen = seenBy(who);
            assertThat(seen).isNotEmpty();
            for (int zoom : List.of(0, 3, 10, 14, 16)) check(who, seen, zoom, who.territory());
        }
    }

    @Test
    void eitherEnforcementAloneShowsTheSame() throws SQLException {
        for (MapWorld.Seen who : world.people) check(who, seenBy(who), 10, Territory.everywhere());
        world.rowLevelSecurity(false);
        try {
            for (MapWorld.Seen who : world.people) check(who, seenBy(who), 10, who.territory());
        } finally {
            world.rowLevelSecurity(true);
        }
    }

    private static void check(MapWorld.Seen who, List<MapWorld.Spot> seen, int zoom, Territory asked) {
        Set<Square> tiles = world.shops.stream().map(one -> tileOf(zoom, one.lon(), one.lat())).collect(Collectors.toSet());
        for (Square tile : tiles) {
            Set<String> expected = seen.stream().filter(one -> tileOf(zoom, one.lon(), one.lat()).equals(tile)).map(MapWorld.Spot::id).collect(Collectors.toCollection(TreeSet::new));
            List<String> found = world.as(who, handle -> TileStore.shops(handle, asked, tile)).stream().map(TileStore.ShopMark::id).toList();
            assertThat(new TreeSet<>(found)).as("%s in %s", who.name(), tile).isEqualTo(expected);
            assertThat(found).doesNotHaveDuplicates();
        }
    }

    @Test
    void thinnedTilesCountEveryShopOnce() {
        for (MapWorld.Seen who : world.people) {
            for (int zoom : List.of(0, 3, 7, 8, 9)) {
                Set<Square> tiles = world.shops.stream().map(one -> tileOf(zoom, one.lon(), one.lat())).collect(Collectors.toSet());
                for (Square tile : tiles) thinned(who, tile, who.territory());
            }
        }
    }

    private static void thinned(MapWorld.Seen who, Square tile, Territory asked) {
        List<MapWorld.Spot> inside = seenBy(who).stream().filter(one -> tileOf(tile.zoom(), one.lon(), one.lat()).equals(tile)).toList();
        List<TileStore.ShopSquare> squares = world.as(who, handle -> TileStore.thinnedShops(handle, asked, tile));
        assertThat(squares.stream().mapToLong(TileStore.ShopSquare::n).sum()).as("%s in %s", who.name(), tile).isEqualTo(inside.size());
        assertThat(squares.stream().mapToLong(TileStore.ShopSquare::own).sum()).isEqualTo(inside.stream().filter(one -> one.owner().equals("own")).count());
        assertThat(squares.stream().mapToLong(TileStore.ShopSquare::synthetic).sum()).isEqualTo(inside.stream().filter(one -> Integer.parseInt(one.id().substring(1)) % 2 == 0).count());
        assertThat(squares).hasSize((int) inside.stream().map(one -> tileOf(tile.zoom() + 5, one.lon(), one.lat())).distinct().count());
    }

    @Test
    void thinnedTilesKeepToTheTerritoryWithEitherEnforcementAlone() throws SQLException {
        Square tile = tileOf(5, 112.5, 34.4);
        for (MapWorld.Seen who : world.people) if (who.territory().shopLow() != null) thinned(who, tile, who.territory());
        world.rowLevelSecurity(false);
        try {
            for (MapWorld.Seen who : world.people) thinned(who, tile, who.territory());
        } finally {
            world.rowLevelSecurity(true);
        }
    }

    @Test
    void theTallyFollowsEveryChange() throws SQLException {
        String sums = "SELECT string_agg(row::text, ' ' ORDER BY row::text) FROM (%s) row";
        String kept = sums.formatted("SELECT path, square, own, partner, rival, observed, synthetic, lon, lat FROM shop_tally WHERE own + partner + rival > 0");
        String counted = sums.formatted("SELECT substring(path FROM '^(?:[^/]*/){1,3}') AS path, cell >> 24 AS square, count(*) FILTER (WHERE owner = 'own') AS own, count(*) FILTER (WHERE owner = 'partner') AS partner, "
                + "count(*) FILTER (WHERE owner = 'rival') AS rival, count(*) FILTER (WHERE kind = 'observed') AS observed, count(*) FILTER (WHERE kind = 'synthetic') AS synthetic, "
                + "sum(round(lon * 1e6)::bigint)::bigint AS lon, sum(round(lat * 1e6)::bigint)::bigint AS lat FROM shop WHERE closed_at IS NULL GROUP BY 1, 2");
        for (String change : List.of("SELECT 1", "UPDATE shop SET owner = 'rival' WHERE id < 's0050'", "UPDATE shop SET closed_at = now() WHERE id BETWEEN 's0020' AND 's0090'",
                "UPDATE shop SET lon = lon / 2, kind = 'sketch' WHERE id LIKE 's01%'", "UPDATE shop SET closed_at = NULL", "UPDATE shop SET name = name || '!'", "DELETE FROM shop WHERE id = 's0003'")) {
            world.facts.execute("BEGIN", change);
            assertThat(world.facts.ask(kept)).as(change).isEqualTo(world.facts.ask(counted)).isNotEmpty();
            world.facts.execute("ROLLBACK");
        }
    }

    @Test
    void placesComeByZoomAndStayInTheTerritory() {
        for (MapWorld.Seen who : world.people) {
            for (int zoom : List.of(0, 6, 7, 10, 11, 14)) {
                Set<String> levels = new HashSet<>(List.of("province", "prefecture", "county"));
                if (zoom >= 7) levels.add("township");
                if (zoom >= 11) levels.add("village");
                var found = new ArrayList<TileStore.PlaceMark>();
                Set<Square> tiles = new HashSet<>();
                for (StoredPlace one : world.as(world.who("all"), TileStoreTest::all)) tiles.add(tileOf(zoom, MapWorld.lon(one), MapWorld.lat(one)));
                for (Square tile : tiles) found.addAll(world.as(who, handle -> TileStore.places(handle, who.territory(), tile)));
                Set<String> expected = world.as(world.who("all"), TileStoreTest::all).stream().filter(one -> who.territory().holdsPlace(one.path()) && levels.contains(one.level())).map(StoredPlace::code)
                        .collect(Collectors.toSet());
                assertThat(found.stream().map(TileStore.PlaceMark::code)).as("%s zoom %d", who.name(), zoom).containsExactlyInAnyOrderElementsOf(expected);
                for (TileStore.PlaceMark one : found) assertThat(one.shops()).as(who.name() + " " + one.code())
                        .isEqualTo(seenBy(who).stream().filter(shop -> shop.path().startsWith(MapWorld.path(one.code()))).count());
            }
        }
    }

    /// The places of the world, whatever their depth.
    private static List<StoredPlace> all(Handle handle) {
        return PlaceStore.search(handle, Territory.everywhere(), "4", null, PlaceStore.START, 1_000);
    }

    @Test
    void revisionsGrowWithTheChangesOfTheirLayerOnly() throws SQLException {
        MapWorld.Seen all = world.who("all");
        long shops = world.as(all, handle -> TileStore.revision(handle, "shops"));
        long boundaries = world.as(all, handle -> TileStore.revision(handle, "boundaries"));
        world.facts.execute("UPDATE shop SET name_en = 'x' WHERE id = 's0001'");
        assertThat((long) world.as(all, handle -> TileStore.revision(handle, "shops"))).isGreaterThan(shops);
        assertThat((long) world.as(all, handle -> TileStore.revision(handle, "boundaries"))).isEqualTo(boundaries);
    }
}
