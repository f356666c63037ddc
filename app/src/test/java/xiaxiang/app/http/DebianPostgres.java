package xiaxiang.app.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A new server of the PostgreSQL that Debian's package brings, with its superuser: as an administrator has it before anything of ours is there.
final class DebianPostgres implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String SUPERUSER = "postgres";
    private static final int START_SECONDS = 60;

    private final Path folder;
    private final Process process;
    private final int port;

    private DebianPostgres(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /// Starts it, or skips the test where the package is missing.
    static DebianPostgres start() throws IOException, InterruptedException {
        Path binaries = binaries();
        assumeTrue(binaries != null, "no PostgreSQL of Debian's package in " + INSTALLED);
        Path folder = Files.createTempDirectory("debian-postgres");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Path cluster = Files.createDirectory(folder.resolve("cluster"));
        Path password = Files.writeString(folder.resolve("password"), SUPERUSER);
        for (Path one : List.of(cluster, password)) if (isRoot()) Files.setOwner(one, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SUPERUSER));
        run(folder, "initdb", binaries.resolve("initdb").toString(), "-D", cluster.toString(), "-U", SUPERUSER, "--auth=scram-sha-256", "--pwfile=" + password, "-E", "UTF8", "--locale=C.UTF-8", "-N");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process process = process(folder, "postgres", binaries.resolve("postgres").toString(), "-D", cluster.toString(), "-p", String.valueOf(port), "-h", "127.0.0.1", "-k", "");
        DebianPostgres server = new DebianPostgres(folder, process, port);
        server.awaitReady();
        return server;
    }

    private static @Nullable Path binaries() throws IOException {
        if (!Files.isDirectory(INSTALLED)) return null;
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin")).filter(bin -> Files.isExecutable(bin.resolve("initdb"))).findFirst().orElse(null);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /// PostgreSQL does not run as root.
    private static Process process(Path folder, String name, String... words) throws IOException {
        List<String> command = new ArrayList<>(isRoot() ? List.of("setpriv", "--reuid=" + SUPERUSER, "--regid=" + SUPERUSER, "--clear-groups") : List.of());
        command.addAll(List.of(words));
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile()).start();
    }

    private static void run(Path folder, String name, String... words) throws IOException, InterruptedException {
        Process process = process(folder, name, words);
        if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) throw new IOException(Files.readString(folder.resolve(name + ".log")));
    }

    private void awaitReady() throws IOException, InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS); System.nanoTime() < end && process.isAlive(); Thread.sleep(50)) {
            try {
                superuser("SELECT 1");
                return;
            } catch (SQLException notYet) {
                // It is being started.
            }
        }
        throw new IOException(Files.readString(folder.resolve("postgres.log")));
    }

    /// The address of a database, without a login.
    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    void superuser(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), SUPERUSER, SUPERUSER); Statement statement = connection.createStatement()) {
            for (String sql : statements) statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }
}
