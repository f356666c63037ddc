package xiaxiang.core.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import xiaxiang.core.db.Territory;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Rule;

/// Places browsed, searched and corrected, each by somebody with a territory.
@SuppressWarnings("NullAway")
class PlaceStoreTest {
    private static MapWorld world;

    @BeforeAll
    static void strew() throws SQLException {
        world = new MapWorld();
        world.strew(60, 11);
        world.facts.execute("INSERT INTO people (code, path, year, persons, income_index, source, kind, import_id) VALUES ('410329101', '41/4103/410329/410329101/', 2020, 71348, .757, 'census', 'observed', 1)",
                "INSERT INTO boundary (code, path, geojson, west, south, east, north, source, kind, import_id) VALUES ('410329', '41/4103/410329/', '{\"type\": \"Polygon\", \"coordinates\": [[[110, 33], [116, 33], [116, 37], [110, 33]]]}', 110, 33, 116, 37, 'b', 'observed', 1)",
                "UPDATE place SET name_en = 'Minggao' WHERE code = '410329101'", "UPDATE place SET name = '鸣皋村' WHERE code = '410329102201'");
    }

    @AfterAll
    static void close() throws SQLException {
        world.close();
    }

    private static List<String> codes(List<StoredPlace> places) {
        return places.stream().map(StoredPlace::code).toList();
    }

    @Test
    void theTopsAreTheTerritorys() {
        Map<String, List<String>> tops = Map.of("all", List.of("41", "42"), "province", List.of("41"), "county", List.of("410329"), "township", List.of("410329101"), "distributor", List.of("4103"));
        tops.forEach((who, expected) -> assertThat(codes(world.as(world.who(who), handle -> PlaceStore.tops(handle, world.who(who).territory(), "", 10)))).as(who).isEqualTo(expected));
    }

    @Test
    void childrenComeInPagesAndOnlyFromTheTerritory() {
        MapWorld.Seen all = world.who("all");
        var seen = new ArrayList<String>();
        for (String after = ""; ; after = seen.getLast()) {
            String from = after;
            List<StoredPlace> page = world.as(all, handle -> PlaceStore.children(handle, all.territory(), "410329101", from, 2));
            if (page.isEmpty()) break;
            seen.addAll(codes(page));
        }
        assertThat(seen).containsExactly("410329101201", "410329101202", "410329101203");
        MapWorld.Seen county = world.who("county");
        assertThat(world.list(county, handle -> PlaceStore.children(handle, county.territory(), "42", "", 10))).isEmpty();
        assertThat(codes(world.as(county, handle -> PlaceStore.children(handle, county.territory(), "4103", "", 10)))).containsExactly("410329");
        assertThat(world.one(county, handle -> PlaceStore.place(handle, county.territory(), "4103"))).isEmpty();
    }

    @Test
    void aPlaceKnowsItsWayItsPeopleAndItsBox() {
        MapWorld.Seen who = world.who("province");
        StoredPlace place = world.as(who, handle -> PlaceStore.place(handle, who.territory(), "410329")).orElseThrow();
        assertThat(place.children()).isEqualTo(2);
        assertThat(place.shops()).isEqualTo(world.shops.stream().filter(one -> one.path().startsWith("41/4103/410329/")).count());
        assertThat(world.list(who, handle -> PlaceStore.way(handle, who.territory(), place.path()))).extracting(StoredPlace.Step::code).containsExactly("41", "4103", "410329");
        assertThat(world.list(world.who("county"), handle -> PlaceStore.way(handle, world.who("county").territory(), place.path()))).extracting(StoredPlace.Step::code).containsExactly("410329");
        assertThat(world.list(who, handle -> PlaceStore.people(handle, who.territory(), "410329101"))).containsExactly(new StoredPlace.Year(2020, 71348, .757, "census", "observed"));
        StoredPlace.Bounds box = world.as(who, handle -> PlaceStore.bounds(handle, who.territory(), place.path(), place.code())).orElseThrow();
        assertThat(box.west()).isLessThanOrEqualTo(110);
        assertThat(box.north()).isGreaterThanOrEqualTo(37);
        assertThat(world.one(who, handle -> PlaceStore.boundary(handle, who.territory(), "410329"))).hasValueSatisfying(text -> assertThat(text).contains("Polygon"));
        MapWorld.Seen other = world.who("township");
        assertThat(world.one(other, handle -> PlaceStore.boundary(handle, other.territory(), "410329"))).isEmpty();
    }

