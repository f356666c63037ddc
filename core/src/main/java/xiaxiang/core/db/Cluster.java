package xiaxiang.core.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/// Sets a cluster up, and the login and database in it. Killed at any point, the next start goes on from there.
final class Cluster {
    static final String OWNER = "xiaxiang";
    static final String DATABASE = "xiaxiang";
    private static final Duration INITDB = Duration.ofMinutes(5);
    /// No such login or a wrong password, no such database.
    private static final Set<String> NOT_SET_UP = Set.of("28000", "28P01", "3D000");

    private Cluster() {}

    /// Makes the cluster where there is none, with checksums, bytewise order of text on every machine, and passwords only; returns its passwords.
    static Secret prepare(ClusterFolder folder, PostgresUser user, Path binaries) throws IOException, InterruptedException {
        if (Files.exists(folder.cluster())) return Secret.read(folder.secret());
        Orphans.clear(folder.init());
        Folders.delete(folder.init());
        if (!Files.exists(folder.secret())) Secret.random().write(folder.secret());
        Secret secret = Secret.read(folder.secret());
        Files.createDirectory(folder.init(), Folders.rights("rwx------"));
        user.own(folder.init());
        initialise(folder, user, binaries, secret);
        Files.move(folder.init(), folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
        return secret;
    }

    private static void initialise(ClusterFolder folder, PostgresUser user, Path binaries, Secret secret) throws IOException, InterruptedException {
        Path password = folder.home().resolve("initdb.password");
        Path said = folder.home().resolve("initdb.log");
        Files.deleteIfExists(said);
        Folders.writePrivately(password, secret.superuser());
        try {
            user.own(password);
            List<String> command = List.of(binaries.resolve("bin/initdb").toString(), "-D", folder.init().toString(), "-U", "postgres", "--auth=scram-sha-256", "--pwfile=" + password,
                    "-E", "UTF8", "--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums", "--no-instructions");
            if (Subprocess.run(user.command(command), said, INITDB) != 0) throw failed(said, folder);
        } finally {
            Files.deleteIfExists(password);
        }
        Files.deleteIfExists(said);
    }

    private static DatabaseRefused failed(Path said, ClusterFolder folder) throws IOException {
        List<String> lines = Files.readAllLines(said);
        if (String.join("\n", lines).contains("No space left on device")) return new DatabaseRefused(DatabaseRefused.Reason.DISK_FULL, folder.home(), 0, ClusterFolder.NEEDED_MIB);
        String why = lines.stream().filter(line -> line.contains("error") || line.contains("FATAL")).findFirst().orElse(lines.isEmpty() ? "initdb" : lines.getLast());
        return new DatabaseRefused(DatabaseRefused.Reason.CRASHED, why, said);
    }

    /// Makes sure that the owner can log in to its database; the superuser is asked only if it cannot.
    static void login(DatabaseAddress superuser, DatabaseAddress owner) throws SQLException {
        try (Connection _ = connect(owner)) {
            return;
        } catch (SQLException e) {
            if (!NOT_SET_UP.contains(e.getSQLState())) throw e;
        }
        try (Connection connection = connect(superuser); Statement statement = connection.createStatement()) {
            // Else a mistyped statement would put the password into the log.
            statement.execute("SET log_min_error_statement = panic");
            String role = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", OWNER) ? "ALTER" : "CREATE";
            statement.execute(role + " ROLE " + OWNER + " LOGIN NOSUPERUSER NOBYPASSRLS CREATEROLE CREATEDB PASSWORD '" + owner.password() + "'");
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", DATABASE)) statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
        }
        connect(owner).close();
    }

    private static boolean exists(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    static Connection connect(DatabaseAddress address) throws SQLException {
        Properties login = new Properties();
        if (address.user() != null) login.setProperty("user", address.user());
        if (address.password() != null) login.setProperty("password", address.password());
        return DriverManager.getConnection(address.jdbcUrl(), login);
    }
}
