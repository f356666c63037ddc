package xiaxiang.core.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xiaxiang.core.door.Problems;
import xiaxiang.core.field.VisitsFile;

class WorkspaceFilesTest {
    @TempDir
    Path folder;
    private final Problems problems = new Problems();

    private Atlas read(Map<String, String> files) throws IOException {
        GoodWorkspace.write(folder, files);
        Atlas atlas = WorkspaceFiles.read(folder, problems);
        VisitsFile.read(folder, atlas, problems);
        return atlas;
    }

    private List<String> found() {
        return problems.list().stream().map(p -> p.file() + " " + p.row() + " " + p.column() + " " + p.rule()).toList();
    }

    @Test
    void readsAGoodWorkspace() throws IOException {
        Atlas atlas = read(GoodWorkspace.files());
        assertThat(problems.text(Locale.ENGLISH)).isEmpty();
        assertThat(atlas.levels()).containsExactly("county", "township", "village");
        assertThat(atlas.people()).extracting(People::code).as("old codes are today's").containsExactly("41", "4101", "4102", "410101");
        assertThat(atlas.divisions().get(4).parent()).isEqualTo("4102");
        assertThat(atlas.shops()).extracting(Shop::division).containsExactly("4101", "4102");
        assertThat(atlas.sites()).hasSize(3);
        assertThat(atlas.market()).hasSize(4);
        assertThat(atlas.boundaries()).contains("FeatureCollection");
        var gcj = Objects.requireNonNull(atlas.divisions().get(1).point());
        assertThat(gcj.lon()).as("GCJ-02 is converted").isCloseTo(112.424, within(0.002)).isNotEqualTo(112.43);
        assertThat(VisitsFile.read(folder, atlas, problems)).singleElement().satisfies(visit -> assertThat(visit.division()).isEqualTo("4102"));
    }

