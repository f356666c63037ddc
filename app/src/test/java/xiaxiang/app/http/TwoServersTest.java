package xiaxiang.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xiaxiang.app.cli.ServeProcess;
import xiaxiang.core.db.DatabaseAddress;
import xiaxiang.core.db.EmbeddedPostgres;

/// Two servers on one database share its queue: whoever is asked, each job is begun once and ends once.
class TwoServersTest {
    private static final int JOBS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    @TempDir
    private Path temp;

    @Test
    void eachJobOfACommonQueueRunsOnce() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(temp.resolve("postgres"), EmbeddedPostgres.Settings.standard()); ServeProcess a = serve("a", postgres.address(), "--demo"); ServeProcess b = serve("b", postgres.address())) {
            List<Visitor> managers = List.of(manager(a), manager(b));
            List<Long> imports = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                byte[] shops = ("id,name,division,lon,lat,datum,owner,format,brands,running_fen_year,source,kind\nt" + i + ",店,410329101,112.28,34.31,WGS-84,rival,owner_run,OPPO,0,list,observed\n").getBytes(StandardCharsets.UTF_8);
                HttpResponse<byte[]> answer = managers.get(i % 2).upload("/api/v1/imports", Map.of("shops.csv", shops), Map.of("dryRun", "false"));
                assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(202);
                imports.add(Visitor.json(answer).path("id").asLong());
            }
            for (int i = 0; i < JOBS; i++) assertThat(settled(managers.get((i + 1) % 2), imports.get(i))).as("an import, seen from the other server").isEqualTo("applied");
            DatabaseAddress at = postgres.address();
            List<Integer> attempts = Jdbi.create(at.jdbcUrl(), Objects.requireNonNull(at.user()), Objects.requireNonNull(at.password())).withHandle(handle -> handle.createQuery("SELECT attempts FROM xiaxiang.job").mapTo(Integer.class).list());
            assertThat(attempts).hasSize(2 * JOBS).containsOnly(1);
        }
    }

    private ServeProcess serve(String name, DatabaseAddress at, String... more) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--port", "0", "--data", temp.resolve("data").toString(), "--database", at.jdbcUrl()));
        all.addAll(List.of(more));
        return ServeProcess.start(temp.resolve(name + ".log"), Map.of("XIAXIANG_DATABASE_USER", Objects.requireNonNull(at.user()), "XIAXIANG_DATABASE_PASSWORD", Objects.requireNonNull(at.password())), all.toArray(String[]::new));
    }

    private Visitor manager(ServeProcess server) throws IOException {
        for (String line : Files.readAllLines(temp.resolve("data/demo-users.txt"))) {
            List<String> cells = List.of(line.split("\t", -1));
            if (cells.getFirst().equals("demo-county-manager")) return new Visitor(server.base()).signedIn(cells.getFirst(), cells.get(1));
        }
        throw new AssertionError("no county manager");
    }

    private static String settled(Visitor visitor, long id) throws InterruptedException {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; Thread.sleep(200)) {
            String state = Visitor.json(visitor.get("/api/v1/imports/" + id)).path("state").asString();
            if (!List.of("judging", "applying").contains(state)) return state;
        }
        throw new AssertionError("import " + id + " takes too long");
    }
}
