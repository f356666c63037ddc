package xiaxiang.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;
import xiaxiang.app.config.Enforcement;
import xiaxiang.app.config.Server;
import xiaxiang.app.config.ServerSettings;
import xiaxiang.core.account.InvitationStore;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.EmbeddedPostgres;
import xiaxiang.core.db.Migrations;

/// The measurements of the app count what they send and say what fails; how long things take is none of a test's business.
class AppBenchTest {
    @Test
    void aLoadCountsAllItSentAndSaysWhatFailed() throws InterruptedException {
        AtomicInteger sent = new AtomicInteger();
        Load load = Load.run(20, 1_000, k -> {
            sent.incrementAndGet();
            if (k % 4 == 0) throw new IOException("refused");
        });
        assertThat(sent).hasValue(20);
        assertThat(load.count()).isEqualTo(20);
        assertThat(load.failed()).isEqualTo(5);
        assertThat(AppLoads.reached(load, .99, 1e9).held()).as("failures are never within an aim").isFalse();
        assertThat(AppLoads.reached(load, .99, 1e9).text()).contains("5 failed", "refused");
    }

    @Test
    void aSlowAnswerDelaysNoOtherRequest() throws InterruptedException {
        AtomicInteger others = new AtomicInteger();
        Load load = Load.run(5, 1_000, k -> {
            if (k > 0) others.incrementAndGet();
            else while (others.get() < 4) Thread.onSpinWait();
        });
        assertThat(load.failed()).as("the first waits for those after it").isZero();
    }

    @Test
    void aRowThatFailsSaysSo() {
        AppRow row = AppRow.of("home", "w", "300 ms", () -> {
            throw new IOException("no | answer");
        });
        assertThat(row.reached().held()).isFalse();
        assertThat(row.cells()).contains("failed: no / answer", "**no**");
    }

    @Test
    void aTinyRunAgainstARealServer(@TempDir Path temp) throws Exception {
        Path home = home();
        System.setProperty("xiaxiang.home", home.toString());
        Path binaries = home.resolve("core/target/postgres-cache");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(temp.resolve("data"), new EmbeddedPostgres.Settings(binaries, 0, 64))) {
            Migrations.run(postgres.address());
            try (Database database = Database.open(postgres.address(), 10); Server server = Server.start(new ServerSettings(temp, "127.0.0.1", 0, null, null, null), database, Enforcement.BOTH)) {
                String base = "http://127.0.0.1:" + server.port() + "/";
                assertThat(new AppVisit(base).fetch().files()).isGreaterThan(5);
                String key = database.<@Nullable String, RuntimeException>guard(null, "test", InvitationStore::first);
                AppPeople people = AppPeople.first(base, "token=" + Objects.requireNonNull(key));
                assertThatThrownBy(() -> AppPlaces.of(people.administrator(), 1, 7)).hasMessageContaining("imported");
                Assumptions.assumeTrue(Files.isDirectory(home.resolveSibling("shared").resolve("data/atlas")), "no national atlas beside the project");
                Files.createSymbolicLink(temp.resolve("atlas"), home.resolveSibling("shared").resolve("data/atlas"));
                county(people);
            }
        }
    }

    private static void county(AppPeople people) throws Exception {
        AppRow.Reached imported = new AppNation(people).bringIn("410329", 1e9);
        assertThat(imported.text()).as(imported.text()).doesNotContain(" 0 divisions", " 0 shops");
        List<AppPlaces.Place> places = AppPlaces.of(people.administrator(), 5, 7);
        assertThat(places).isNotEmpty();
        AppLoads loads = new AppLoads(people.administrator(), places, 20, .2, .5);
        for (Load load : List.of(loads.home(), loads.place(), loads.tiles())) {
            assertThat(load.count()).isEqualTo(10);
            assertThat(load.reasons(3)).isEmpty();
        }
        assertThat(loads.rareWord("鸣皋", 1).failed()).isZero();
        assertThat(loads.coldTiles(1)).hasSize(12).allSatisfy((_, times) -> assertThat(times).hasSize(3));
    }

    private static Path home() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) if (Files.isDirectory(at.resolve("demo/yichuan"))) return at;
        throw new IllegalStateException("The folder demo/yichuan is part of the project.");
    }
}
