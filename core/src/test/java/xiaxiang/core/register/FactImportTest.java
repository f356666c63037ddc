package xiaxiang.core.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.DemoFacts;
import xiaxiang.core.atlas.Division;
import xiaxiang.core.atlas.FactDatabase;
import xiaxiang.core.atlas.GoodWorkspace;
import xiaxiang.core.atlas.SharedAtlas;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.atlas.ShopSynthesis;
import xiaxiang.core.atlas.WorkspaceFiles;
import xiaxiang.core.db.Scope;
import xiaxiang.core.db.Territory;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.register.FactImport.Counts;
import xiaxiang.core.register.FactImport.Difference;

/// Facts in and out of a real database.
class FactImportTest {
    private static final FactImport.Watch NOBODY = (_, _, _) -> {};

    @TempDir
    private Path temp;
    private FactDatabase facts;
    private Scope admin;
    private int folders;

    @BeforeEach
    void open() throws SQLException {
        facts = new FactDatabase();
        admin = facts.person("administrator", null);
    }

    @AfterEach
    void close() throws SQLException {
        facts.close();
    }

    private Path folder(Atlas atlas) throws IOException {
        Path folder = Files.createDirectory(temp.resolve("tables" + folders++));
        WorkspaceTables.write(atlas, folder);
        BoundaryRows.write(atlas.boundaries(), folder);
        return folder;
    }

    private Difference bring(Scope scope, Territory territory, Path folder) throws SQLException {
        long id = Long.parseLong(facts.ask("INSERT INTO import (person, format, state) VALUES (" + scope.person() + ", 'workspace', 'applying') RETURNING id"));
        return facts.database.as(scope, handle -> new FactImport(AtlasTables.ALL).apply(handle, territory, folder, id, NOBODY));
    }

    private Difference compare(Scope scope, Territory territory, Path folder) {
        return facts.database.as(scope, handle -> new FactImport(AtlasTables.ALL).compare(handle, territory, folder, NOBODY));
    }

