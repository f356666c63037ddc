package xiaxiang.core.db;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the tests of real servers share: the unpacked binaries, child processes, statements.
final class ServerFolders {
    private ServerFolders() {}

    static EmbeddedPostgres.Settings settings() {
        return EmbeddedPostgres.Settings.standard();
    }

    static EmbeddedPostgres start(Path dataDir) {
        return EmbeddedPostgres.start(dataDir, settings());
    }

    static void execute(DatabaseAddress address, String... statements) throws SQLException {
        try (Connection connection = Cluster.connect(address); Statement statement = connection.createStatement()) {
            for (String sql : statements) statement.execute(sql);
        }
    }

    static @Nullable String ask(DatabaseAddress address, String query) throws SQLException {
        try (Connection connection = Cluster.connect(address); Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /// Starts a main class of the tests in a JVM of its own.
    static Process child(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    static String line(Process process) throws IOException {
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }

    /// Processes of PostgreSQL that work below a folder.
    static List<Long> serversBelow(Path folder) {
        return ProcessHandle.allProcesses().map(ProcessHandle::pid).filter(pid -> {
            try {
                return Files.readSymbolicLink(Path.of("/proc", String.valueOf(pid), "cwd")).startsWith(folder.toRealPath());
            } catch (IOException gone) {
                return false;
            }
        }).toList();
    }
}
