package xiaxiang.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import xiaxiang.app.cli.CommandLines;
import xiaxiang.app.cli.ServeProcess;

/// The whole on a PostgreSQL of one's own, as Debian brings it, set up by the commands of docs/server.md: the demo is loaded, edited, imported into and planned, and its backup
/// goes to our own server and back to another database there.
class DebianPostgresTest {
    private static final String PASSWORD = "a word of the owner's";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    @TempDir
    private Path temp;

    @Test
    void theDemoLivesOnDebiansPostgresAndMovesToOursAndBack() throws Exception {
        try (DebianPostgres postgres = DebianPostgres.start()) {
            strangerIsToldAll(postgres);
            List<String> sql = documented();
            postgres.superuser(sql.stream().filter(line -> !line.contains("planning") && !line.matches("CREATE ROLE xiaxiang_.*")).toArray(String[]::new));
            Path users = temp.resolve("data/demo-users.txt");
            String facts;
            try (ServeProcess server = serve("first", Map.of("XIAXIANG_DATABASE_USER", "xiaxiang", "XIAXIANG_DATABASE_PASSWORD", PASSWORD), "--demo", "--data", temp.resolve("data").toString(), "--database", postgres.url("xiaxiang"))) {
                work(server, users);
                facts = facts(server, users);
            }
            postgres.superuser("ALTER ROLE xiaxiang NOCREATEROLE");
            moved("backup", temp.resolve("a.zip"), "--database", postgres.url("xiaxiang") + login("xiaxiang"));
            moved("restore", temp.resolve("a.zip"), "--data", temp.resolve("ours").toString());
            try (ServeProcess server = serve("second", Map.of(), "--data", temp.resolve("ours").toString())) {
                assertThat(facts(server, users)).as("on our own server").isEqualTo(facts);
            }
            postgres.superuser(sql.stream().filter(line -> line.contains("planning")).toArray(String[]::new));
            moved("backup", temp.resolve("b.zip"), "--data", temp.resolve("ours").toString());
            moved("restore", temp.resolve("b.zip"), "--database", postgres.url("planning") + login("planning"));
            try (ServeProcess server = serve("third", Map.of("XIAXIANG_DATABASE_USER", "planning", "XIAXIANG_DATABASE_PASSWORD", PASSWORD), "--data", temp.resolve("third").toString(), "--database", postgres.url("planning"))) {
                assertThat(facts(server, users)).as("back, by a login that makes no roles").isEqualTo(facts);
            }
        }
    }

