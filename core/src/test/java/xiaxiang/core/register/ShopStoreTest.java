package xiaxiang.core.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.db.Territory;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Rule;

/// Shops listed, added, changed, closed and merged, each by somebody with a territory.
@SuppressWarnings("NullAway")
class ShopStoreTest {
    private static final Map<String, String> NEW = Map.ofEntries(Map.entry("name", "镇东手机店"), Map.entry("division", "410329101"), Map.entry("datum", "WGS-84"), Map.entry("owner", "own"),
            Map.entry("format", "owner_run"), Map.entry("brands", "oppo|vivo"), Map.entry("units_month", "oppo:30"), Map.entry("closing_fen", "500"), Map.entry("source", "seen on 3 May"), Map.entry("kind", "observed"));
    private static MapWorld world;

    @BeforeAll
    static void strew() throws SQLException {
        world = new MapWorld();
        world.strew(150, 3);
    }

    @AfterAll
    static void close() throws SQLException {
        world.close();
    }

    private static List<String> pages(MapWorld.Seen who, ShopStore.Filter filter, Territory asked) {
        var found = new ArrayList<String>();
        for (ShopStore.Key after = ShopStore.START; ; ) {
            ShopStore.Key from = after;
            List<StoredShop> page = world.as(who, handle -> ShopStore.list(handle, asked, filter, from, 7));
            if (page.isEmpty()) return found;
            page.forEach(one -> found.add(one.shop().id()));
            after = new ShopStore.Key(page.getLast().path(), page.getLast().shop().id());
        }
    }

    private static List<String> expected(MapWorld.Seen who, String below, @Nullable String owner) {
        return world.shops.stream().filter(one -> who.territory().holdsShop(one.path(), one.distributor().isEmpty() ? null : one.distributor(), one.id()))
                .filter(one -> one.path().startsWith(below) && (owner == null || one.owner().equals(owner)))
                .sorted(Comparator.comparing(MapWorld.Spot::path).thenComparing(MapWorld.Spot::id)).map(MapWorld.Spot::id).toList();
    }

    @Test
    void pagesHoldEveryShopOfTheTerritoryOnceInOrder() throws SQLException {
        for (MapWorld.Seen who : world.people) {
            for (Territory asked : List.of(who.territory(), Territory.everywhere())) {
                assertThat(pages(who, ShopStore.Filter.in(null), asked).stream().filter(id -> id.startsWith("s0")).toList()).as(who.name()).isEqualTo(expected(who, "", null));
            }
            assertThat(pages(who, new ShopStore.Filter("41/4103/", "rival", null, null, null), who.territory()).stream().filter(id -> id.startsWith("s0")).toList()).as(who.name()).isEqualTo(expected(who, "41/4103/", "rival"));
        }
        world.rowLevelSecurity(false);
        try {
            for (MapWorld.Seen who : world.people) assertThat(pages(who, ShopStore.Filter.in(null), who.territory()).stream().filter(id -> id.startsWith("s0")).toList()).isEqualTo(expected(who, "", null));
        } finally {
            world.rowLevelSecurity(true);
        }
    }

    private static Map<String, String> with(String... cells) {
        var all = new HashMap<>(NEW);
        StoredPlace place = world.as(world.who("all"), handle -> PlaceStore.place(handle, Territory.everywhere(), "410329101")).orElseThrow();
        all.put("lon", Double.toString(MapWorld.lon(place)));
        all.put("lat", Double.toString(MapWorld.lat(place)));
        for (int i = 0; i < cells.length; i += 2) all.put(cells[i], cells[i + 1]);
        return all;
    }

    private static String typed(String column) {
        return Objects.requireNonNull(with().get(column));
    }

    private static Edited<StoredShop> add(MapWorld.Seen who, String... cells) {
        Map<String, String> typed = with(cells);
        return world.as(who, handle -> ShopEdits.add(handle, who.territory(), typed));
    }

    private static StoredShop added(String... cells) {
        MapWorld.Seen who = world.who("county");
        return ((Edited.Done<StoredShop>) add(who, cells)).value();
    }