    @Test
    void readsEveryEncodingAlike() throws IOException {
        Atlas plain = read(GoodWorkspace.files());
        for (Map.Entry<String, String> file : GoodWorkspace.files().entrySet()) {
            if (file.getKey().endsWith(".csv")) Files.write(folder.resolve(file.getKey()), file.getValue().getBytes(Charset.forName("GB18030")));
        }
        assertThat(WorkspaceFiles.read(folder, problems)).isEqualTo(plain);
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void needsOnlyTheMandatoryFiles() throws IOException {
        Map<String, String> files = GoodWorkspace.files();
        files.keySet().retainAll(List.of("divisions.csv", "people.csv", "brands.csv", "models.csv", "market.csv"));
        read(files);
        assertThat(problems.isEmpty()).isTrue();
        WorkspaceFiles.read(folder.resolve("nothing"), problems);
        assertThat(found()).containsExactly("brands.csv 0  MISSING_FILE", "divisions.csv 0  MISSING_FILE", "market.csv 0  MISSING_FILE",
                "models.csv 0  MISSING_FILE", "people.csv 0  MISSING_FILE");
    }

    /// file | text to replace (its first place) | replacement | row | column | rule
    @ParameterizedTest(name = "{0}: {1} -> {2}: {5}")
    @CsvSource(delimiter = '~', ignoreLeadingAndTrailingWhitespace = true, emptyValue = "", nullValues = "NULL", textBlock = """
            divisions.csv ~ '410201,西村'  ~ '410101,西村' ~ 6 ~ code ~ DUPLICATE_KEY
            divisions.csv ~ '410101,东村' ~ ',东村' ~ 5 ~ code ~ REQUIRED
            divisions.csv ~ '东村,East' ~ ',East' ~ 5 ~ name ~ REQUIRED
            divisions.csv ~ 'village,4101' ~ ',4101' ~ 5 ~ level ~ REQUIRED
            divisions.csv ~ 'village,4101' ~ 'village,4777' ~ 5 ~ parent ~ UNKNOWN_DIVISION
            divisions.csv ~ 'village,4101' ~ 'village,410101' ~ 5 ~ parent ~ CYCLE
            divisions.csv ~ 'village,4101' ~ 'village,41' ~ 5 ~ level ~ LEVEL_DEPTH
            divisions.csv ~ 'East,village' ~ 'East,hamlet' ~ 6 ~ level ~ LEVEL_DEPTH
            divisions.csv ~ 'county,,county_town' ~ 'county,,city_town' ~ 2 ~ tier ~ NOT_A_CHOICE
            divisions.csv ~ '4101,township,220' ~ '4101,township,999' ~ 5 ~ urban_rural ~ OUT_OF_RANGE
            divisions.csv ~ '4101,township,220' ~ '4101,township,2x0' ~ 5 ~ urban_rural ~ NOT_A_WHOLE_NUMBER
            divisions.csv ~ '112.44,34.42' ~ '34.42,112.44' ~ 5 ~ lat ~ OUT_OF_RANGE
            divisions.csv ~ '112.44,34.42' ~ '112.44,' ~ 5 ~ lat ~ REQUIRED
            divisions.csv ~ '112.44,34.42' ~ 'NaN,34.42' ~ 5 ~ lon ~ NOT_A_NUMBER
            divisions.csv ~ '112.44,34.42' ~ '113.44,34.42' ~ 5 ~ lon ~ FAR_POINT
            divisions.csv ~ '112.44,34.42' ~ '112.70,34.42' ~ 5 ~ lon ~ OUTSIDE_BOUNDARY
            divisions.csv ~ '34.42,WGS-84' ~ '34.42,' ~ 5 ~ datum ~ NO_DATUM
            divisions.csv ~ '34.42,WGS-84' ~ '34.42,WGS-72' ~ 5 ~ datum ~ NOT_A_CHOICE
            divisions.csv ~ 'WGS-84,modelled' ~ 'WGS-84,' ~ 5 ~ point_kind ~ REQUIRED
            divisions.csv ~ '1950-01-01' ~ '2011-01-01' ~ 7 ~ valid_from ~ DATES_REVERSED
            divisions.csv ~ '1950-01-01' ~ '1950-13-01' ~ 7 ~ valid_from ~ NOT_A_DATE
            divisions.csv ~ '2010-12-31' ~ '31/12/2010' ~ 7 ~ valid_to ~ NOT_A_DATE
            divisions.csv ~ '31,4102,gazette' ~ '31,4102|4177,gazette' ~ 7 ~ successors ~ UNKNOWN_DIVISION
            divisions.csv ~ '31,4102,gazette' ~ '31,4199,gazette' ~ 7 ~ successors ~ CYCLE
            divisions.csv ~ '31,4102,gazette' ~ '31,4102|4102,gazette' ~ 7 ~ successors ~ REPEATED_ITEM
            divisions.csv ~ '31,4102,gazette' ~ '31,4102|4101,gazette' ~ 6 ~ parent ~ SPLIT_CODE
            divisions.csv ~ 'gazette,observed' ~ ',observed' ~ 7 ~ source ~ REQUIRED
            divisions.csv ~ 'gazette,observed' ~ 'gazette,' ~ 7 ~ kind ~ REQUIRED
            divisions.csv ~ 'gazette,observed' ~ 'gazette,guessed' ~ 7 ~ kind ~ NOT_A_CHOICE
            divisions.csv ~ 'code,name,name_en' ~ 'code,nmae,name_en' ~ 1 ~ name ~ MISSING_COLUMN
            divisions.csv ~ 'name_en,level' ~ 'english,level' ~ 1 ~ english ~ UNKNOWN_COLUMN
            divisions.csv ~ 'name_en,level' ~ 'name,level' ~ 1 ~ name ~ DUPLICATE_COLUMN
            people.csv ~ '4101,2020' ~ '4188,2020' ~ 3 ~ code ~ UNKNOWN_DIVISION
            people.csv ~ '4101,2020' ~ '41,2020' ~ 3 ~ code ~ DUPLICATE_KEY
            people.csv ~ '4101,2020,600' ~ '4101,2020,601' ~ 2 ~ persons ~ CHILDREN_DIFFER
            people.csv ~ '410101,2020,300' ~ '410101,2020,700' ~ 3 ~ persons ~ CHILDREN_EXCEED
            people.csv ~ '4199,2020,400' ~ '4101,2019,400' ~ NULL ~ NULL ~ NULL
            people.csv ~ '4101,2020,600' ~ '4101,2020,-600' ~ 3 ~ persons ~ OUT_OF_RANGE
            people.csv ~ '4101,2020,600' ~ '4101,2020,6e2' ~ 3 ~ persons ~ NOT_A_WHOLE_NUMBER
            people.csv ~ '4101,2020,600' ~ '4101,2020,"1,600"' ~ 3 ~ persons ~ NOT_A_WHOLE_NUMBER
            people.csv ~ '600,1.1' ~ '600,0' ~ 3 ~ income_index ~ OUT_OF_RANGE
            people.csv ~ '600,1.1' ~ '600,Infinity' ~ 3 ~ income_index ~ NOT_A_NUMBER
            people.csv ~ '4101,2020' ~ '4101,20200' ~ 3 ~ year ~ OUT_OF_RANGE
            people.csv ~ '600,1.1,census' ~ '600,1.1' ~ 3 ~ '' ~ ROW_TOO_SHORT
            people.csv ~ '600,1.1,census' ~ '600,1.1,census,x' ~ 3 ~ '' ~ ROW_TOO_LONG
            brands.csv ~ '#5b9a86' ~ 'green' ~ 3 ~ colour ~ NOT_A_COLOUR
            brands.csv ~ '0.1,false' ~ '1.1,false' ~ 3 ~ online_share ~ OUT_OF_RANGE
            brands.csv ~ '0.1,false' ~ '0.1,perhaps' ~ 3 ~ rest ~ NOT_A_FLAG
            brands.csv ~ '0.2,true' ~ '0.2,false' ~ 4 ~ id ~ BRAND_WITHOUT_MODEL
            brands.csv ~ 'rest,其他' ~ 'mi,其他' ~ 4 ~ id ~ DUPLICATE_KEY
            models.csv ~ 'mi,A' ~ 'xiaomi,A' ~ 2 ~ brand ~ UNKNOWN_BRAND
            models.csv ~ '69900' ~ '0' ~ 2 ~ price_fen ~ OUT_OF_RANGE
            models.csv ~ '5600' ~ '-1' ~ 2 ~ brand_margin_fen ~ OUT_OF_RANGE
            models.csv ~ 'A,entry' ~ 'A,' ~ 2 ~ band ~ REQUIRED
            models.csv ~ 'oppo,R9' ~ 'mi,A' ~ 3 ~ model ~ DUPLICATE_KEY
            shops.csv ~ 's2,镇东' ~ 's1,镇东' ~ 3 ~ id ~ DUPLICATE_KEY
            shops.csv ~ 'Mi Home,4101' ~ 'Mi Home,9999' ~ 2 ~ division ~ UNKNOWN_DIVISION
            shops.csv ~ 'Mi Home,4101' ~ 'Mi Home,' ~ 2 ~ division ~ REQUIRED
            shops.csv ~ '34.41,WGS-84' ~ '34.41,' ~ 2 ~ datum ~ NO_DATUM
            shops.csv ~ '112.43,34.41' ~ '112.43,35.41' ~ 2 ~ lon ~ FAR_POINT
            shops.csv ~ '112.43,34.41' ~ '112.43,34.82' ~ 2 ~ lon ~ OUTSIDE_BOUNDARY
            shops.csv ~ 'rival,owner_run' ~ 'enemy,owner_run' ~ 3 ~ owner ~ NOT_A_CHOICE
            shops.csv ~ 'rival,owner_run' ~ 'rival,kiosk' ~ 3 ~ format ~ NOT_A_CHOICE
            shops.csv ~ 'oppo|rest' ~ 'opo|rest' ~ 3 ~ brands ~ UNKNOWN_BRAND
            shops.csv ~ 'oppo|rest' ~ '' ~ 3 ~ brands ~ REQUIRED
            shops.csv ~ 'oppo:30' ~ 'huawei:30' ~ 3 ~ units_month ~ UNKNOWN_BRAND
            shops.csv ~ 'oppo:30' ~ 'oppo30' ~ 3 ~ units_month ~ NOT_A_MAP
            shops.csv ~ 'oppo:30' ~ 'oppo:-3' ~ 3 ~ units_month ~ OUT_OF_RANGE
            shops.csv ~ 'oppo:15000' ~ 'oppo:15000|oppo:1' ~ 3 ~ dealer_margin_fen ~ REPEATED_ITEM
            shops.csv ~ '1,true,,0' ~ '1,true,7,0' ~ 3 ~ closing_fen ~ NOT_OWN
            shops.csv ~ '1,true,,0' ~ '1,true,,-5' ~ 3 ~ running_fen_year ~ OUT_OF_RANGE
            shops.csv ~ '1,true,,0' ~ '1,true,,' ~ 3 ~ running_fen_year ~ REQUIRED
            sites.csv ~ 'c2,签约' ~ 'c1,签约' ~ 3 ~ id ~ DUPLICATE_KEY
            sites.csv ~ 'New,4102' ~ 'New,77' ~ 2 ~ division ~ UNKNOWN_DIVISION
            sites.csv ~ 'open,,' ~ 'open,s1,' ~ 2 ~ shop ~ WRONG_SHOP
            sites.csv ~ 'sign,s2' ~ 'sign,s1' ~ 3 ~ shop ~ WRONG_SHOP
            sites.csv ~ 'sign,s2' ~ 'sign,s9' ~ 3 ~ shop ~ UNKNOWN_SHOP
            sites.csv ~ 'sign,s2' ~ 'sign,' ~ 3 ~ shop ~ REQUIRED
            sites.csv ~ 'upgrade,s1' ~ 'upgrade,s2' ~ 4 ~ shop ~ WRONG_SHOP
            sites.csv ~ 'open,,' ~ 'demolish,,' ~ 2 ~ action ~ NOT_A_CHOICE
            sites.csv ~ '5000000' ~ '-5000000' ~ 2 ~ fit_out_fen ~ OUT_OF_RANGE
            sites.csv ~ 'true,8,' ~ 'true,0,' ~ 2 ~ models_carried ~ OUT_OF_RANGE
            channels.csv ~ '12.6' ~ '12.6%' ~ 2 ~ value ~ NOT_A_NUMBER
            channels.csv ~ 'pct' ~ '' ~ 2 ~ unit ~ REQUIRED
            market.csv ~ '13.7' ~ '113.7' ~ 2 ~ share_pct ~ OUT_OF_RANGE
            market.csv ~ '13.7' ~ '23.7' ~ 4 ~ share_pct ~ SHARES_EXCEED
            market.csv ~ 'IDC,OPPO' ~ 'IDC,Xiaomi' ~ 3 ~ brand ~ DUPLICATE_KEY
            market.csv ~ '15.7' ~ '-15.7' ~ 2 ~ units_million ~ OUT_OF_RANGE
            market.csv ~ '15.7,0.1' ~ '15.7,' ~ 2 ~ rounding_pct ~ REQUIRED
            market.csv ~ '15.7,0.1,2' ~ '15.7,0.1,0' ~ 2 ~ lists_top ~ OUT_OF_RANGE
            market.csv ~ '15.7,0.1,2' ~ '15.7,0.1,101' ~ 2 ~ lists_top ~ OUT_OF_RANGE
            market.csv ~ '15.7,0.1,2' ~ '15.7,0.1,1.5' ~ 2 ~ lists_top ~ NOT_A_WHOLE_NUMBER
            market.csv ~ '15.7,0.1,2' ~ '15.7,0.1,five' ~ 2 ~ lists_top ~ NOT_A_WHOLE_NUMBER
            market.csv ~ '15.7,0.1,2' ~ '15.7,0.1,' ~ 3 ~ lists_top ~ LISTS_DIFFER
            market.csv ~ '18.8,,0.1,2' ~ '18.8,,0.1,3' ~ 3 ~ lists_top ~ LISTS_DIFFER
            market.csv ~ '18.8,,0.1,2' ~ '18.8,,0.1,' ~ 3 ~ lists_top ~ LISTS_DIFFER
            market.csv ~ 'IDC,OPPO' ~ 'IDC,Top1' ~ 2 ~ lists_top ~ LISTS_TOO_FEW
            visits.csv ~ '4199,s2' ~ '4198,s2' ~ 2 ~ division ~ UNKNOWN_DIVISION
            visits.csv ~ '4199,s2' ~ '4199,s3' ~ 2 ~ shop ~ UNKNOWN_SHOP
            visits.csv ~ 'owner,' ~ 'Mr Wang,' ~ 2 ~ who ~ NOT_A_CHOICE
            visits.csv ~ 'oppo,13000' ~ 'opo,13000' ~ 2 ~ brand ~ UNKNOWN_BRAND
            visits.csv ~ '2017-03-15' ~ 'March' ~ 2 ~ date ~ NOT_A_DATE
            boundaries.geojson ~ '"41"' ~ '"42"' ~ 0 ~ features[0].properties.code ~ UNKNOWN_DIVISION
            boundaries.geojson ~ '"code":"41"' ~ '"id":"41"' ~ 0 ~ features[0].properties.code ~ REQUIRED
            boundaries.geojson ~ '"Polygon"' ~ '"Point"' ~ 0 ~ features[0].geometry ~ NOT_A_POLYGON
            boundaries.geojson ~ '[112.2,34.2],' ~ '["x",34.2],' ~ 0 ~ features[0].geometry ~ BAD_RING
            boundaries.geojson ~ '[112.2,34.2],' ~ '[1122,34.2],' ~ 0 ~ features[0].geometry ~ BAD_RING
            boundaries.geojson ~ 'FeatureCollection' ~ 'Feature' ~ 0 ~ '' ~ BAD_GEOJSON
            boundaries.geojson ~ '}}]}' ~ '}}' ~ 3 ~ '' ~ BAD_GEOJSON
            """)
    void namesTheOneMistake(String file, String old, String spoilt, @Nullable String row,
            @Nullable String column, @Nullable String rule) throws IOException {
        Map<String, String> files = GoodWorkspace.files();
        String text = files.getOrDefault(file, "");
        int at = text.indexOf(old);
        assertThat(at).as("'%s' stands in %s", old, file).isNotNegative();
        files.put(file, text.substring(0, at) + spoilt + text.substring(at + old.length()));
        read(files);
        if (rule == null) assertThat(found()).isEmpty();
        else assertThat(found()).contains(file + " " + row + " " + column + " " + rule);
        assertThat(problems.count()).as("no avalanche: %s", found()).isLessThanOrEqualTo(5);
    }

    @Test
    void namesAllMistakesAtOnce() throws IOException {
        Map<String, String> files = GoodWorkspace.files();
        files.replaceAll((name, text) -> name.equals("sites.csv") ? text.replace("5000000", "-1").replace("sign,s2", "sign,s1")
                : name.equals("people.csv") ? text.replace("2020,600", "2020,x") : name.equals("market.csv") ? text.replace("18.8", "NaN") : text);
        files.put("shop.csv", "id\n");
        read(files);
        assertThat(found()).containsExactly("market.csv 3 share_pct NOT_A_NUMBER", "people.csv 3 persons NOT_A_WHOLE_NUMBER",
                "shop.csv 0  MISNAMED_FILE", "sites.csv 2 fit_out_fen OUT_OF_RANGE", "sites.csv 3 shop WRONG_SHOP");
    }

    @Test
    void writesATemplateThatOnlyWantsRows() throws IOException {
        Path made = folder.resolve("new");
        WorkspaceTemplate.write(made);
        Atlas atlas = WorkspaceFiles.read(made, problems);
        VisitsFile.read(made, atlas, problems);
        assertThat(found()).containsExactly("brands.csv 0  NO_ROWS", "divisions.csv 0  NO_ROWS", "market.csv 0  NO_ROWS", "models.csv 0  NO_ROWS",
                "people.csv 0  NO_ROWS");
        assertThat(made.resolve("README.txt")).content().contains("下乡").contains("Mandatory");
        assertThatThrownBy(() -> WorkspaceTemplate.write(made)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not empty");
    }

    @Test
    void survivesAFloodOfMistakes() throws IOException {
        var rows = new StringBuilder("code,name,level,parent,tier,source,kind\n");
        for (int i = 0; i < 30_000; i++) rows.append("4103").append(i).append(",村,village,x").append(i).append(",township,s,observed\n");
        Map<String, String> files = GoodWorkspace.files();
        files.put("divisions.csv", rows.toString());
        read(files);
        assertThat(problems.count()).isGreaterThan(30_000);
        assertThat(problems.list()).hasSize(Problems.KEPT);
    }

    @Test
    void boundsTheBoundaries() throws IOException {
        Map<String, String> files = GoodWorkspace.files();
        files.put("boundaries.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"41\"},\"geometry\":"
                + "{\"type\":\"Polygon\",\"coordinates\":[[" + "[112.2,34.2],[112.6,34.6],".repeat(100_001) + "[112.2,34.2]]]}}]}");
        read(files);
        assertThat(found()).containsExactly("boundaries.geojson 0  TOO_MANY_VERTICES");
        files.put("boundaries.geojson", "[".repeat(100_000));
        read(files);
        assertThat(found()).anyMatch(one -> one.startsWith("boundaries.geojson") && one.endsWith("BAD_GEOJSON"));
    }

    @Test
    void everyColumnIsDescribed() throws IOException {
        Path docs = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        while (docs != null && !Files.exists(docs.resolve("docs/formats.md"))) docs = docs.getParent();
        String text = Files.readString(Objects.requireNonNull(docs, "docs/formats.md").resolve("docs/formats.md"));
        WorkspaceTemplate.write(folder);
        for (String name : List.of("divisions", "people", "brands", "models", "shops", "sites", "channels", "market", "visits")) {
            int from = text.indexOf("## " + name + ".csv");
            String section = text.substring(from, text.indexOf("\n## ", from));
            for (String column : Files.readAllLines(folder.resolve(name + ".csv")).getFirst().split(",", -1)) {
                assertThat(section).as("%s of %s.csv", column, name).containsPattern("\\|[^|]*\\b" + column + "\\b");
            }
        }
    }

    @Test
    void everyTemplateExampleIsAGoodRow() throws IOException {
        WorkspaceTemplate.write(folder);
        for (String name : List.of("divisions", "people", "brands", "models", "shops", "sites", "channels", "market", "visits")) {
            Path file = folder.resolve(name + ".csv");
            Files.writeString(file, Files.readString(file).replace("\n# ", "\n"));
        }
        read(Map.of());
        // The examples name a county and two rival brands that a real workspace would list.
        assertThat(problems.list()).extracting(p -> p.rule().name()).isSubsetOf("UNKNOWN_DIVISION", "UNKNOWN_BRAND");
    }

    @Test
    void readsTheDemo() throws IOException {
        Path demo = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        while (demo != null && !Files.isDirectory(demo.resolve("demo/yichuan"))) demo = demo.getParent();
        assumeTrue(demo != null, "no demo/yichuan here");
        Atlas atlas = WorkspaceFiles.read(Objects.requireNonNull(demo).resolve("demo/yichuan"), problems);
        assertThat(problems.text(Locale.ENGLISH)).isEmpty();
        assertThat(atlas.levels()).containsExactly("county", "township", "village");
    }
}
