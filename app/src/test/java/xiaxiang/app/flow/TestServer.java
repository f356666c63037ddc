package xiaxiang.app.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Brand;
import xiaxiang.core.atlas.MarketFact;
import xiaxiang.core.atlas.WorkspaceFiles;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.DatabaseAddress;
import xiaxiang.core.db.EmbeddedPostgres;
import xiaxiang.core.db.Migrations;
import xiaxiang.core.db.Scope;
import xiaxiang.core.door.Problems;

/// One PostgreSQL for all tests of a JVM, with two counties of one prefecture and the brands and public shares of the demo; gone with the JVM.
final class TestServer {
    private static final Path PROJECT = project();
    private static @Nullable TestServer only;

    private final EmbeddedPostgres server;
    private final Database database;

    private TestServer(Path folder) {
        server = EmbeddedPostgres.start(folder, new EmbeddedPostgres.Settings(Path.of("target", "postgres-cache").toAbsolutePath(), 0, 64));
        Migrations.run(server.address());
        database = Database.open(server.address(), 10);
        facts();
    }

    static synchronized TestServer get() {
        if (only != null) return only;
        System.setProperty("xiaxiang.home", PROJECT.toString());
        try {
            Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "server");
            TestServer made = new TestServer(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> made.close(folder)));
            only = made;
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void close(Path folder) {
        database.close();
        server.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path project() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) if (Files.isDirectory(at.resolve("demo/yichuan"))) return at;
        throw new IllegalStateException("The folder demo/yichuan is part of the project.");
    }

    static Path demo() {
        return PROJECT.resolve("demo/yichuan");
    }

    Database database() {
        return database;
    }

    DatabaseAddress address() {
        return server.address();
    }

    /// Runs SQL as the owner of the tables, past all policies.
    void owner(String... statements) {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            for (String sql : statements) statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        DatabaseAddress at = server.address();
        Connection connection = at.user() == null ? DriverManager.getConnection(at.jdbcUrl()) : DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
        connection.createStatement().execute("SET search_path = xiaxiang");
        return connection;
    }

    private void facts() {
        Atlas atlas = WorkspaceFiles.read(demo(), new Problems());
        owner("INSERT INTO place (code, parent, path, depth, level, name, name_en, tier, source, kind) VALUES ('4103', NULL, '4103/', 1, 'prefecture', '洛阳市', 'Luoyang', 'township', 't', 'sketch'),"
                + " ('410329', '4103', '4103/410329/', 2, 'county', '伊川县', 'Yichuan County', 'township', 't', 'sketch'), ('410328', '4103', '4103/410328/', 2, 'county', '洛宁县', '', 'township', 't', 'sketch')");
        try (Connection connection = connect()) {
            try (var brands = connection.prepareStatement("INSERT INTO brand (id, position, name, name_en, colour, online_share, rest, source, kind) VALUES (?, ?, ?, '', ?, ?, ?, 't', 'sketch')")) {
                int position = 0;
                for (Brand b : atlas.brands()) {
                    brands.setString(1, b.id());
                    brands.setInt(2, position++);
                    brands.setString(3, b.name());
                    brands.setString(4, b.colour());
                    brands.setDouble(5, b.onlineShare());
                    brands.setBoolean(6, b.rest());
                    brands.execute();
                }
            }
            try (var market = connection.prepareStatement("INSERT INTO market_fact (place, period, \"table\", brand, measure, position, share_pct, rounding_pct, source, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 't', 'sketch')")) {
                int position = 0;
                for (MarketFact m : atlas.market()) {
                    market.setString(1, m.place());
                    market.setString(2, m.period());
                    market.setString(3, m.table());
                    market.setString(4, m.brand());
                    market.setString(5, m.measure());
                    market.setInt(6, position++);
                    market.setObject(7, m.sharePct());
                    market.setDouble(8, m.roundingPct());
                    market.execute();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A new person; `place` null is everywhere.
    Scope person(String login, String role, @Nullable String place) {
        try (Connection connection = connect(); var insert = connection.prepareStatement("INSERT INTO person (login, name, role, territory, place) VALUES (?, ?, ?, 'place', ?) RETURNING id")) {
            insert.setString(1, login);
            insert.setString(2, login);
            insert.setString(3, role);
            insert.setString(4, place);
            var rows = insert.executeQuery();
            rows.next();
            return new Scope(rows.getLong(1), "test");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Copies the demo's facts: what a snapshot of Yichuan would hold.
    static void demoFacts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(demo())) {
            for (Path file : files.filter(f -> !f.endsWith("scenario.yaml")).toList()) Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
        }
    }
}
