package xiaxiang.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import xiaxiang.app.cli.ServeProcess;
import xiaxiang.core.db.DatabaseAddress;
import xiaxiang.core.db.EmbeddedPostgres;

/// A real server under people who write, killed as by kill -9 twenty times at any moment: itself, its database, or every process of the database. What was acknowledged is
/// there with its audit, what was not is whole or absent, and nothing is done twice.
@SuppressWarnings("NullAway.Init") // set by the test
@EnabledIfSystemProperty(named = "xiaxiang.long", matches = "true", disabledReason = "A longer proof: mvn -Plong verify.")
class KilledServerTest {
    private static final long SEED = 20;
    private static final int KILLS = 20;
    private static final int LONGEST_LIFE_MILLIS = 1_500;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TOWNSHIP = "410329101";

    @TempDir
    private Path temp;
    private ServeProcess server;
    private int port;
    private int lives;
    private final List<Writer> writers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Path data() {
        return temp.resolve("data");
    }

    private void serve(String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--data", data().toString(), "--port", String.valueOf(port)));
        arguments.addAll(List.of(more));
        server = ServeProcess.start(temp.resolve("serve" + ++lives + ".log"), Map.of(), arguments.toArray(String[]::new));
    }

    @AfterEach
    void stop() throws InterruptedException {
        writers.forEach(Writer::stop);
        for (Thread thread : threads) thread.join(PATIENCE);
        if (server != null) server.close();
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingDoneTwice() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        serve("--demo");
        people();
        for (Writer writer : writers) threads.add(Thread.ofPlatform().name(writer.path).start(writer));
        SplittableRandom random = new SplittableRandom(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            awaitProgress(kill);
            Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
            switch (kill % 3) {
                case 0 -> killServer();
                case 1 -> postmaster().destroyForcibly();
                default -> postmaster().children().forEach(ProcessHandle::destroyForcibly);
            }
        }
        awaitProgress(KILLS);
        writers.forEach(Writer::stop);
        for (Thread thread : threads) assertThat(thread.join(PATIENCE)).as(thread.getName()).isTrue();
        judge();
    }

    private void killServer() throws IOException, InterruptedException {
        server.kill();
        serve();
    }

