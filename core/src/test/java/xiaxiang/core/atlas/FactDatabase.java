package xiaxiang.core.atlas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.DatabaseAddress;
import xiaxiang.core.db.EmbeddedPostgres;
import xiaxiang.core.db.Migrations;
import xiaxiang.core.db.Scope;

/// One real server for the tests of this JVM, and a new database for each test that wants one. The owner's own statements see everything.
public final class FactDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres shared;

    private final DatabaseAddress address;
    private final Connection owner;
    public final Database database;

    public FactDatabase() throws SQLException {
        EmbeddedPostgres server = server();
        String name = "facts" + NUMBER.incrementAndGet();
        try (Connection connection = connect(server.address()); Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        address = new DatabaseAddress(server.jdbcUrl().replaceAll("/xiaxiang(\\?|$)", "/" + name + "$1"), server.user(), server.password());
        Migrations.run(address);
        database = Database.open(address, 4);
        owner = connect(address);
        owner.setSchema(Database.SCHEMA);
    }

    private static synchronized EmbeddedPostgres server() {
        if (shared != null) return shared;
        try {
            Path data = Files.createTempDirectory("xiaxiang-facts");
            EmbeddedPostgres server = EmbeddedPostgres.start(data, new EmbeddedPostgres.Settings(Path.of("target", "postgres-cache").toAbsolutePath(), 0, 64));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                delete(data);
            }));
            shared = server;
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(one -> one.toFile().delete());
        } catch (IOException left) {
            throw new java.io.UncheckedIOException(left);
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    /// Runs statements as the owner of the database.
    public void execute(String... statements) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            for (String one : statements) statement.execute(one);
        }
    }

    /// The first cell of an answer, as text.
    public String ask(String query) throws SQLException {
        try (Statement statement = owner.createStatement(); var rows = statement.executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    /// A person of a role, with the territory of a place, or of everywhere.
    public Scope person(String role, @Nullable String place) throws SQLException {
        String login = role + NUMBER.incrementAndGet();
        long id = Long.parseLong(ask("INSERT INTO person (login, name, role, territory, place) VALUES ('" + login + "', '" + login + "', '" + role + "', 'place', "
                + (place == null ? "NULL" : "'" + place + "'") + ") RETURNING id"));
        return new Scope(id, "test");
    }

    @Override
    public void close() throws SQLException {
        owner.close();
        database.close();
    }
}
