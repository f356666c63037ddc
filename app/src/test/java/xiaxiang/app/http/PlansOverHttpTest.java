package xiaxiang.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.cli.CommandLines;
import xiaxiang.app.flow.ChildProgram;
import xiaxiang.app.flow.DemoData;
import xiaxiang.core.account.KnownPasswords;
import xiaxiang.core.account.Passwords;
import xiaxiang.core.account.Role;

/// The demo over real HTTP, as its example users: from signing in to an approved plan and what was sold since. Later tests build on the plans of earlier ones.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlansOverHttpTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PART = 3;
    private static final Map<Role, Visitor> VISITORS = new HashMap<>();
    @TempDir
    private static Path temp;
    private static Running running = new Running();
    private static long scenario;
    private static long plan;
    private static long without;

    @BeforeAll
    static void load() throws IOException {
        System.setProperty("xiaxiang.home", CommandLines.projectFolder().toString());
        Passwords passwords = Passwords.of(KnownPasswords.NONE);
        DemoData.Loaded loaded = DemoData.load(running.database, passwords, temp, CommandLines.projectFolder().resolve("demo/yichuan"));
        assertThat(loaded.users()).hasSize(Role.values().length);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(loaded.file()))).isEqualTo("rw-------");
        for (DemoData.User user : loaded.users()) {
            assertThat(Files.readString(loaded.file())).contains(user.login() + "\t" + user.password());
            VISITORS.put(user.role(), running.stranger().signedIn(user.login(), user.password()));
        }
        assertThat(DemoData.load(running.database, passwords, temp, CommandLines.projectFolder().resolve("demo/yichuan")).users()).as("the second start").isEmpty();
    }

    @AfterAll
    static void close() throws IOException {
        running.close();
    }

    private static Visitor as(Role role) {
        Visitor visitor = VISITORS.get(role);
        if (visitor == null) throw new IllegalStateException(role.text());
        return visitor;
    }

    private static JsonNode ok(HttpResponse<byte[]> answer, int status) {
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(status);
        return answer.body().length == 0 ? JsonMapper.shared().nullNode() : Visitor.json(answer);
    }

    private static JsonNode get(Role role, String path) {
        return ok(as(role).get("/api/v1" + path), 200);
    }

    private static JsonNode post(Role role, String path, String body, int status, String... headers) {
        return ok(as(role).send("POST", "/api/v1" + path, body, headers), status);
    }

    private static JsonNode ended(long job) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            JsonNode now = get(Role.PLANNER, "/jobs/" + job);
            if (!now.path("endedAt").isNull()) return now;
            Thread.sleep(100);
        }
        throw new AssertionError("job " + job + " takes too long");
    }

    /// The plan's sites, by as many pages as it takes.
    private static List<JsonNode> sites() {
        List<JsonNode> all = new ArrayList<>();
        for (String cursor = ""; cursor != null;) {
            JsonNode page = get(Role.PLANNER, "/plans/" + plan + "/sites?limit=" + PART + "&cursor=" + cursor);
            page.path("items").forEach(all::add);
            cursor = page.path("next").isNull() ? null : page.path("next").asString();
        }
        return all;
    }

    @Test
    @Order(1)
    void aPlannerAsksOnceAndFollowsItByEvents() throws IOException {
        JsonNode scenarios = get(Role.PLANNER, "/scenarios?place=410329");
        assertThat(scenarios.path("items").size()).isEqualTo(1);
        scenario = scenarios.path("items").path(0).path("id").asLong();
        assertThat(get(Role.PLANNER, "/scenarios/" + scenario).path("by").asString()).contains("example");
        assertThat(get(Role.PLANNER, "/scenarios/" + scenario).path("placeNameEn").asString()).contains("Yichuan");
        JsonNode asked = post(Role.PLANNER, "/scenarios/" + scenario + "/plans", "{}", 202, "Idempotency-Key", "first");
        assertThat(post(Role.PLANNER, "/scenarios/" + scenario + "/plans", "{}", 202, "Idempotency-Key", "first")).isEqualTo(asked);
        plan = asked.path("plan").asLong();
        HttpResponse<byte[]> events = as(Role.PLANNER).get("/api/v1/jobs/" + asked.path("job").asLong() + "/events");
        assertThat(events.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        List<String> lines = new String(events.body(), StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("event: ")).toList();
        assertThat(lines).contains("event: progress").endsWith("event: end");
        assertThat(lines.indexOf("event: end")).isEqualTo(lines.size() - 1);
        assertThat(get(Role.PLANNER, "/plans?scenario=" + scenario).path("items").size()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void thePlanIsTheDemosOwnWithAllItsFiles() throws IOException, InterruptedException {
        JsonNode card = get(Role.PLANNER, "/plans/" + plan);
        assertThat(card.path("state").asString()).as(card.path("message").asString("")).isEqualTo("draft");
        assertThat(card.path("summary").has("sites")).as("a province's are megabytes").isFalse();
        Path made = temp.resolve("demo");
        assertThat(new ChildProgram(1024, Duration.ofSeconds(5)).run(List.of("demo", "--out", made.toString(), "--quiet"), _ -> {}, () -> false, PATIENCE).code()).isZero();
        JsonNode demo = JsonMapper.shared().readTree(Files.readAllBytes(made.resolve("plan.json")));
        for (String figure : List.of("lower", "upper", "costFen", "netUnits", "shareAfter")) assertThat(card.path("summary").path(figure)).as(figure).isEqualTo(demo.path(figure));
        List<JsonNode> sites = sites();
        assertThat(JsonMapper.shared().createArrayNode().addAll(sites)).isEqualTo(demo.path("sites")).hasSizeGreaterThan(PART);
        assertThat(as(Role.PLANNER).get("/api/v1/plans/" + plan + "/problem.bin.gz").body()).isEqualTo(Files.readAllBytes(made.resolve("problem.bin.gz")));
        assertThat(as(Role.PLANNER).get("/api/v1/plans/" + plan + "/certificate.bin.gz").body()).isEqualTo(Files.readAllBytes(made.resolve("certificate.bin.gz")));
        assertThat(get(Role.PLANNER, "/plans/" + plan + "/report").path("schema").asString()).isEqualTo("xiaxiang.report.1");
        HttpResponse<byte[]> page = as(Role.PLANNER).get("/api/v1/plans/" + plan + "/report.html");
        assertThat(page.headers().allValues("Content-Security-Policy")).singleElement().asString().startsWith("sandbox");
        for (String file : List.of("sites.csv", "sites.xlsx", "sites.geojson", "snapshot.zip")) assertThat(as(Role.PLANNER).get("/api/v1/plans/" + plan + "/" + file).statusCode()).as(file).isEqualTo(200);
        assertThat(as(Role.PLANNER).get("/api/v1/plans/" + plan + "/secret.txt").statusCode()).isEqualTo(404);
        JsonNode proof = post(Role.PLANNER, "/plans/" + plan + "/verify", "{}", 200);
        assertThat(proof.path("proven").asBoolean()).isTrue();
        assertThat(proof.path("gap").asDouble()).isBetween(0.0, .001);
    }

    @Test
    @Order(3)
    void aSiteIsForbiddenPlannedAnewAndCompared() throws InterruptedException {
        String site = sites().stream().filter(s -> s.path("wave").asInt() == 1).map(s -> s.path("id").asString()).findFirst().orElseThrow();
        JsonNode copy = post(Role.PLANNER, "/scenarios/" + scenario + "/copy", "{\"name\": \"另案\", \"draws\": 5, \"forbid\": [\"" + site + "\"]}", 201);
        assertThat(copy.path("forbid").path(0).asString()).isEqualTo(site);
        JsonNode asked = post(Role.PLANNER, "/scenarios/" + copy.path("id").asLong() + "/plans", "{\"gap\": 0.001}", 202);
        assertThat(ended(asked.path("job").asLong()).path("state").asString()).isEqualTo("done");
        without = asked.path("plan").asLong();
        JsonNode compared = get(Role.ANALYST, "/plans/compare?a=" + plan + "&b=" + without);
        List<String> onlyA = new ArrayList<>();
        compared.path("onlyA").forEach(s -> onlyA.add(s.path("id").asString()));
        assertThat(onlyA).contains(site);
        assertThat(compared.path("both").size()).isPositive();
        assertThat(compared.path("answers").path("costFen").path("a").asLong()).isPositive();
    }

    @Test
    @Order(4)
    void onlyWhoMayApprovesAndThenItIsFrozen() {
        assertThat(Visitor.problem(as(Role.PLANNER).send("POST", "/api/v1/plans/" + plan + "/approve", "{}"))).isEqualTo("403 forbidden");
        assertThat(Visitor.problem(as(Role.DISTRIBUTOR).get("/api/v1/plans/" + plan))).isEqualTo("403 forbidden");
        JsonNode approved = post(Role.FINANCE, "/plans/" + plan + "/approve", "{\"note\": \"agreed\"}", 200);
        assertThat(approved.path("state").asString()).isEqualTo("approved");
        assertThat(Visitor.problem(as(Role.FINANCE).send("POST", "/api/v1/plans/" + plan + "/approve", "{}"))).isEqualTo("409 frozen");
        assertThat(get(Role.FOUNDER, "/plans/" + plan).path("approvedBy").asString()).contains("Finance");
    }

    @Test
    @Order(6)
    void theShareIsOfTheApprovedPlanWithWhatWasSold() {
        JsonNode site = sites().stream().filter(s -> s.path("wave").asInt() == 1 && !s.path("action").asString().equals("close")).findFirst().orElseThrow();
        running.owner.useHandle(handle -> handle.execute("INSERT INTO xiaxiang.sell_out (shop, path, brand, period, units, source, kind) VALUES (coalesce((SELECT shop FROM xiaxiang.site WHERE id = ?), ?), "
                + "(SELECT path FROM xiaxiang.place WHERE code = '410329'), 'Xiaomi', '2017Q3', 40, 'test', 'observed')", site.path("id").asString(), site.path("id").asString()));
        JsonNode share = get(Role.ANALYST, "/share?place=410329");
        assertThat(share.path("plan").path("id").asLong()).isEqualTo(plan);
        assertThat(share.path("cells").size()).isPositive();
        assertThat(share.path("ranks").size()).isPositive();
        JsonNode row = share.path("actual").path(0);
        assertThat(row.path("units").asLong()).isEqualTo(40);
        assertThat(row.path("planned").asDouble()).isCloseTo(site.path("units").asDouble() / 4, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(row.path("low").asDouble()).isLessThanOrEqualTo(row.path("planned").asDouble());
    }

    @Test
    @Order(5)
    void aFitNeedsAnswersOrSaysThatTheyAreMadeUp() throws InterruptedException {
        JsonNode refused = post(Role.ANALYST, "/fits", "{\"place\": \"410329\"}", 422);
        assertThat(refused.path("problems").path(0).path("field").asString()).isEqualTo("place");
        JsonNode asked = post(Role.PLANNER, "/fits", "{\"place\": \"410329\", \"synthesizeSeed\": 11}", 202);
        JsonNode job = ended(asked.path("job").asLong());
        assertThat(job.path("state").asString()).as(job.path("message").asString("")).isEqualTo("done");
        long fit = job.path("result").path("fit").asLong();
        JsonNode shown = get(Role.ANALYST, "/fits/" + fit);
        assertThat(StreamSupport.stream(shown.path("terms").spliterator(), false).filter(t -> t.path("fitted").asBoolean()).map(t -> t.path("kind").asString()).distinct()).containsExactly("synthetic");
        assertThat(get(Role.ANALYST, "/coefficients?place=410329").path("fit").isNull()).isTrue();
        assertThat(post(Role.ANALYST, "/fits/" + fit + "/use", "{}", 200).path("used").asBoolean()).isTrue();
        assertThat(get(Role.ANALYST, "/coefficients?place=410329").path("fit").asLong()).isEqualTo(fit);
        ok(as(Role.ANALYST).send("DELETE", "/api/v1/fits/" + fit + "/use", null), 200);
    }

    @Test
    @Order(7)
    void changesNeedTheVersionSeenAndSayAllThatIsWrong() {
        String path = "/api/v1/scenarios/" + scenario;
        assertThat(Visitor.problem(as(Role.PLANNER).send("PATCH", path, "{\"draws\": 3}"))).isEqualTo("428 if-match");
        assertThat(Visitor.problem(as(Role.PLANNER).send("PATCH", path, "{\"draws\": 3}", "If-Match", "\"99\""))).isEqualTo("412 changed");
        HttpResponse<byte[]> wrong = as(Role.PLANNER).send("PATCH", path, "{\"draws\": -1, \"budgetFen\": \"much\", \"waves\": []}", "If-Match", "\"1\"");
        assertThat(Visitor.problem(wrong)).isEqualTo("422 invalid");
        List<String> fields = new ArrayList<>();
        Visitor.json(wrong).path("problems").forEach(p -> fields.add(p.path("field").asString()));
        assertThat(fields).contains("draws", "budgetFen", "waves");
        HttpResponse<byte[]> changed = as(Role.PLANNER).send("PATCH", path, "{\"draws\": 3}", "If-Match", "\"1\"");
        assertThat(ok(changed, 200).path("draws").asInt()).isEqualTo(3);
        assertThat(changed.headers().firstValue("ETag")).hasValue("\"2\"");
        ok(as(Role.PLANNER).send("DELETE", path, null, "If-Match", "\"2\""), 204);
        assertThat(Visitor.problem(as(Role.PLANNER).get(path))).isEqualTo("404 not-found");
    }

    /// The same scenario, with its number and its plans; not a copy.
    @Test
    @Order(8)
    void aDeletedScenarioIsTakenBack() {
        String path = "/scenarios/" + scenario;
        assertThat(get(Role.ANALYST, "/plans/" + plan).path("scenarioGone").asBoolean()).isTrue();
        assertThat(get(Role.ANALYST, "/plans/" + without).path("scenarioGone").asBoolean()).isFalse();
        assertThat(Visitor.problem(as(Role.ANALYST).send("POST", "/api/v1" + path + "/restore", null))).isEqualTo("403 forbidden");
        assertThat(Visitor.problem(as(Role.PLANNER).send("POST", "/api/v1/scenarios/999/restore", null))).isEqualTo("404 not-found");
        HttpResponse<byte[]> restored = as(Role.PLANNER).send("POST", "/api/v1" + path + "/restore", null);
        assertThat(ok(restored, 200).path("id").asLong()).isEqualTo(scenario);
        assertThat(restored.headers().firstValue("ETag")).hasValue("\"4\"");
        assertThat(post(Role.PLANNER, path + "/restore", "{}", 200).path("etag").asString()).as("twice is once").isEqualTo("\"4\"");
        assertThat(get(Role.PLANNER, path).path("approved").asInt()).isEqualTo(1);
        assertThat(get(Role.ANALYST, "/plans/" + plan).path("scenarioGone").asBoolean()).isFalse();
        assertThat(get(Role.ADMINISTRATOR, "/audit?table=scenario&limit=1").path("items").path(0).path("changes").has("deleted_at")).isTrue();
    }

    @Test
    @Order(9)
    void twoPlansToApproveAreToldApart() {
        JsonNode waits = get(Role.FINANCE, "/home").path("waiting").path(0);
        assertThat(waits.path("about").asString()).isEqualTo("plan/" + without);
        assertThat(waits.path("netUnits").asDouble()).isPositive();
        assertThat(Instant.parse(waits.path("at").asString())).isBefore(Instant.now());
    }
}