    @Test
    void aShopThatIsAddedStandsThereAsTyped() {
        StoredShop shop = added();
        assertThat(shop.shop().brands()).containsExactly("oppo", "vivo");
        assertThat(shop.shop().unitsMonth()).isEqualTo(Map.of("oppo", 30));
        assertThat(shop.shop().closingFen()).isEqualTo(500);
        assertThat(shop.path()).isEqualTo("41/4103/410329/410329101/");
        assertThat(shop.divisionName()).isEqualTo("地410329101");
        assertThat(shop.version()).isEqualTo(1);
        assertThat(world.one(world.who("township"), handle -> ShopStore.shop(handle, world.who("township").territory(), shop.shop().id()))).contains(shop);
        assertThat(world.one(world.who("distributor"), handle -> ShopStore.shop(handle, world.who("distributor").territory(), shop.shop().id()))).isEmpty();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        MapWorld.Seen who = world.who("county");
        Edited<StoredShop> wrong = add(who, "name", "", "division", "420115001", "owner", "rival", "brands", "nokia", "promoters", "-1",
                "kind", "synthetic", "distributor", "D1", "units_month", "oppo:many");
        assertThat(wrong).isInstanceOf(Edited.Wrong.class);
        assertThat(((Edited.Wrong<StoredShop>) wrong).problems()).extracting(Problem::column).containsExactlyInAnyOrder("brands", "closing_fen", "distributor", "division", "kind", "name", "promoters", "units_month");
        Edited<StoredShop> far = add(who, "lon", "34.4", "lat", "89");
        assertThat(((Edited.Wrong<StoredShop>) far).problems()).extracting(Problem::rule).containsExactly(Rule.FAR_POINT);
        Edited<StoredShop> hidden = add(who, "name", "a\u202eb");
        assertThat(((Edited.Wrong<StoredShop>) hidden).problems()).extracting(Problem::rule).containsExactly(Rule.CONTROL_CHARACTER);
    }

    @Test
    void aChangeNeedsTheVersionSeenAndKeepsTheRest() {
        MapWorld.Seen who = world.who("county");
        StoredShop shop = added();
        String id = shop.shop().id();
        StoredShop now = ((Edited.Done<StoredShop>) world.as(who, handle -> ShopEdits.change(handle, who.territory(), id, 1, Map.of("promoters", "2")))).value();
        assertThat(now.shop().promoters()).isEqualTo(2);
        assertThat(now.shop().brands()).isEqualTo(shop.shop().brands());
        assertThat(now.shop().provenance()).isEqualTo(shop.shop().provenance());
        assertThat((Object) world.as(who, handle -> ShopEdits.change(handle, who.territory(), id, 1, Map.of("promoters", "3")))).isInstanceOf(Edited.Changed.class);
        MapWorld.Seen other = world.who("distributor");
        assertThat((Object) world.as(other, handle -> ShopEdits.change(handle, other.territory(), id, 2, Map.of("promoters", "3")))).isInstanceOf(Edited.Missing.class);
    }

    @Test
    void whatWasInventedBecomesASketchOrWhatSomebodySaw() {
        MapWorld.Seen who = world.who("all");
        List<StoredShop> invented = world.as(who, handle -> ShopStore.list(handle, who.territory(), new ShopStore.Filter("41/4103/410329/", null, null, "synthetic", null), ShopStore.START, 50)).stream()
                .filter(one -> one.shop().point().lon() > 112 && one.shop().point().lon() < 113 && one.shop().closingFen() == null).limit(2).toList();
        var near = Map.of("promoters", "1", "lon", typed("lon"), "lat", typed("lat"), "datum", "WGS-84");
        StoredShop sketch = ((Edited.Done<StoredShop>) world.as(who, handle -> ShopEdits.change(handle, who.territory(), invented.getFirst().shop().id(), 1, near))).value();
        assertThat(sketch.shop().provenance()).isEqualTo(new Provenance("changed by hand; before: t", Kind.SKETCH));
        var seen = new HashMap<>(near);
        seen.put("kind", "observed");
        String id = invented.getLast().shop().id();
        assertThat((Object) world.as(who, handle -> ShopEdits.change(handle, who.territory(), id, 1, seen))).isInstanceOfSatisfying(Edited.Wrong.class,
                one -> assertThat(((Edited.Wrong<?>) one).problems()).extracting(Problem::column).containsExactly("source"));
        seen.put("source", "visited");
        assertThat(((Edited.Done<StoredShop>) world.as(who, handle -> ShopEdits.change(handle, who.territory(), id, 1, seen))).value().shop().provenance()).isEqualTo(new Provenance("visited", Kind.OBSERVED));
    }

