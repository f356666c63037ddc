package xiaxiang.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import xiaxiang.app.flow.PlanFacts;
import xiaxiang.app.flow.PlanInput;
import xiaxiang.app.flow.PlanRollout;
import xiaxiang.app.flow.Snapshot;
import xiaxiang.core.account.Home;
import xiaxiang.core.account.Person;
import xiaxiang.core.account.Role;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.db.Scope;
import xiaxiang.core.db.Territory;
import xiaxiang.core.door.Problems;
import xiaxiang.engine.capture.Limits;
import xiaxiang.engine.capture.Progress;

/// Facts in by HTTP, judged in a real child process, applied to a real database, and out again.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImportTest {
    private static final String SHOPS = "id,name,division,lon,lat,datum,owner,format,brands,running_fen_year,source,kind\n";
    private static @Nullable Running running;
    private static @Nullable Person admin;
    @TempDir
    private Path temp;

    @BeforeAll
    static void start() {
        running = new Running();
        admin = running.person("importer", Role.ADMINISTRATOR, Home.Kind.PLACE, null);
    }

    @AfterAll
    static void stop() throws IOException {
        if (running != null) running.close();
    }

    private static Running running() {
        return Objects.requireNonNull(running);
    }

    private static Path project(String path) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) if (Files.exists(at.resolve(path))) return at.resolve(path);
        return Assumptions.abort("No " + path + " beside the project.");
    }

    private static Visitor as(Person person) {
        return running().as(person);
    }

    private static Visitor admin() {
        return as(Objects.requireNonNull(admin));
    }

    /// Uploads, and waits until it is judged.
    private static JsonNode judged(Visitor visitor, Map<String, byte[]> files, Map<String, String> fields) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = visitor.upload("/api/v1/imports", files, fields);
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(202);
        return settled(visitor, Visitor.json(answer).path("id").asLong());
    }

    private static JsonNode settled(Visitor visitor, long id) throws InterruptedException {
        for (int i = 0; i < 900; i++) {
            JsonNode found = Visitor.json(visitor.get("/api/v1/imports/" + id));
            if (!List.of("judging", "applying").contains(found.path("state").asString())) return found;
            Thread.sleep(200);
        }
        throw new AssertionError("The import " + id + " never ended.");
    }

    private static JsonNode applied(Visitor visitor, JsonNode ready) throws InterruptedException {
        assertThat(ready.path("state").asString()).as(ready.toString()).isEqualTo("ready");
        long id = ready.path("id").asLong();
        assertThat(visitor.send("POST", "/api/v1/imports/" + id + "/apply", null).statusCode()).isEqualTo(202);
        JsonNode after = settled(visitor, id);
        assertThat(after.path("state").asString()).isEqualTo("applied");
        return after;
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var one : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write(one.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> demo() throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        try (Stream<Path> list = Files.list(project("demo/yichuan"))) {
            for (Path file : list.sorted().toList()) files.put("yichuan/" + file.getFileName(), Files.readAllBytes(file));
        }
        return files;
    }

    private static int places() {
        return running().owner.withHandle(handle -> handle.createQuery("SELECT count(*) FROM xiaxiang.place").mapTo(Integer.class).one());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @Order(1)
    void theDemoCountyIsUploadedJudgedAndApplied() throws IOException, InterruptedException {
        JsonNode ready = judged(admin(), Map.of("yichuan.zip", zip(demo())), Map.of());
        assertThat(ready.path("files").path(0).path("sha256").asString()).hasSize(64);
        assertThat(ready.path("counts").path("divisions").path("new").asInt()).isEqualTo(383);
        assertThat(places()).as("a dry run").isZero();
        applied(admin(), ready);
        assertThat(places()).isEqualTo(383);
        assertThat(admin().send("POST", "/api/v1/imports/" + ready.path("id").asLong() + "/apply", null).statusCode()).isEqualTo(409);
    }

    @Test
    @Order(2)
    void anExportedWorkspaceChangesNothing() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = as(running().person("planner", Role.PLANNER, Home.Kind.PLACE, null)).get("/api/v1/exports/workspace.zip");
        assertThat(answer.statusCode()).isEqualTo(200);
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(zip.getNextEntry()).isNotNull();
        }
        JsonNode same = judged(admin(), Map.of("workspace.zip", answer.body()), Map.of());
        assertThat(same.path("state").asString()).as(same.toString()).isEqualTo("ready");
        for (JsonNode one : same.path("counts")) assertThat(one.path("new").asInt() + one.path("changed").asInt()).as(same.path("counts").toString()).isZero();
    }

    @Test
    @Order(3)
    void planningFromASnapshotIsPlanningFromTheFiles() throws IOException {
        Scope scope = new Scope(Objects.requireNonNull(admin).id(), "test");
        running().database.as(scope, handle -> {
            new Snapshot().write(handle, Territory.everywhere(), "410329", false, temp);
            return temp;
        });
        Path files = project("demo/yichuan");
        Files.copy(files.resolve("scenario.yaml"), temp.resolve("scenario.yaml"));
        PlanFacts from = read(temp);
        PlanFacts demo = read(files);
        assertThat(plain(from.facts())).isEqualTo(plain(demo.facts()));
        assertThat(from.visits()).isEqualTo(demo.visits());
        assertThat(planned(from)).isEqualTo(planned(demo));
    }

    private static PlanFacts read(Path folder) {
        var problems = new Problems();
        PlanFacts facts = PlanFacts.read(new PlanInput.Workspace(folder), problems);
        assertThat(problems.text(Locale.ENGLISH)).isEmpty();
        return Objects.requireNonNull(facts);
    }

    private static Atlas plain(Atlas atlas) {
        return new Atlas(atlas.levels(), atlas.divisions(), atlas.people(), atlas.brands(), atlas.models(), atlas.shops(), atlas.sites(), atlas.channels(), atlas.market(), null);
    }

    private static String planned(PlanFacts facts) {
        if (!(PlanRollout.plan(facts, Limits.standard(), Progress.silent()) instanceof PlanRollout.Result.Planned(PlanRollout made))) throw new AssertionError("no plan");
        return made.plan().problem().fingerprint() + " " + made.plan().lower() + " " + made.plan().upper() + " "
                + made.plan().sites().stream().map(one -> one.option().id() + " in wave " + one.wave() + " for " + one.why().net()).toList();
    }

    @Test
    @Order(4)
    void whatIsWrongIsToldWithRowAndNextStep() throws IOException, InterruptedException {
        JsonNode refused = judged(admin(), Map.of("shops.csv", text(SHOPS + "s1,店,410329101,112.28,34.31,WGS-84,rival,owner_run,Nokia,0,list,observed\n")), Map.of());
        assertThat(refused.path("state").asString()).isEqualTo("refused");
        JsonNode one = refused.path("problems").path(0);
        assertThat(one.path("row").asInt()).isEqualTo(2);
        assertThat(one.path("message").asString()).isEqualTo("is no brand");
        assertThat(one.path("nextStep").asString()).isNotBlank();
    }

    @Test
    @Order(5)
    void aManagerImportsOnlyTheirOwn() throws IOException, InterruptedException {
        Visitor manager = as(running().person("manager", Role.COUNTY_MANAGER, Home.Kind.PLACE, "410329101"));
        JsonNode outside = judged(manager, Map.of("shops.csv", text(SHOPS + "m1,店,410329101,112.28,34.31,WGS-84,rival,owner_run,OPPO,0,list,observed\nm2,店,410329102,112.3,34.4,WGS-84,rival,owner_run,OPPO,0,list,observed\n")), Map.of());
        assertThat(outside.path("state").asString()).isEqualTo("refused");
        assertThat(outside.path("problems").path(0).path("row").asInt()).as(outside.toString()).isEqualTo(3);
        applied(manager, judged(manager, Map.of("shops.csv", text(SHOPS + "m1,=店,410329101,112.28,34.31,WGS-84,rival,owner_run,OPPO,0,list,observed\n")), Map.of()));
        String csv = new String(manager.get("/api/v1/exports/shops.csv").body(), StandardCharsets.UTF_8);
        assertThat(csv.lines()).hasSize(2).last().asString().startsWith("\"m1\",'=店,");
        assertThat(new String(manager.get("/api/v1/exports/shops.geojson").body(), StandardCharsets.UTF_8)).contains("\"coordinates\":[112.28,34.31]").contains("\"=店\"");
        JsonNode again = judged(manager, Map.of("shops.xlsx", manager.get("/api/v1/exports/shops.xlsx").body()), Map.of()).path("counts").path("shops");
        assertThat(List.of(again.path("new").asInt(), again.path("changed").asInt(), again.path("same").asInt())).as(again.toString()).containsExactly(0, 0, 1);
        assertThat(as(running().person("worker", Role.FIELD_WORKER, Home.Kind.PLACE, "410329101")).get("/api/v1/exports/shops.csv").statusCode()).isEqualTo(403);
        assertThat(manager.upload("/api/v1/imports", Map.of(), Map.of("format", "national")).statusCode()).isEqualTo(409);
    }

    /// Judged now, applied later: what others changed in between stays.
    @Test
    @Order(5)
    void anImportUndoesNothingThatChangedSinceItWasJudged() throws IOException, InterruptedException {
        applied(admin(), judged(admin(), Map.of("shops.csv", text(SHOPS + "u1,旧名,410329102,112.3,34.4,WGS-84,rival,owner_run,OPPO,0,list,observed\n")), Map.of()));
        JsonNode ready = judged(admin(), Map.of("shops.csv", text(SHOPS + "u2,新店,410329102,112.301,34.401,WGS-84,rival,owner_run,OPPO,0,list,observed\n")), Map.of());
        for (String path : List.of("/api/v1/shops/u1", "/api/v1/places/410329102")) {
            String version = admin().get(path).headers().firstValue("ETag").orElseThrow();
            assertThat(admin().send("PATCH", path, "{\"name\": \"改过的名\"}", "If-Match", version).statusCode()).isEqualTo(200);
        }
        applied(admin(), ready);
        for (String path : List.of("/api/v1/shops/u1", "/api/v1/places/410329102")) assertThat(Visitor.json(admin().get(path)).path("name").asString()).as(path).isEqualTo("改过的名");
        assertThat(Visitor.json(admin().get("/api/v1/shops/u2")).path("name").asString()).isEqualTo("新店");
    }

    @Test
    @Order(6)
    void aProvinceOfTheNationalAtlasIsItsSnapshot() throws IOException, InterruptedException {
        Path shared = project("shared/data/atlas");
        Files.createSymbolicLink(running().folder.resolve("atlas"), shared);
        applied(admin(), judged(admin(), Map.of(), Map.of("format", "national", "region", "4103", "seed", "7", "brand", "Xiaomi")));
        running().database.as(new Scope(Objects.requireNonNull(admin).id(), "test"), handle -> {
            new Snapshot().write(handle, Territory.everywhere(), "4103", false, temp);
            return temp;
        });
        var problems = new Problems();
        PlanFacts national = Objects.requireNonNull(PlanFacts.read(new PlanInput.National(shared, "4103", project("demo/yichuan"), 7, null), problems));
        Atlas snapshot = xiaxiang.core.atlas.WorkspaceFiles.read(temp, problems);
        assertThat(problems.text(Locale.ENGLISH)).isEmpty();
        assertThat(snapshot.levels()).isEqualTo(national.facts().levels());
        assertThat(snapshot.divisions().stream().filter(one -> !one.code().startsWith("410329"))).containsExactlyElementsOf(national.facts().divisions().stream().filter(one -> !one.code().startsWith("410329")).toList());
        assertThat(snapshot.people().stream().filter(one -> !one.code().startsWith("410329"))).containsExactlyElementsOf(national.facts().people().stream().filter(one -> !one.code().startsWith("410329")).toList());
        assertThat(snapshot.brands()).isEqualTo(national.facts().brands());
    }
}
