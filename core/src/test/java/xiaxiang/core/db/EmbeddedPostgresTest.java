package xiaxiang.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xiaxiang.core.db.DatabaseRefused.Reason;

/// Real servers, started, killed and refused.
class EmbeddedPostgresTest {
    @TempDir
    private Path temp;
    private Path data;
    private final List<Process> children = new ArrayList<>();

    @BeforeEach
    void nameTheFolder() {
        data = temp.resolve("数据 目录 1");
    }

    @AfterEach
    void leaveNothingBehind() throws IOException, InterruptedException {
        for (Process child : children) child.destroyForcibly().waitFor();
        for (int tries = 0; tries < 100 && !ServerFolders.serversBelow(temp).isEmpty(); tries++) Thread.sleep(50);
        assertThat(ServerFolders.serversBelow(temp)).isEmpty();
    }

    private static Reason refusal(Path folder) {
        return refusal(folder, ServerFolders.settings());
    }

    private static Reason refusal(Path folder, EmbeddedPostgres.Settings settings) {
        DatabaseRefused refused = catchThrowableOfType(DatabaseRefused.class, () -> EmbeddedPostgres.start(folder, settings).close());
        assertThat(refused).isNotNull();
        return refused.reason();
    }

    @Test
    void aSecondStartFindsWhatTheFirstLeft() throws Exception {
        DatabaseAddress address;
        try (EmbeddedPostgres first = ServerFolders.start(data)) {
            address = first.address();
            ServerFolders.execute(address, "CREATE TABLE t (id int)", "INSERT INTO t VALUES (41)");
            assertThat(first.isAlive()).isTrue();
            assertThat(EmbeddedPostgres.running(data)).isEqualTo(address);
        }
        assertThat(EmbeddedPostgres.running(data)).isNull();
        assertThat(ServerFolders.serversBelow(temp)).isEmpty();
        try (EmbeddedPostgres second = ServerFolders.start(data)) {
            assertThat(ServerFolders.ask(second.address(), "SELECT id FROM t")).isEqualTo("41");
        }
        try (Stream<Path> left = Files.list(data.resolve("postgres"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("18", "launcher.lock", "postgres.log", "secret");
        }
    }

    @Test
    void nobodyConnectsWithoutThePassword() throws Exception {
        try (EmbeddedPostgres server = ServerFolders.start(data)) {
            for (String user : List.of("postgres", "xiaxiang"))
                for (String database : List.of("xiaxiang", "postgres"))
                    for (String password : new String[] {null, "", "wrong"}) {
                        String url = server.jdbcUrl().replace("/xiaxiang?", "/" + database + "?");
                        assertThatThrownBy(() -> ServerFolders.ask(new DatabaseAddress(url, user, password), "SELECT 1")).isInstanceOf(SQLException.class);
                    }
            assertThat(Files.readAllLines(data.resolve("postgres/18/pg_hba.conf")).stream().filter(line -> !line.startsWith("#") && !line.isBlank())).isNotEmpty().allMatch(line -> line.endsWith("scram-sha-256"));
            assertThat(server.address().toString()).doesNotContain(server.password());
            for (String file : List.of("secret", "running", "postgres.log"))
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("postgres").resolve(file)))).isEqualTo("rw-------");
        }
    }

    @Test
    void theServerIsSafeAndItsOwnerIsNoSuperuser() throws Exception {
        try (EmbeddedPostgres server = ServerFolders.start(data)) {
            DatabaseAddress superuser = new DatabaseAddress(server.jdbcUrl(), "postgres", Secret.read(data.resolve("postgres/secret")).superuser());
            for (String setting : List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on", "data_checksums=on", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=40")) {
                String name = setting.substring(0, setting.indexOf('='));
                assertThat(name + "=" + ServerFolders.ask(superuser, "SHOW " + name)).isEqualTo(setting);
            }
            assertThat(ServerFolders.ask(server.address(), "SELECT concat(rolsuper, rolbypassrls, rolcreaterole, rolcreatedb) FROM pg_roles WHERE rolname = current_user")).isEqualTo("fftt");
            assertThat(ServerFolders.ask(server.address(), "SELECT concat(datlocprovider, datlocale) FROM pg_database WHERE datname = current_database()")).isEqualTo("bC.UTF-8");
            assertThat(ServerFolders.ask(server.address(), "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()")).isEqualTo("xiaxiang");
        }
    }

    @Test
    void oneProcessOwnsAFolder() throws Exception {
        try (EmbeddedPostgres server = ServerFolders.start(data)) {
            assertThat(refusal(data)).isEqualTo(Reason.IN_USE);
            Process other = child();
            assertThat(ServerFolders.line(other)).startsWith("IN_USE");
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void twoThatStartAtOnceEndWithOneServer() throws Exception {
        Process a = child();
        Process b = child();
        List<String> said = List.of(ServerFolders.line(a), ServerFolders.line(b));
        assertThat(said.stream().filter(line -> line.startsWith("IN_USE"))).hasSize(1);
        assertThat(said.stream().filter(line -> line.matches("\\d+"))).hasSize(1);
    }

    private Process child() throws IOException {
        Process child = ServerFolders.child(ServerMain.class, data.toString(), ServerFolders.settings().cache().toString());
        children.add(child);
        return child;
    }

    @Test
    void aStalePidFileIsNoHindrance() throws Exception {
        ServerFolders.start(data).close();
        for (long pid : new long[] {4_000_000, ProcessHandle.current().pid(), 1}) {
            Files.writeString(data.resolve("postgres/18/postmaster.pid"), pid + "\n" + data.resolve("postgres/18") + "\n1\n5432\n\n127.0.0.1\n\nready\n");
            ServerFolders.start(data).close();
        }
    }

    @Test
    void whatWasAcknowledgedOutlivesTheKillOfTheProgram() throws Exception {
        for (int round = 1; round <= 3; round++) {
            Process child = child();
            long pid = Long.parseLong(ServerFolders.line(child));
            DatabaseAddress address = Objects.requireNonNull(EmbeddedPostgres.running(data));
            ServerFolders.execute(address, "CREATE TABLE IF NOT EXISTS t (id int)", "INSERT INTO t VALUES (" + round + ")");
            child.destroyForcibly().waitFor();
            try (EmbeddedPostgres next = ServerFolders.start(data)) {
                assertThat(ServerFolders.ask(next.address(), "SELECT count(*) FROM t")).isEqualTo(String.valueOf(round));
                assertThat(next.pid()).isNotEqualTo(pid);
            }
        }
    }

    /// As on a system that cannot tell a server that its program has gone.
    @Test
    void anOrphanIsStopped() throws Exception {
        ServerFolders.start(data).close();
        Path binaries = PostgresBinaries.folder(ServerFolders.settings().cache());
        PostgresUser user;
        try (ClusterFolder folder = ClusterFolder.open(data)) {
            user = PostgresUser.choose(folder, binaries);
        }
        PostgresUser untold = new PostgresUser(user.prefix().stream().filter(word -> !word.startsWith("--pdeathsig")).filter(word -> !word.equals("setpriv") || user.owner() != null).toList(), user.owner());
        ServerProcess orphan = ServerProcess.start(untold, binaries, data.toAbsolutePath().resolve("postgres/18"), new ServerLog(data.resolve("postgres")), freePort());
        orphan.awaitReady(() -> false);
        try (EmbeddedPostgres next = ServerFolders.start(data)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(ServerFolders.ask(next.address(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aKilledServerIsStartedAgainOnItsPort() throws Exception {
        try (EmbeddedPostgres server = ServerFolders.start(data)) {
            ServerFolders.execute(server.address(), "CREATE TABLE t (id int)");
            for (int round = 1; round <= 2; round++) {
                ServerFolders.execute(server.address(), "INSERT INTO t VALUES (" + round + ")");
                long before = server.pid();
                Subprocess.signal("KILL", before);
                assertThat(countOnceBack(server, before)).isEqualTo(String.valueOf(round));
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String countOnceBack(EmbeddedPostgres server, long before) throws InterruptedException {
        for (long end = System.nanoTime() + Duration.ofSeconds(60).toNanos(); System.nanoTime() < end; Thread.sleep(50)) {
            try {
                if (server.pid() != before) return String.valueOf(ServerFolders.ask(server.address(), "SELECT count(*) FROM t"));
            } catch (SQLException notYet) {
                // It is being started.
            }
        }
        return "not back";
    }

    @Test
    void aStartKilledAnywhereIsRepeated() throws Exception {
        for (int millis = 100; millis <= 1_900; millis += 300) {
            Process child = child();
            if (!child.waitFor(millis, TimeUnit.MILLISECONDS)) child.destroyForcibly().waitFor();
        }
        try (EmbeddedPostgres server = ServerFolders.start(data)) {
            assertThat(ServerFolders.ask(server.address(), "SELECT 1")).isEqualTo("1");
        }
    }

    /// Else its files come and go while the folder is deleted.
    @Test
    void anInitdbOfAnEarlierLifeIsWaitedFor() throws Exception {
        Path init = Files.createDirectories(data.resolve("postgres/init"));
        Path initdb = temp.resolve("initdb");
        Files.writeString(initdb, """
            #!/bin/sh
            end=$(($(date +%s) + 3))
            while [ "$(date +%s)" -lt $end ]; do for i in 1 2 3 4 5 6 7 8 9; do mkdir -p "$2/$i"; done; rm -rf "$2"/*; done
            """);
        assertThat(initdb.toFile().setExecutable(true)).isTrue();
        Process orphan = new ProcessBuilder(initdb.toString(), "-D", init.toRealPath().toString()).start();
        try (EmbeddedPostgres server = ServerFolders.start(data)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(ServerFolders.ask(server.address(), "SELECT 1")).isEqualTo("1");
        } finally {
            orphan.destroyForcibly().waitFor();
        }
    }

    @Test
    void anotherMajorVersionIsRefused() throws Exception {
        Path old = Files.createDirectories(data.resolve("postgres/17"));
        Files.writeString(old.resolve("PG_VERSION"), "17\n");
        assertThat(refusal(data)).isEqualTo(Reason.OTHER_MAJOR);
        Path own = Files.createDirectories(data.resolve("postgres/18"));
        Files.writeString(own.resolve("PG_VERSION"), "16\n");
        assertThat(refusal(data)).isEqualTo(Reason.OTHER_MAJOR);
    }

    @Test
    void aUserWithoutAPlaceForACacheKeepsTheBinariesInTheDataFolder() throws Exception {
        Path closed = Files.createFile(temp.resolve("no folder"));
        EmbeddedPostgres.start(data, new EmbeddedPostgres.Settings(closed.resolve("cache"), 0, 64)).close();
        assertThat(data.resolve("postgres/binaries")).isNotEmptyDirectory();
    }

    @Test
    void aTakenPortIsRefused() throws Exception {
        ServerFolders.start(data).close();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(refusal(data, new EmbeddedPostgres.Settings(ServerFolders.settings().cache(), socket.getLocalPort(), 64))).isEqualTo(Reason.PORT_TAKEN);
        }
        ServerFolders.start(data).close();
    }

    @Test
    void aBrokenClusterSaysWhatPostgresSays() throws Exception {
        ServerFolders.start(data).close();
        Files.write(data.resolve("postgres/18/global/pg_control"), new byte[8192]);
        DatabaseRefused refused = catchThrowableOfType(DatabaseRefused.class, () -> ServerFolders.start(data));
        assertThat(refused.reason()).isEqualTo(Reason.CRASHED);
        assertThat(refused.text(java.util.Locale.ENGLISH)).contains("FATAL").contains("PG_CONTROL_VERSION 0").contains("postgres.log").contains("xiaxiang restore");
        assertThat(EmbeddedPostgres.running(data)).isNull();
    }

    @Test
    void aLostSecretIsSaid() throws Exception {
        ServerFolders.start(data).close();
        Files.delete(data.resolve("postgres/secret"));
        assertThat(refusal(data)).isEqualTo(Reason.SECRET_LOST);
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefused() throws Exception {
        Path file = Files.createFile(temp.resolve("file"));
        assertThat(refusal(file)).isEqualTo(Reason.FILES);
        assumeTrue(PostgresUser.isRoot(), "only root can mount a read-only folder");
        Path mount = Files.createDirectory(temp.resolve("read only"));
        assumeTrue(mounted(mount, "ro,size=1m"), "this machine lets nobody mount");
        try {
            assertThat(refusal(mount.resolve("data"))).isEqualTo(Reason.FILES);
        } finally {
            Subprocess.run(List.of("umount", mount.toString()), null, Duration.ofSeconds(10));
        }
    }

    @Test
    void aFullDiskIsSaidBeforeAndWhileItHappens() throws Exception {
        assumeTrue(PostgresUser.isRoot(), "only root can mount a small disk");
        Path mount = Files.createDirectory(temp.resolve("small"));
        assumeTrue(mounted(mount, "size=40m"), "this machine lets nobody mount");
        try {
            assertThat(refusal(mount.resolve("a"))).isEqualTo(Reason.DISK_FULL);
            assertThat(refusal(mount.resolve("b"), new EmbeddedPostgres.Settings(ServerFolders.settings().cache(), 0, 1))).isEqualTo(Reason.DISK_FULL);
            assertThat(Subprocess.run(List.of("mount", "-o", "remount,size=160m", mount.toString()), null, Duration.ofSeconds(10))).isZero();
            try (EmbeddedPostgres server = ServerFolders.start(mount.resolve("c"))) {
                ServerFolders.execute(server.address(), "CREATE TABLE t (pad text)", "ALTER TABLE t ALTER pad SET STORAGE EXTERNAL", "INSERT INTO t VALUES ('kept')");
                assertThatThrownBy(() -> ServerFolders.execute(server.address(), "INSERT INTO t SELECT repeat(md5(n::text), 200) FROM generate_series(1, 50000) n"))
                        .isInstanceOf(SQLException.class);
                assertThat(Subprocess.run(List.of("mount", "-o", "remount,size=600m", mount.toString()), null, Duration.ofSeconds(10))).isZero();
                assertThat(countOnceBack(server, -1)).isEqualTo("1");
            }
            try (EmbeddedPostgres server = ServerFolders.start(mount.resolve("c"))) {
                assertThat(ServerFolders.ask(server.address(), "SELECT string_agg(pad, ',') FROM t")).isEqualTo("kept");
            }
        } finally {
            Subprocess.run(List.of("umount", mount.toString()), null, Duration.ofSeconds(10));
        }
    }

    private static boolean mounted(Path folder, String options) throws IOException, InterruptedException {
        return Subprocess.run(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()), null, Duration.ofSeconds(10)) == 0;
    }

    /// A folder of JUnit's is closed to other users; here the server of root runs as one of them.
    @Test
    void rootRunsTheServerAsAnotherUserWhereTheFolderCanBeReached() throws Exception {
        assumeTrue(PostgresUser.isRoot(), "only root changes its user");
        Path open = Files.createTempDirectory("xiaxiang-open");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwx--x--x"));
        try (EmbeddedPostgres server = ServerFolders.start(open.resolve("数据"))) {
            assertThat(Files.getOwner(Path.of("/proc", String.valueOf(server.pid()))).getName()).isIn("postgres", "nobody");
            assertThat(Files.readString(Path.of("/proc", String.valueOf(server.pid()), "status"))).contains("CapEff:\t0000000000000000").contains("NoNewPrivs:\t1");
            assertThat(ServerFolders.ask(server.address(), "SELECT 1")).isEqualTo("1");
        } finally {
            Folders.delete(open);
        }
    }
}
