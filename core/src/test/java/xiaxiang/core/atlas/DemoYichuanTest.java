package xiaxiang.core.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;

/// The retyped facts of the demo county: sound in themselves, and equal to the shared tables where those lie beside the project.
class DemoYichuanTest {
    @Test
    void townshipsAddUpToTheCounty() {
        Map<String, Long> persons = new TreeMap<>();
        for (Row row : DemoFacts.rows("people")) persons.put(row.text("code"), row.whole("persons", 0, 1L << 40));
        assertThat(persons).hasSize(16).containsEntry("410329", 792_841L);
        assertThat(persons.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(2 * 792_841L);
    }

    @Test
    void divisionsHangTogether() {
        List<Row> rows = DemoFacts.rows("divisions");
        var codes = new HashSet<String>();
        for (Row row : rows) assertThat(codes.add(row.text("code"))).as(row.text("code")).isTrue();
        assertThat(rows).filteredOn(row -> row.text("level").equals("township")).hasSize(15).allMatch(row -> row.has("name_en") && row.has("lon"));
        assertThat(rows).filteredOn(row -> row.text("point_kind").equals("sketch")).hasSize(4);
        assertThat(rows).filteredOn(row -> row.text("level").equals("village")).hasSize(367)
                .allMatch(row -> codes.contains(row.text("parent")) && row.text("code").startsWith(row.text("parent")) && row.text("kind")
                        .equals("modelled"));
    }

    @Test
    void assumedOnlineSharesFitTheMarket() {
        Atlas facts = DemoFacts.county();
        Map<String, Double> shares = facts.market().stream().filter(one -> one.table().equals("Counterpoint") && one.period()
                .equals("2017Q1") && one.sharePct() != null)
                .collect(Collectors.toMap(MarketFact::brand, one -> one.sharePct() == null ? 0 : one.sharePct()));
        assertThat(shares.keySet()).as("the brands are those of the table").isEqualTo(facts.brands().stream().map(Brand::id).collect(Collectors.toSet()));
        double online = facts.brands().stream().mapToDouble(one -> one.onlineShare() * shares.getOrDefault(one.id(), 0.0)).sum();
        assertThat(online).as("percent of the market sold online").isBetween(24.9, 25.1);
        assertThat(facts.brands()).filteredOn(Brand::rest).extracting(Brand::id).containsExactly("Others");
    }

    @Test
    void assumptionsAreNeverObserved() {
        for (String table : List.of("brands", "models", "channels", "people", "visits")) {
            assertThat(DemoFacts.rows(table)).as(table).allMatch(row -> !(row.text("source").startsWith("assumption") || row.text("source")
                    .startsWith("example")) || !row.text("kind").equals("observed"));
        }
        assertThat(DemoFacts.rows("models")).allMatch(row -> row.text("kind").equals("sketch"));
        assertThat(DemoFacts.rows("market")).allMatch(row -> row.text("source").startsWith("http"));
    }

    @Test
    void synthesisGivesAbout200Shops() {
        for (long seed = 0; seed < 20; seed++) {
            Atlas county = ShopSynthesis.add(DemoFacts.county(), "Xiaomi", seed);
            assertThat(county.shops()).as("seed %d", seed).hasSizeBetween(180, 220).allMatch(one -> one.provenance().kind() == Kind.SYNTHETIC);
            assertThat(county.shops()).as("seed %d", seed).filteredOn(one -> one.owner() == Shop.Owner.OWN).extracting(Shop::nameEn)
                    .containsExactly("Authorised shop, Chengguan");
            assertThat(county.sites()).as("seed %d", seed).allMatch(one -> one.breakEvenUnitsYear() > 0 && one.modelsCarried() <= 5
                    && one.fitOutFen() > 0);
        }
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        Atlas county = DemoFacts.county();
        for (long seed = 0; seed < 5; seed++) {
            Atlas once = ShopSynthesis.add(county, "Xiaomi", seed);
            Atlas again = ShopSynthesis.add(Trees.shuffled(county, seed), "Xiaomi", seed);
            assertThat(again.shops()).as("seed %d", seed).isEqualTo(once.shops());
            assertThat(again.sites()).as("seed %d", seed).isEqualTo(once.sites());
        }
    }

    @Test
    void divisionsAndPeopleEqualTheNationalAtlas() {
        Atlas national = SharedAtlas.region("410329");
        Atlas demo = DemoFacts.county();
        assertThat(demo.divisions()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("nameEn", "provenance").isEqualTo(national.divisions());
        assertThat(demo.people()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("provenance").isEqualTo(national.people());
    }

    @Test
    void marketRowsEqualTheSharedTable() {
        List<String> demo = DemoFacts.rows("market").stream().map(row -> line(row, "place", "period", "table", "brand", "share_pct", "units_million",
                "source")).toList();
        // Twice a page gives the top five together: there the demo has the others, computed.
        assertThat(demo).hasSize(150).isEqualTo(shared("facts_smartphone_market").stream().filter(row -> row.text("period").matches("201[67].*"))
                .map(row -> line(row, "geo", "period", "source", "brand", "share_pct", "shipments_m", "url").replace("Top5 76.0", "Others 24.0")
                        .replace("Top5 75.6", "Others 24.4")).toList());
    }

    @Test
    void channelRowsEqualTheSharedTablesAndNothingUnverifiedIsAmongThem() {
        var shared = new HashSet<String>();
        for (Row row : shared("facts_phone_channels_cn")) for (String brand : row.text("brand")
                .split("\\+", -1)) shared.add(key(row, brand.equals("market") ? "" : brand));
        for (Row row : shared("facts_online_retail_cn")) if (!row.text("status").contains("memory")) shared.add(key(row, ""));
        assertThat(DemoFacts.rows("channels").stream().filter(row -> !row.text("measure").matches("population|.*carrying the brand"))
                .map(row -> key(row, row.text("brand")))).hasSize(24).isSubsetOf(shared);
    }

    @Test
    void theOutlineEqualsTheSharedOne() throws Exception {
        String ours = Files.readString(SharedAtlas.demo().resolve("boundaries.geojson"));
        String shared = Files.readString(SharedAtlas.folder().resolve("yichuan_county.geojson"));
        assertThat(vertices(ours)).hasSize(47).isEqualTo(vertices(shared));
    }

    private static List<String> vertices(String json) {
        return Pattern.compile("\\[-?\\d+\\.\\d+, -?\\d+\\.\\d+]").matcher(json).results().map(MatchResult::group).toList();
    }

    private static String key(Row row, String brand) {
        return row.text("period") + " " + brand + " " + row.text("value") + " " + row.text("source");
    }

    private static String line(Row row, String... columns) {
        return Arrays.stream(columns).map(row::text).collect(Collectors.joining(" "));
    }

    private static List<Row> shared(String table) {
        var rows = new ArrayList<Row>();
        var problems = new Problems();
        CsvFile.read(SharedAtlas.folder(), table, Columns.of("period").ignoringOthers(), problems, rows::add);
        assertThat(problems.text(Locale.ENGLISH)).isEmpty();
        return rows;
    }
}
