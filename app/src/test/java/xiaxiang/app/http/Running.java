package xiaxiang.app.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import xiaxiang.app.config.Enforcement;
import xiaxiang.app.config.Server;
import xiaxiang.app.config.ServerSettings;
import xiaxiang.core.account.AccountStore;
import xiaxiang.core.account.Home;
import xiaxiang.core.account.KnownPasswords;
import xiaxiang.core.account.Passwords;
import xiaxiang.core.account.Person;
import xiaxiang.core.account.Role;
import xiaxiang.core.account.SessionStore;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.DatabaseAddress;
import xiaxiang.core.db.EmbeddedPostgres;
import xiaxiang.core.db.Migrations;

/// The running application on a real database with two counties of one city; one for all tests that take it as an argument.
///
///     41 > 4103 > 410329 (own)     > 410329101
///                 410328 (sibling) > 410328101
final class Running implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";

    /// Starts it once for the whole run, and stops it at its end.
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Running.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot().getStore(ExtensionContext.Namespace.create(Running.class)).computeIfAbsent(Running.class, _ -> new Running());
        }
    }

    final DatabaseAddress address;
    final Database database;
    final Jdbi owner;
    final Server server;
    final Path folder;
    private final EmbeddedPostgres postgres;
    private final String hash = Passwords.of(KnownPasswords.NONE).hash(PASSWORD);

    Running() {
        try {
            folder = Files.createTempDirectory("running");
            postgres = EmbeddedPostgres.start(folder.resolve("data"), new EmbeddedPostgres.Settings(Path.of("..", "core", "target", "postgres-cache").toAbsolutePath().normalize(), 0, 64));
            address = postgres.address();
            Migrations.run(address);
            database = Database.open(address, 10);
            owner = Jdbi.create(address.jdbcUrl(), Objects.requireNonNullElse(address.user(), ""), Objects.requireNonNullElse(address.password(), ""));
            server = Server.start(settings(), database, Enforcement.BOTH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServerSettings settings() {
        return new ServerSettings(folder, "127.0.0.1", 0, null, null, null);
    }

    String root() {
        return "http://127.0.0.1:" + server.port();
    }

    Visitor stranger() {
        return new Visitor(root());
    }

    /// A place, a distributor and a shop on each side, unless they are there.
    void places() {
        owner.useHandle(handle -> handle.createScript("""
                SET search_path = xiaxiang;
                INSERT INTO place (code, parent, path, depth, level, name, tier, source, kind, lon, lat) VALUES ('41', NULL, '41/', 0, 'province', 'p-41', 'city', 's', 'observed', 112, 34),
                  ('4103', '41', '41/4103/', 1, 'prefecture', 'p-4103', 'city', 's', 'observed', 112, 34),
                  ('410329', '4103', '41/4103/410329/', 2, 'county', '伊川县', 'county_town', 's', 'observed', 112.4, 34.4),
                  ('410328', '4103', '41/4103/410328/', 2, 'county', 'p-410328', 'county_town', 's', 'observed', 111.6, 34.4),
                  ('410329101', '410329', '41/4103/410329/410329101/', 3, 'township', '鸣皋镇', 'township', 's', 'observed', 112.4, 34.4),
                  ('410328101', '410328', '41/4103/410328/410328101/', 3, 'township', 'p-410328101', 'township', 's', 'observed', 111.6, 34.4) ON CONFLICT DO NOTHING;
                INSERT INTO distributor VALUES ('D1', '伊川经销', '410329', '41/4103/410329/'), ('D2', 'd-sibling', '410328', '41/4103/410328/'), ('D3', 'd-parent', '4103', '41/4103/') ON CONFLICT DO NOTHING;
                INSERT INTO shop (id, place, path, name, lon, lat, owner, format, brands, distributor, source, kind) VALUES
                  ('S1', '410329101', '41/4103/410329/410329101/', '鸣皋店', 112.4, 34.4, 'partner', 'owner_run', '{}', 'D1', 's', 'observed'),
                  ('S2', '410328101', '41/4103/410328/410328101/', 's-sibling', 111.6, 34.4, 'partner', 'owner_run', '{}', 'D2', 's', 'observed'),
                  ('S3', '4103', '41/4103/', 's-parent', 112, 34, 'partner', 'owner_run', '{}', 'D3', 's', 'observed') ON CONFLICT DO NOTHING;
                """).execute());
    }

    /// Somebody with the test's password.
    Person person(String login, Role role, Home.Kind kind, @Nullable String code) {
        long id = database.<Long, RuntimeException>guard(null, "test", handle -> handle.createQuery("""
                INSERT INTO person (login, name, role, territory, place, distributor, shop) VALUES (:login, :login, :role, :kind, :place, :distributor, :shop) RETURNING id""")
                .bind("login", login).bind("role", role.text()).bind("kind", kind.text()).bind("place", kind == Home.Kind.PLACE ? code : null)
                .bind("distributor", kind == Home.Kind.DISTRIBUTOR ? code : null).bind("shop", kind == Home.Kind.SHOP ? code : null).mapTo(Long.class).one());
        return database.<Person, RuntimeException>guard(id, "test", handle -> {
            AccountStore.setPassword(handle, id, hash);
            return Objects.requireNonNull(AccountStore.person(handle, id));
        });
    }

    /// A browser in which somebody has signed in.
    Visitor as(Person person) {
        return stranger().withSession(session(person));
    }

    String session(Person person) {
        return database.<String, RuntimeException>guard(person.id(), "test", handle -> SessionStore.open(handle, person.id(), "test", null));
    }

    void forgetPeople() {
        owner.useHandle(handle -> handle.execute("TRUNCATE xiaxiang.person, xiaxiang.attempt, xiaxiang.invitation CASCADE"));
    }

    @Override
    public void close() throws IOException {
        server.close();
        database.close();
        postgres.close();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
