package xiaxiang.core.db;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A server of the PostgreSQL that Debian's package brings, as a user's own would be: with a login that owns its database and is no superuser, and text ordered as in English.
final class DebianServer implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PASSWORD = "owner's word";

    private final Path folder;
    private final ServerProcess process;

    private DebianServer(Path folder, ServerProcess process) {
        this.folder = folder;
        this.process = process;
    }

    /// Starts it in a new folder, or skips the test where the package is missing.
    static DebianServer start() throws Exception {
        Path installed = installed();
        assumeTrue(installed != null, "no PostgreSQL of Debian's package in /usr/lib/postgresql");
        Path folder = Files.createTempDirectory("xiaxiang-debian");
        try (ClusterFolder own = ClusterFolder.open(folder)) {
            Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwx--x--x"));
            PostgresUser user = PostgresUser.choose(own, installed);
            Path cluster = Files.createDirectory(own.home().resolve("debian"), Folders.rights("rwx------"));
            user.own(cluster);
            Path password = own.home().resolve("password");
            Folders.writePrivately(password, "superuser");
            user.own(password);
            List<String> initdb = List.of(installed.resolve("bin/initdb").toString(), "-D", cluster.toString(), "-U", "postgres", "--auth=scram-sha-256", "--pwfile=" + password, "-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US", "-N");
            if (Subprocess.run(user.command(initdb), own.home().resolve("initdb.log"), SOON) != 0) throw new IOException(Files.readString(own.home().resolve("initdb.log")));
            ServerProcess process = ServerProcess.start(user, installed, cluster, new ServerLog(own.home()), freePort());
            process.awaitReady(() -> false);
            DebianServer server = new DebianServer(folder, process);
            ServerFolders.execute(new DatabaseAddress(server.url("postgres"), "postgres", "superuser"), "CREATE ROLE owner LOGIN CREATEROLE CREATEDB PASSWORD '" + PASSWORD.replace("'", "''") + "'",
                    "CREATE DATABASE fresh OWNER owner");
            return server;
        }
    }

    private static @org.jspecify.annotations.Nullable Path installed() throws IOException {
        Path all = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(all)) return null;
        try (Stream<Path> versions = Files.list(all)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/initdb"))).findFirst().orElse(null);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + process.port() + "/" + database;
    }

    /// A new database of the owner's.
    DatabaseAddress database(String name) throws Exception {
        ServerFolders.execute(new DatabaseAddress(url("fresh"), "owner", PASSWORD), "CREATE DATABASE " + name);
        return new DatabaseAddress(url(name), "owner", PASSWORD);
    }

    @Override
    public void close() throws IOException {
        try {
            process.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Folders.delete(folder);
    }
}
