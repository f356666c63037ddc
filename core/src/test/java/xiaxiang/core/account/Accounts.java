package xiaxiang.core.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.DatabaseAddress;
import xiaxiang.core.db.EmbeddedPostgres;
import xiaxiang.core.db.Migrations;
import xiaxiang.core.db.Scope;

/// A real database with two counties of one city, a distributor and a shop in each, and people in them:
///
///     41 > 4103 > 410329 (Yichuan) > 410329101
///                 410328 (Luoning) > 410328101
///
/// One for all tests that take it as an argument.
final class Accounts implements AutoCloseable {
    /// Starts it once for the whole run, and stops it at its end.
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Accounts.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot().getStore(ExtensionContext.Namespace.create(Accounts.class)).computeIfAbsent(Accounts.class, _ -> start());
        }

        private static Accounts start() {
            try {
                return new Accounts();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static final String PASSWORD = "correct horse battery";

    /// Hashes cheap enough to sign in hundreds of times; the same code as the real cost.
    static final Passwords PASSWORDS = new Passwords(KnownPasswords.NONE, new Argon2.Cost(64, 1, 1));

    /// What the clock of codes shows.
    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T08:00:00Z"));
    final Seal seal = Seal.fresh();
    final Database database;
    final Jdbi owner;
    final SignIn signIn;
    private final Path folder;
    private final EmbeddedPostgres server;

    Accounts() throws IOException {
        folder = Files.createTempDirectory("accounts");
        server = EmbeddedPostgres.start(folder, new EmbeddedPostgres.Settings(Path.of("target", "postgres-cache").toAbsolutePath(), 0, 64));
        DatabaseAddress address = server.address();
        Migrations.run(address);
        database = Database.open(address, 8);
        owner = Jdbi.create(address.jdbcUrl(), address.user() == null ? "" : address.user(), address.password() == null ? "" : address.password());
        signIn = new SignIn(database, PASSWORDS, seal, now::get);
        places();
    }

    private void places() {
        owner.useHandle(handle -> handle.createScript("""
                SET search_path = xiaxiang;
                INSERT INTO place (code, parent, path, depth, level, name, tier, source, kind) VALUES ('41', NULL, '41/', 0, 'province', '河南省', 'city', 's', 'observed'),
                  ('4103', '41', '41/4103/', 1, 'prefecture', '洛阳市', 'city', 's', 'observed'),
                  ('410329', '4103', '41/4103/410329/', 2, 'county', '伊川县', 'county_town', 's', 'observed'), ('410328', '4103', '41/4103/410328/', 2, 'county', '洛宁县', 'county_town', 's', 'observed'),
                  ('410329101', '410329', '41/4103/410329/410329101/', 3, 'township', '鸣皋镇', 'township', 's', 'observed'),
                  ('410328101', '410328', '41/4103/410328/410328101/', 3, 'township', '王范镇', 'township', 's', 'observed');
                INSERT INTO distributor VALUES ('D1', '伊川经销', '410329', '41/4103/410329/'), ('D2', '洛宁经销', '410328', '41/4103/410328/');
                INSERT INTO shop (id, place, path, name, lon, lat, owner, format, brands, distributor, source, kind) VALUES
                  ('S1', '410329101', '41/4103/410329/410329101/', '鸣皋店', 112.4, 34.4, 'partner', 'owner_run', '{}', 'D1', 's', 'observed'),
                  ('S2', '410328101', '41/4103/410328/410328101/', '王范店', 111.6, 34.4, 'partner', 'owner_run', '{}', 'D2', 's', 'observed');
                """).execute());
    }

    /// Somebody with the test's password.
    Person person(String login, Role role, Home.Kind kind, String code) {
        long id = database.guard(null, "test", handle -> handle.createQuery("INSERT INTO person (login, name, role, territory, place, distributor, shop) VALUES (:login, :login, :role, :kind, :place, :distributor, :shop) RETURNING id")
                .bind("login", login).bind("role", role.text()).bind("kind", kind.text()).bind("place", kind == Home.Kind.PLACE && !code.isEmpty() ? code : null)
                .bind("distributor", kind == Home.Kind.DISTRIBUTOR ? code : null).bind("shop", kind == Home.Kind.SHOP ? code : null).mapTo(long.class).one());
        String hash = PASSWORDS.hash(PASSWORD);
        return database.guard(id, "test", handle -> {
            AccountStore.setPassword(handle, id, hash);
            return Objects.requireNonNull(AccountStore.person(handle, id));
        });
    }

    static Scope scope(Person person) {
        return new Scope(person.id(), "test");
    }

    /// Shifts what is kept of sessions, links, tokens and failures into the past.
    void agesBy(String interval) {
        owner.useHandle(handle -> handle.createScript("""
                SET search_path = xiaxiang;
                UPDATE session SET created_at = created_at - interval 'AGE', seen_at = seen_at - interval 'AGE', expires_at = expires_at - interval 'AGE';
                UPDATE invitation SET expires_at = expires_at - interval 'AGE'; UPDATE token SET expires_at = expires_at - interval 'AGE';
                UPDATE attempt SET at = at - interval 'AGE', locked_until = locked_until - interval 'AGE';""".replace("AGE", interval)).execute());
    }

    /// Nobody there any more.
    void forgetPeople() {
        owner.useHandle(handle -> handle.execute("TRUNCATE xiaxiang.person, xiaxiang.attempt, xiaxiang.invitation CASCADE"));
    }

    @Override
    public void close() throws IOException {
        database.close();
        server.close();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