    private static Atlas good(UnaryOperator<String> change) throws IOException {
        Path folder = Files.createTempDirectory("good");
        try {
            for (Map.Entry<String, String> file : GoodWorkspace.files().entrySet()) Files.writeString(folder.resolve(file.getKey()), change.apply(file.getValue()));
            var problems = new Problems();
            Atlas atlas = WorkspaceFiles.read(folder, problems);
            assertThat(problems.text(Locale.ENGLISH)).isEmpty();
            return atlas;
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder()).forEach(one -> one.toFile().delete());
            }
        }
    }

    @Test
    void theDemoCountyGoesInOnceAndAnExportChangesNothing() throws IOException, SQLException {
        Atlas demo = ShopSynthesis.add(DemoFacts.county(), "Xiaomi", 7);
        Difference first = bring(admin, Territory.everywhere(), folder(demo));
        assertThat(first.problems().text(Locale.ENGLISH)).isEmpty();
        assertThat(first.counts()).contains(entry("divisions", new Counts(383, 0, 0)), entry("shops", new Counts(demo.shops().size(), 0, 0)), entry("boundaries", new Counts(1, 0, 0)));
        assertThat(facts.ask("SELECT path FROM place WHERE code LIKE '410329101___' LIMIT 1")).startsWith("410329/410329101/410329101");
        assertThat(facts.ask("SELECT count(*) FROM audit WHERE table_name IN ('place', 'shop')")).isEqualTo("0");
        assertThat(facts.ask("SELECT count(*) FROM shop WHERE seed = 7")).isEqualTo(Integer.toString(demo.shops().size()));
        assertThat(facts.ask("SELECT count(*) FROM site WHERE seed = 7")).isEqualTo(Integer.toString(demo.sites().size()));

        Path out = export(admin, Territory.everywhere(), null, true);
        var problems = new Problems();
        Atlas back = WorkspaceFiles.read(out, problems);
        assertThat(problems.text(Locale.ENGLISH)).isEmpty();
        assertThat(back.divisions()).isEqualTo(demo.divisions());
        assertThat(back.people()).isEqualTo(demo.people());
        assertThat(back.brands()).isEqualTo(demo.brands());
        assertThat(back.models()).isEqualTo(demo.models());
        assertThat(back.market()).isEqualTo(demo.market());
        assertThat(back.channels()).isEqualTo(demo.channels());
        assertThat(back.shops()).containsExactlyInAnyOrderElementsOf(demo.shops());
        assertThat(back.sites()).containsExactlyInAnyOrderElementsOf(demo.sites());

        Difference again = bring(admin, Territory.everywhere(), folder(back));
        assertThat(again.counts().values()).allSatisfy(one -> assertThat(one.fresh() + one.changed()).isZero());
    }

    private Path export(Scope scope, Territory territory, @Nullable String path, boolean synthetic) throws IOException {
        Path out = Files.createDirectory(temp.resolve("export" + folders++));
        facts.database.as(scope, handle -> {
            var export = new FactExport(handle, territory, new FactExport.Part(path, synthetic));
            for (FactTable table : AtlasTables.ALL) {
                if (table.equals(AtlasTables.BOUNDARIES)) continue;
                try (var file = Files.newOutputStream(out.resolve(table.file() + ".csv"))) {
                    export.csv(table, file);
                }
            }
            try (var file = Files.newOutputStream(out.resolve("boundaries.geojson"))) {
                export.boundaries(file);
            }
            return null;
        });
        return out;
    }

    @Test
    void changesAreToldAndAudited() throws IOException, SQLException {
        bring(admin, Territory.everywhere(), folder(good(text -> text)));
        Path changed = folder(good(text -> text.replace("Mi Home", "Mi House").replace("249900", "259900").replace("12.6,pct", "13.5,pct")));
        Difference told = compare(admin, Territory.everywhere(), changed);
        assertThat(told.changes()).extracting(FactImport.Change::toString).containsExactly("Change[table=models, key=oppo/R9, column=price_fen, old=249900, now=259900]",
                "Change[table=channels, key=2016/CN//online share of retail/pct/, column=value, old=12.6, now=13.5]",
                "Change[table=shops, key=s1, column=name_en, old=Mi Home, now=Mi House]");
        assertThat(facts.ask("SELECT name_en FROM shop WHERE id = 's1'")).as("only told").isEqualTo("Mi Home");
        bring(admin, Territory.everywhere(), changed);
        assertThat(facts.ask("SELECT name_en || version FROM shop WHERE id = 's1'")).isEqualTo("Mi House2");
        assertThat(facts.ask("SELECT changes::text FROM audit WHERE table_name = 'shop'")).isEqualTo("{\"name_en\": [\"Mi Home\", \"Mi House\"]}");
        assertThat(facts.ask("SELECT count(*) FROM channel_fact")).isEqualTo("1");
    }

    @Test
    void aKnownPlaceThatGetsAParentMovesWithAllThatStandsInIt() throws IOException, SQLException {
        bring(admin, Territory.everywhere(), folder(good(text -> text)));
        Scope manager = facts.person("county_manager", "41");
        facts.execute("INSERT INTO scenario (name, place, path, body, person) VALUES ('s', '41', '41/', '{}', " + admin.person() + ")");
        facts.execute("UPDATE place SET name_en = 'Yi' WHERE code = '41'");
        bring(admin, Territory.everywhere(), folder(good(text -> text.replace("41,伊川县,Yichuan,county,,", "9,河南,Henan,province,,city,,,,,,,,,census,observed\n41,伊川县,Yichuan,county,9,"))));
        assertThat(facts.ask("SELECT string_agg(path, ' ' ORDER BY path) FROM place WHERE code IN ('9', '41', '410201')")).isEqualTo("9/ 9/41/ 9/41/4102/410201/");
        assertThat(facts.ask("SELECT string_agg(DISTINCT path, ' ') FROM shop")).isEqualTo("9/41/4101/ 9/41/4102/");
        assertThat(facts.ask("SELECT path FROM scenario")).isEqualTo("9/41/");
        assertThat(facts.ask("SELECT string_agg(DISTINCT path, ' ') FROM audit WHERE table_name IN ('place', 'scenario') AND row_key IN ('41', '1')")).as("its history moves too").isEqualTo("9/41/");
        assertThat(catchThrowable(() -> facts.execute("UPDATE audit SET origin = 'elsewhere'"))).as("and is not changed otherwise").hasMessageContaining("never changed");
        assertThat(facts.ask("SELECT path FROM person WHERE id = " + manager.person())).isEqualTo("9/41/");
        assertThat(facts.ask("SELECT depth || ' ' || children || ' ' || shops FROM place_count JOIN place USING (code) WHERE code = '41'")).isEqualTo("1 2 2");
        Difference blank = compare(admin, Territory.everywhere(), folder(good(text -> text)));
        assertThat(blank.counts().get("divisions")).as("a blank parent is no news").isEqualTo(new Counts(0, 0, 7));
    }

    @Test
    void whatLiesOutsideTheTerritoryIsRefusedTwice() throws IOException, SQLException {
        bring(admin, Territory.everywhere(), folder(good(text -> text)));
        Scope manager = facts.person("county_manager", "4101");
        Territory town = Territory.place("41/4101/");
        Path elsewhere = folder(good(text -> text.replace("East Phones", "Not mine").replace("410201,西村", "410203,新村")));
        Difference refused = compare(manager, town, elsewhere);
        assertThat(refused.problems().list()).extracting(Problem::file, Problem::value, Problem::rule).contains(org.assertj.core.groups.Tuple.tuple("divisions.csv", "410203", Rule.OUTSIDE_TERRITORY),
                org.assertj.core.groups.Tuple.tuple("shops.csv", "4102", Rule.OUTSIDE_TERRITORY), org.assertj.core.groups.Tuple.tuple("shops.csv", "s2", Rule.TAKEN_ELSEWHERE));
        assertThat(refused.problems().list()).extracting(Problem::file).doesNotContain("brands.csv", "market.csv");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> bring(manager, Territory.everywhere(), elsewhere))).as("row-level security alone").hasRootCauseInstanceOf(SQLException.class);
        assertThat(facts.ask("SELECT name_en FROM shop WHERE id = 's2'")).isEqualTo("East Phones");
        assertThat(facts.ask("SELECT count(*) FROM place WHERE code = '410203'")).isEqualTo("0");
    }

    @Test
    void aPersonOfATownExportsAndImportsItAgain() throws IOException, SQLException {
        bring(admin, Territory.everywhere(), folder(good(text -> text)));
        Scope manager = facts.person("county_manager", "4101");
        Territory town = Territory.place("41/4101/");
        Path out = export(manager, town, null, true);
        var problems = new Problems();
        Atlas mine = WorkspaceFiles.read(out, problems);
        assertThat(problems.text(Locale.ENGLISH)).isEmpty();
        assertThat(mine.divisions()).extracting(Division::code).containsExactly("4101", "410101", "410102");
        assertThat(mine.divisions().getFirst().parent()).isNull();
        assertThat(mine.shops()).extracting(Shop::id).containsExactly("s1");
        Difference same = bring(manager, town, folder(mine));
        assertThat(same.problems().text(Locale.ENGLISH)).isEmpty();
        assertThat(same.counts().values()).allSatisfy(one -> assertThat(one.fresh() + one.changed()).isZero());
    }

    @Test
    void countsFollowSingleShops() throws IOException, SQLException {
        bring(admin, Territory.everywhere(), folder(ShopSynthesis.add(DemoFacts.county(), "Xiaomi", 7)));
        List<String> steps = new ArrayList<>(List.of("UPDATE shop SET closed_at = now() WHERE id IN (SELECT id FROM shop ORDER BY id LIMIT 25)", "UPDATE shop SET closed_at = NULL WHERE id LIKE '%S03'",
                "UPDATE shop SET owner = 'own' WHERE id LIKE '%S04'", "DELETE FROM shop WHERE id LIKE '%S05'", "UPDATE shop SET owner = 'rival' WHERE owner <> 'rival'",
                "UPDATE shop s SET place = p.code, path = p.path FROM place p WHERE p.code = '410329102' AND s.id LIKE '%S06'",
                "INSERT INTO shop (id, place, path, name, lon, lat, owner, format, brands, source, kind) SELECT 'x' || code, code, path, name, 112, 34, 'partner', 'owner_run', '{OPPO}', 't', 'sketch' FROM place"));
        for (String step : steps) {
            facts.execute(step);
            String kept = facts.ask("SELECT md5(string_agg(c::text, '|' ORDER BY code)) FROM place_count c WHERE shops > 0 OR children > 0 OR townships > 0");
            facts.execute("SELECT count_places()");
            assertThat(kept).as(step).isEqualTo(facts.ask("SELECT md5(string_agg(c::text, '|' ORDER BY code)) FROM place_count c"));
        }
        assertThat(facts.ask("SELECT persons || ' ' || townships || ' ' || covered_townships FROM place_count WHERE code = '410329'")).isEqualTo("792841 15 15");
    }

    @Test
    void aNationalCountyTakesTheDemosPlace() throws IOException, SQLException {
        bring(admin, Territory.everywhere(), folder(DemoFacts.county()));
        Difference prefecture = bring(admin, Territory.everywhere(), folder(DemoFacts.at(SharedAtlas.region("4103"))));
        assertThat(prefecture.problems().text(Locale.ENGLISH)).isEmpty();
        assertThat(facts.ask("SELECT path FROM place WHERE code = '410329101'")).isEqualTo("4103/410329/410329101/");
        assertThat(facts.ask("SELECT count(*) FROM place WHERE path NOT LIKE '4103/%'")).isEqualTo("0");
    }

    @Test
    void aCellStaysTextAllTheWay() throws IOException, SQLException {
        bring(admin, Territory.everywhere(), folder(good(text -> text.replace("East Phones", "'=1+1").replace("Mi Home", "\"#x, \"\"y\"\"\""))));
        assertThat(facts.ask("SELECT string_agg(name_en, ' ' ORDER BY id) FROM shop")).isEqualTo("#x, \"y\" =1+1");
        var out = new ByteArrayOutputStream();
        facts.database.as(admin, handle -> new FactExport(handle, Territory.everywhere(), new FactExport.Part(null, true)).csv(AtlasTables.SHOPS, out));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(",'=1+1,").contains(",\"#x, \"\"y\"\"\",");
    }
}