    @Test
    void anUndoGivesBackWhatNobodyMayType() {
        MapWorld.Seen who = world.who("all");
        StoredShop invented = world.as(who, handle -> ShopStore.list(handle, who.territory(), new ShopStore.Filter("41/4103/410329/", null, null, "synthetic", null), ShopStore.START, 50)).stream()
                .filter(one -> one.shop().closingFen() == null).toList().getLast();
        String id = invented.shop().id();
        var moved = Map.of("name", "moved", "division", "410329101", "lon", typed("lon"), "lat", typed("lat"), "datum", "WGS-84", "brands", "oppo|vivo");
        assertThat((Object) world.as(who, handle -> ShopEdits.change(handle, who.territory(), id, invented.version(), moved))).isInstanceOf(Edited.Done.class);
        long change = lastChange(who, id);
        MapWorld.Seen other = world.who("county");
        assertThat((Object) world.as(other, handle -> ShopEdits.undo(handle, other.territory(), id, change))).as("another's change").isInstanceOf(Edited.Missing.class);
        StoredShop back = ((Edited.Done<StoredShop>) world.as(who, handle -> ShopEdits.undo(handle, who.territory(), id, change))).value();
        assertThat(back).usingRecursiveComparison().ignoringFields("version").isEqualTo(invented);
        assertThat((Object) world.as(who, handle -> ShopEdits.undo(handle, who.territory(), id, change))).as("no longer the last").isInstanceOf(Edited.Changed.class);
        String another = added().shop().id();
        assertThat((Object) world.as(who, handle -> ShopEdits.undo(handle, who.territory(), another, change))).as("another shop's").isInstanceOf(Edited.Missing.class);
        assertThat((Object) world.as(who, handle -> ShopEdits.close(handle, who.territory(), id, back.version()))).isInstanceOf(Edited.Done.class);
        long closing = lastChange(who, id);
        assertThat((Object) world.as(who, handle -> ShopEdits.undo(handle, who.territory(), id, closing))).as("a closing").isInstanceOf(Edited.Missing.class);
        assertThat((Object) world.as(who, handle -> ShopEdits.restore(handle, who.territory(), id))).isInstanceOf(Edited.Done.class);
    }

    private static long lastChange(MapWorld.Seen who, String id) {
        return world.as(who, handle -> handle.createQuery("SELECT max(id) FROM audit WHERE table_name = 'shop' AND row_key = :id").bind("id", id).mapTo(Long.class).one());
    }

    @Test
    void aShopIsClosedWithItsHistoryAndOpenedAgain() throws SQLException {
        MapWorld.Seen who = world.who("county");
        String id = added().shop().id();
        assertThat((Object) world.as(who, handle -> ShopEdits.close(handle, who.territory(), id, 1))).isInstanceOf(Edited.Done.class);
        assertThat(pages(who, ShopStore.Filter.in(null), who.territory())).doesNotContain(id);
        assertThat(world.one(who, handle -> ShopStore.shop(handle, who.territory(), id)).orElseThrow().closedAt()).isNotNull();
        assertThat((Object) world.as(who, handle -> ShopEdits.change(handle, who.territory(), id, 2, Map.of("promoters", "3")))).isInstanceOf(Edited.Barred.class);
        assertThat((Object) world.as(who, handle -> ShopEdits.restore(handle, who.territory(), id))).isInstanceOf(Edited.Done.class);
        assertThat(pages(who, ShopStore.Filter.in(null), who.territory())).contains(id);
        assertThat(world.facts.ask("SELECT string_agg(op, ' ' ORDER BY id) FROM audit WHERE table_name = 'shop' AND row_key = '" + id + "' AND person = " + who.scope().person())).isEqualTo("insert update update");
    }