    private ProcessHandle postmaster() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(data().resolve("postgres/18/postmaster.pid")).getFirst().strip());
        return ProcessHandle.of(pid).orElseThrow(() -> new AssertionError("The database does not run."));
    }

    /// What was killed is back when somebody's write is acknowledged again; a killed database comes back by itself.
    private void awaitProgress(int kill) throws InterruptedException {
        int before = answers();
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; Thread.sleep(20)) if (answers() > before + 1) return;
        throw new AssertionError("Nothing is acknowledged any more after kill " + kill + " of seed " + SEED + ": " + writers.stream().map(w -> w.path + " " + w.faults).toList());
    }

    private int answers() {
        return writers.stream().mapToInt(Writer::answers).sum();
    }

    /// By sessions and by tokens.
    private void people() throws IOException {
        Map<String, String> passwords = new HashMap<>();
        for (String line : Files.readAllLines(data().resolve("demo-users.txt"))) {
            List<String> cells = List.of(line.split("\t", -1));
            if (cells.size() == 3) passwords.put(cells.get(0), cells.get(1));
        }
        Visitor manager = signedIn("demo-county-manager", passwords);
        Visitor planner = signedIn("demo-planner", passwords);
        Visitor program = new Visitor(server.base());
        program.headers.put("Authorization", "Bearer " + Visitor.json(planner.send("POST", "/api/v1/tokens", "{\"name\": \"t\", \"rights\": [\"read_plans\", \"plan\", \"read_demand\", \"read_places\", \"read_shops\", \"edit_shops\"], \"days\": 1}")).path("token").asString());
        long scenario = Visitor.json(planner.get("/api/v1/scenarios")).path("items").path(0).path("id").asLong();
        long copy = Visitor.json(planner.send("POST", "/api/v1/scenarios/" + scenario + "/copy", "{}")).path("id").asLong();
        String shop = Visitor.json(manager.send("POST", "/api/v1/shops", shop("first"))).path("id").asString();
        writers.addAll(List.of(new Writer.Adder(manager, "/api/v1/shops", "shop", KilledServerTest::shop), new Writer.Adder(program, "/api/v1/scenarios/" + scenario + "/copy", "scenario", name -> "{\"name\": \"" + name + "\"}"),
                new Writer.Adder(program, "/api/v1/sites", "site", KilledServerTest::site), new Writer.Changer(planner, "/api/v1/scenarios/" + copy, "scenario"), new Writer.Changer(program, "/api/v1/shops/" + shop, "shop"),
                new Writer.Changer(manager, "/api/v1/places/" + TOWNSHIP, "place"), new Writer.Importer(manager)));
    }

    private Visitor signedIn(String login, Map<String, String> passwords) {
        return new Visitor(server.base()).signedIn(login, Objects.requireNonNull(passwords.get(login)));
    }

    private static String shop(String name) {
        return "{\"name\": \"" + name + "\", \"division\": \"" + TOWNSHIP + "\", \"lon\": 112.29, \"lat\": 34.32, \"owner\": \"rival\", \"format\": \"owner_run\", \"brands\": [\"OPPO\"], \"source\": \"seen\", \"kind\": \"observed\"}";
    }

    private static String site(String name) {
        return "{\"name\": \"" + name + "\", \"division\": \"" + TOWNSHIP + "\", \"lon\": 112.29, \"lat\": 34.32, \"action\": \"open\", \"shop\": null, \"format\": \"authorised_shop\", \"modelsCarried\": 6, \"fitOutFen\": 1500000, "
                + "\"runningFenYear\": 600000, \"dealerMarginFen\": 8000, \"source\": \"proposed\"}";
    }

    private void judge() throws InterruptedException {
        DatabaseAddress at = Objects.requireNonNull(EmbeddedPostgres.running(data()));
        Jdbi.create(at.jdbcUrl(), Objects.requireNonNull(at.user()), Objects.requireNonNull(at.password())).useHandle(handle -> {
            handle.execute("SET search_path = xiaxiang");
            awaitImports(handle);
            for (Writer writer : writers) {
                assertThat(writer.faults).as(writer.path + ", seed " + SEED).isEmpty();
                assertThat(writer.acknowledged).as(writer.path).isNotEmpty();
                switch (writer) {
                    case Writer.Adder adder -> added(handle, adder);
                    case Writer.Changer changer -> changed(handle, changer);
                    case Writer.Importer importer -> imported(handle, importer);
                }
            }
        });
    }

    /// What was begun is taken up again.
    private static void awaitImports(Handle handle) throws InterruptedException {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; Thread.sleep(200))
            if (handle.createQuery("SELECT count(*) FROM import WHERE state IN ('judging', 'applying')").mapTo(int.class).one() == 0) return;
        throw new AssertionError("Imports never end: " + handle.createQuery("SELECT concat(kind, ' ', state, ' ', attempts, ' ', picked, ' ', last_heartbeat) FROM job LEFT JOIN scheduled_tasks ON task_instance = job.id::text WHERE ended_at IS NULL")
                .mapTo(String.class).list());
    }

    private static void added(Handle handle, Writer.Adder adder) {
        Map<String, Integer> rows = counts(handle, "SELECT name, count(*) FROM " + adder.table + " WHERE name LIKE '写%' GROUP BY name");
        Map<String, Integer> audit = counts(handle, "SELECT changes->'name'->>1, count(*) FROM audit WHERE op = 'insert' AND table_name = '" + adder.table + "' AND changes->'name'->>1 LIKE '写%' GROUP BY 1");
        for (String name : adder.acknowledged) {
            assertThat(rows.getOrDefault(name, 0)).as("rows of the acknowledged " + name + ", seed " + SEED).isEqualTo(1);
            assertThat(audit.getOrDefault(name, 0)).as("audit of the acknowledged " + name + ", seed " + SEED).isEqualTo(1);
        }
        for (String name : adder.unknown) {
            assertThat(rows.getOrDefault(name, 0)).as("rows of " + name + ", whose answer was lost, seed " + SEED).isBetween(0, 1);
            assertThat(audit.getOrDefault(name, 0)).as("audit of " + name + ", seed " + SEED).isEqualTo(rows.getOrDefault(name, 0));
        }
    }

    private static void changed(Handle handle, Writer.Changer changer) {
        Map<String, Integer> audit = counts(handle, "SELECT changes->'name'->>1, count(*) FROM audit WHERE op = 'update' AND table_name = '" + changer.table + "' GROUP BY 1");
        for (String name : changer.acknowledged) assertThat(audit.getOrDefault(name, 0)).as("audit of the acknowledged " + name + ", seed " + SEED).isEqualTo(1);
        for (String name : changer.unknown) assertThat(audit.getOrDefault(name, 0)).as("audit of " + name + ", whose answer was lost, seed " + SEED).isBetween(0, 1);
        String key = changer.table.equals("place") ? "code" : "id::text";
        assertThat(handle.createQuery("SELECT name FROM " + changer.table + " WHERE " + key + " = :id").bind("id", changer.path.substring(changer.path.lastIndexOf('/') + 1)).mapTo(String.class).one())
                .as("the last name of " + changer.path + ", seed " + SEED).isEqualTo(changer.current());
    }

    /// Applied whole, or failed and nothing of it there: a job whose server died three times is given up.
    private static void imported(Handle handle, Writer.Importer importer) {
        Map<String, Integer> rows = counts(handle, "SELECT name, count(*) FROM shop WHERE import_id IS NOT NULL AND name LIKE '写%' GROUP BY name");
        for (String one : importer.acknowledged) {
            long id = Long.parseLong(one.substring(0, one.indexOf(' ')));
            String state = handle.createQuery("SELECT state FROM import WHERE id = :id").bind("id", id).mapTo(String.class).findOne().orElse("lost");
            assertThat(state).as("import " + one + ", seed " + SEED).isIn("applied", "failed");
            assertThat(rows.getOrDefault(one.substring(one.indexOf(' ') + 1), 0)).as("shops of import " + one + " (" + state + "), seed " + SEED).isEqualTo(state.equals("applied") ? 1 : 0);
            assertThat(handle.createQuery("SELECT count(*) FROM audit WHERE table_name = 'import' AND op = 'insert' AND row_key = :id").bind("id", String.valueOf(id)).mapTo(int.class).one()).as("audit of import " + id).isEqualTo(1);
        }
    }

    private static Map<String, Integer> counts(Handle handle, String sql) {
        Map<String, Integer> all = new HashMap<>();
        handle.createQuery(sql).map((row, _) -> Map.entry(row.getString(1) == null ? "" : row.getString(1), row.getInt(2))).forEach(e -> all.put(e.getKey(), e.getValue()));
        return all;
    }
}