    @Test
    void aWordFindsPartsOfNamesAboveTheVillagesAndBeginningsBelow() {
        assertThat(search("all", "inggao", null)).containsExactly("410329101");
        assertThat(search("all", "MING", null)).containsExactly("410329101");
        assertThat(search("all", "鸣皋", null)).containsExactly("410329102201");
        assertThat(search("all", "皋村", null)).isEmpty();
        assertThat(search("all", "410329", "county")).containsExactly("410329");
        assertThat(search("all", "4103291", null)).startsWith("410329101", "410329102").hasSize(8);
        assertThat(search("county", "42", null)).isEmpty();
        assertThat(search("distributor", "place 4103", null)).startsWith("4103").doesNotContain("410411");
        assertThat(search("all", "%", null)).isEmpty();
        assertThat(search("all", "地_", null)).isEmpty();
    }

    private static List<String> search(String who, String word, @Nullable String level) {
        MapWorld.Seen seen = world.who(who);
        var found = new ArrayList<String>();
        for (PlaceStore.Key after = PlaceStore.START; ; ) {
            PlaceStore.Key from = after;
            List<StoredPlace> page = world.as(seen, handle -> PlaceStore.search(handle, seen.territory(), word, level, from, 3));
            if (page.isEmpty()) return found;
            found.addAll(codes(page));
            StoredPlace last = page.getLast();
            after = new PlaceStore.Key(last.depth(), last.code());
        }
    }

    @Test
    void aPlaceIsCorrectedByWhoSawItAndWithinItsRegion() {
        MapWorld.Seen who = world.who("county");
        StoredPlace before = world.as(who, handle -> PlaceStore.place(handle, who.territory(), "410329102")).orElseThrow();
        Map<String, String> move = Map.of("lon", Double.toString(MapWorld.lon(before) + .001), "lat", Double.toString(MapWorld.lat(before)), "name", "鸣皋镇");
        Edited<StoredPlace> done = world.as(who, handle -> PlaceEdits.change(handle, who.territory(), "410329102", before.version(), move));
        assertThat(done).isInstanceOfSatisfying(Edited.Done.class, one -> {
            StoredPlace now = (StoredPlace) one.value();
            assertThat(now.name()).isEqualTo("鸣皋镇");
            assertThat(now.pointKind()).isEqualTo("sketch");
            assertThat(now.version()).isEqualTo(before.version() + 1);
        });
        assertThat((Object) world.as(who, handle -> PlaceEdits.change(handle, who.territory(), "410329102", before.version(), move))).isInstanceOf(Edited.Changed.class);
        assertThat((Object) world.as(who, handle -> PlaceEdits.change(handle, who.territory(), "420115001", 1, move))).isInstanceOf(Edited.Missing.class);
        Edited<StoredPlace> wrong = world.as(who, handle -> PlaceEdits.change(handle, who.territory(), "410329102", before.version() + 1, Map.of("lon", "34", "lat", "112.5", "name", " ")));
        assertThat(wrong).isInstanceOfSatisfying(Edited.Wrong.class, one -> assertThat(((Edited.Wrong<?>) one).problems()).extracting(Problem::rule).contains(Rule.OUT_OF_RANGE, Rule.REQUIRED));
        assertThat(world.one(who, handle -> PlaceStore.place(handle, Territory.everywhere(), "420115001"))).isEmpty();
    }
}