    @Test
    void aSiteIsAddedAsASketchAndTakenAway() {
        MapWorld.Seen who = world.who("all");
        var cells = new HashMap<>(Map.of("name", "镇南新店", "division", "410329101", "lon", typed("lon"), "lat", typed("lat"), "datum", "WGS-84", "action", "open", "format", "owner_run", "models_carried", "6",
                "fit_out_fen", "100"));
        cells.putAll(Map.of("running_fen_year", "5", "dealer_margin_fen", "8000", "source", "planned"));
        StoredSite site = ((Edited.Done<StoredSite>) world.as(who, handle -> SiteStore.add(handle, who.territory(), cells))).value();
        assertThat(site.site().provenance().kind()).isEqualTo(Kind.SKETCH);
        assertThat(world.list(who, handle -> SiteStore.list(handle, who.territory(), "41/4103/", ShopStore.START, 10))).contains(site);
        cells.put("action", "sign");
        cells.put("shop", added().shop().id());
        assertThat(((Edited.Wrong<StoredSite>) world.as(who, handle -> SiteStore.add(handle, who.territory(), cells))).problems()).extracting(Problem::rule).containsExactly(Rule.WRONG_SHOP);
        assertThat((Object) world.as(who, handle -> SiteStore.remove(handle, who.territory(), site.site().id(), 9))).isInstanceOf(Edited.Changed.class);
        assertThat((Object) world.as(who, handle -> SiteStore.remove(handle, who.territory(), site.site().id(), 1))).isInstanceOf(Edited.Done.class);
        assertThat(world.list(who, handle -> SiteStore.list(handle, who.territory(), "41/4103/", ShopStore.START, 10))).doesNotContain(site);
    }

    @Test
    void aMergeFillsGapsMovesWhatReferredAndIsUndoneWhole() throws SQLException {
        MapWorld.Seen who = world.who("county");
        String kept = added("brands", "oppo", "units_month", "", "closing_fen", "").shop().id();
        String given = added("brands", "vivo", "units_month", "vivo:5", "closing_fen", "").shop().id();
        world.facts.execute("INSERT INTO visit (date, place, path, shop, who, quote, source, kind, import_id) VALUES ('2017-05-03', '410329101', '41/4103/410329/410329101/', '" + given + "', 'x', 'q', 't', 'observed', 1)",
                "INSERT INTO sell_out (shop, path, brand, period, units, source, kind, import_id) VALUES ('" + given + "', '41/4103/410329/410329101/', 'vivo', '2017Q1', 3, 't', 'observed', 1)");
        String rows = "SELECT string_agg(CAST(to_jsonb(s) - '{version,updated_at}'::text[] AS text), ' ' ORDER BY id) FROM shop s WHERE id IN ('" + kept + "', '" + given + "')";
        String before = world.facts.ask(rows);
        ShopMerges.Merge merge = ((Edited.Done<ShopMerges.Merge>) world.as(who, handle -> ShopMerges.merge(handle, who.territory(), given, kept, Set.of()))).value();
        assertThat(merge.into().shop().brands()).containsExactly("oppo", "vivo");
        assertThat(merge.into().shop().unitsMonth()).isEqualTo(Map.of("vivo", 5));
        String facts = "SELECT (SELECT shop FROM visit) || ' ' || (SELECT shop FROM sell_out)";
        assertThat(world.facts.ask(facts)).isEqualTo(kept + " " + kept);
        assertThat((Object) world.as(who, handle -> ShopEdits.restore(handle, who.territory(), given))).isEqualTo(new Edited.Barred<>("shop-merged", List.of(given, kept)));
        assertThat((Object) world.as(who, handle -> ShopMerges.undo(handle, who.territory(), merge.id()))).isInstanceOf(Edited.Done.class);
        assertThat(world.facts.ask(rows)).isEqualTo(before);
        assertThat(world.facts.ask(facts)).isEqualTo(given + " " + given);
        assertThat((Object) world.as(who, handle -> ShopMerges.undo(handle, who.territory(), merge.id()))).isInstanceOf(Edited.Barred.class);
        ShopMerges.Merge again = ((Edited.Done<ShopMerges.Merge>) world.as(who, handle -> ShopMerges.merge(handle, who.territory(), given, kept, Set.of()))).value();
        world.as(who, handle -> ShopEdits.change(handle, who.territory(), kept, again.into().version(), Map.of("promoters", "4")));
        assertThat((Object) world.as(who, handle -> ShopMerges.undo(handle, who.territory(), again.id()))).isEqualTo(new Edited.Barred<>("merge-changed", List.of(kept)));
        world.facts.execute("DELETE FROM visit", "DELETE FROM sell_out");
    }