    /// Whoever may nothing there yet.
    private static void strangerIsToldAll(DebianPostgres postgres) throws SQLException {
        postgres.superuser("CREATE ROLE stranger LOGIN PASSWORD '" + PASSWORD.replace("'", "''") + "'");
        for (String lang : List.of("en", "zh")) {
            CommandLines.Said said = CommandLines.run("doctor", "--lang", lang, "--port", "0", "--database", postgres.url("postgres") + login("stranger"));
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.out()).contains("ALTER ROLE stranger CREATEROLE", "GRANT xiaxiang_app, xiaxiang_guard TO stranger", "OWNER TO stranger");
        }
    }

    /// What an administrator is told to type, with a password in its place.
    private static List<String> documented() throws IOException {
        List<String> sql = new ArrayList<>();
        for (String line : Files.readAllLines(CommandLines.projectFolder().resolve("docs/server.md")))
            if (line.matches(" {4}(CREATE|GRANT|REVOKE|ALTER) .*;")) sql.add(line.strip().replace("'…'", "'" + PASSWORD.replace("'", "''") + "'"));
        assertThat(sql).hasSizeGreaterThan(6);
        return sql;
    }

    private static String login(String user) {
        return "?user=" + user + "&password=" + java.net.URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);
    }

    private ServeProcess serve(String log, Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--port", "0"));
        all.addAll(List.of(arguments));
        return ServeProcess.start(temp.resolve(log + ".log"), environment, all.toArray(String[]::new));
    }

    private static void moved(String command, Path file, String... where) {
        List<String> all = new ArrayList<>(List.of(command, file.toString(), "--lang", "en"));
        all.addAll(List.of(where));
        CommandLines.Said said = CommandLines.run(all.toArray(String[]::new));
        assertThat(said.exit()).as(said.err()).isZero();
    }

    private static Visitor as(ServeProcess server, Path users, String login) throws IOException {
        for (String line : Files.readAllLines(users)) {
            List<String> cells = List.of(line.split("\t", -1));
            if (cells.getFirst().equals(login)) return new Visitor(server.base()).signedIn(login, cells.get(1));
        }
        throw new AssertionError("no " + login);
    }

    private static JsonNode ok(HttpResponse<byte[]> answer, int status) {
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(status);
        return Visitor.json(answer);
    }

    private static void work(ServeProcess server, Path users) throws IOException, InterruptedException {
        Visitor manager = as(server, users, "demo-county-manager");
        ok(manager.send("POST", "/api/v1/shops", "{\"name\": \"桥头店\", \"division\": \"410329101\", \"lon\": 112.29, \"lat\": 34.32, \"owner\": \"rival\", \"format\": \"owner_run\", \"brands\": [\"OPPO\"], \"source\": \"seen\", \"kind\": \"observed\"}"), 201);
        byte[] shops = "id,name,division,lon,lat,datum,owner,format,brands,running_fen_year,source,kind\nm1,导入店,410329101,112.28,34.31,WGS-84,rival,owner_run,OPPO,0,list,observed\n".getBytes(StandardCharsets.UTF_8);
        long sent = ok(manager.upload("/api/v1/imports", Map.of("shops.csv", shops), Map.of("dryRun", "false")), 202).path("id").asLong();
        assertThat(settled(manager, "/api/v1/imports/" + sent, "judging", "applying")).isEqualTo("applied");
        Visitor planner = as(server, users, "demo-planner");
        long scenario = ok(planner.get("/api/v1/scenarios"), 200).path("items").path(0).path("id").asLong();
        long plan = ok(planner.send("POST", "/api/v1/scenarios/" + scenario + "/plans", "{\"gap\": 0.001}"), 202).path("plan").asLong();
        assertThat(settled(planner, "/api/v1/plans/" + plan, "planning")).isEqualTo("draft");
        assertThat(ok(planner.send("POST", "/api/v1/plans/" + plan + "/verify", "{}"), 200).path("proven").asBoolean()).isTrue();
    }

    private static String settled(Visitor visitor, String path, String... open) throws InterruptedException {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; Thread.sleep(200)) {
            String state = ok(visitor.get(path), 200).path("state").asString();
            if (!List.of(open).contains(state)) return state;
        }
        throw new AssertionError(path + " takes too long");
    }

    /// What people see: shops, plans and their proof, the history. By the same passwords wherever the database is.
    private static String facts(ServeProcess server, Path users) throws IOException {
        Visitor planner = as(server, users, "demo-planner");
        List<String> all = new ArrayList<>();
        JsonNode plans = ok(planner.get("/api/v1/plans"), 200);
        long plan = plans.path("items").path(0).path("id").asLong();
        for (String path : List.of("/api/v1/shops.geojson?place=410329", "/api/v1/plans/" + plan, "/api/v1/plans/" + plan + "/sites.csv", "/api/v1/scenarios"))
            all.add(new String(Objects.requireNonNull(planner.get(path)).body(), StandardCharsets.UTF_8));
        JsonNode audit = ok(as(server, users, "demo-finance").get("/api/v1/audit?table=plan"), 200);
        all.add(audit.path("items").toString());
        assertThat(all.getFirst()).contains("桥头店", "导入店");
        assertThat(audit.path("items").size()).isPositive();
        return String.join("\n", all);
    }
}