    @Test
    void aMergeLosesNothingSilently() throws SQLException {
        MapWorld.Seen who = world.who("county");
        String kept = added("units_month", "oppo:30").shop().id();
        String given = added("owner", "partner", "closing_fen", "", "units_month", "oppo:31").shop().id();
        assertThat((Object) world.as(who, handle -> ShopMerges.merge(handle, who.territory(), given, kept, Set.of()))).isEqualTo(new Edited.Barred<>("merge-contradiction", List.of("owner", "units_month")));
        world.facts.execute("INSERT INTO person (login, name, role, territory, shop) VALUES ('m" + given + "', 'x', 'shop', 'shop', '" + given + "')");
        Set<String> givenUp = Set.of("owner", "units_month");
        assertThat((Object) world.as(who, handle -> ShopMerges.merge(handle, who.territory(), given, kept, givenUp))).isEqualTo(new Edited.Barred<>("merge-account", List.of(given, kept)));
        world.facts.execute("DELETE FROM person WHERE shop = '" + given + "'", "INSERT INTO sell_out (shop, path, brand, period, units, source, kind, import_id) SELECT id, path, 'oppo', '2017Q1', 3, 't', 'observed', 1 FROM shop WHERE id IN ('"
                + given + "', '" + kept + "')");
        assertThat((Object) world.as(who, handle -> ShopMerges.merge(handle, who.territory(), given, kept, givenUp))).isEqualTo(new Edited.Barred<>("merge-sell-out", List.of(given, kept)));
        world.facts.execute("DELETE FROM sell_out");
        assertThat((Object) world.as(who, handle -> ShopMerges.merge(handle, who.territory(), given, kept, givenUp))).isInstanceOf(Edited.Done.class);
        MapWorld.Seen other = world.who("township");
        assertThat((Object) world.as(other, handle -> ShopMerges.merge(handle, other.territory(), world.shops.getFirst().id(), kept, Set.of()))).isNotInstanceOf(Edited.Done.class);
    }

    @Test
    void duplicatesAreFoundByNameAndDistanceAgainstACountByHand() throws SQLException {
        MapWorld.Seen who = world.who("all");
        String[][] spots = {{"A1", "街心手机店", "0"}, {"A2", "街心手机专卖店", "60"}, {"A3", "街心手机店", "250"}, {"A4", "别处通讯", "90"}, {"A5", "全新", "5000"}, {"A6", "全新数码", "5010"}, {"A7", "南门外", "5005"}};
        for (String[] one : spots) world.facts.execute("INSERT INTO shop (id, place, path, name, lon, lat, owner, format, brands, source, kind, import_id) VALUES ('" + one[0] + "', '410411100', '41/4104/410411/410411100/', '" + one[1] + "', "
                + (100 + Double.parseDouble(one[2]) / 111_195 / Math.cos(Math.toRadians(30))) + ", 30, 'rival', 'carrier', '{oppo}', 't', 'observed', 1)");
        List<String> found = new ArrayList<>();
        for (ShopStore.Key after = ShopStore.START; after != null; ) {
            ShopStore.Key from = after;
            ShopDuplicates.Part part = world.as(who, handle -> ShopDuplicates.list(handle, who.territory(), "41/4104/410411/", from, 1));
            part.pairs().forEach(one -> found.add(one.a().shop().id() + one.b().shop().id()));
            after = part.next();
        }
        assertThat(found.stream().filter(one -> one.matches("(A\\d){2}"))).containsExactly("A1A2", "A2A3", "A5A6");
        world.facts.execute("UPDATE shop SET kind = 'synthetic' WHERE id IN ('A5', 'A6')");
        assertThat(world.as(who, handle -> ShopDuplicates.list(handle, who.territory(), "41/4104/410411/", ShopStore.START, 100)).pairs()).extracting(one -> one.a().shop().id()).doesNotContain("A5");
        world.facts.execute("DELETE FROM shop WHERE id LIKE 'A_'");
    }

    @Test
    void namesAreComparedWithoutTheWordsOfTheTrade() {
        assertThat(NameSimilarity.of("鸣皋手机店", "鸣皋通讯")).isEqualTo(1);
        assertThat(NameSimilarity.of("East Street Phones", "east street  phone shop")).isEqualTo(1);
        assertThat(NameSimilarity.of("手机店", "手机店")).isEqualTo(1);
        assertThat(NameSimilarity.of("东街", "西巷")).isZero();
        assertThat(NameSimilarity.of("a", "b")).isZero();
        assertThat(NameSimilarity.of("night", "nacht")).isEqualTo(.25);
    }
}
