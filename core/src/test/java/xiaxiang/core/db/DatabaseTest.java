package xiaxiang.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a transaction may and may not, whatever is asked in it.
@SuppressWarnings("NullAway.Init") // set before all
class DatabaseTest {
    private static EmbeddedPostgres server;
    private static Database database;
    private static long manager;
    private static long planner;

    @BeforeAll
    static void start(@TempDir Path temp) throws Exception {
        server = ServerFolders.start(temp.resolve("data"));
        Migrations.run(server.address());
        ServerFolders.execute(server.address(), "INSERT INTO xiaxiang.person (login, name, role, territory) VALUES ('m', 'm', 'county_manager', 'place'), ('p', 'p', 'planner', 'place')");
        manager = Long.parseLong(String.valueOf(ServerFolders.ask(server.address(), "SELECT id FROM xiaxiang.person WHERE login = 'm'")));
        planner = Long.parseLong(String.valueOf(ServerFolders.ask(server.address(), "SELECT id FROM xiaxiang.person WHERE login = 'p'")));
        database = Database.open(server.address(), 2);
    }

    @AfterAll
    static void stop() {
        database.close();
        server.close();
    }

    private static String me(Handle handle) {
        return handle.createQuery("SELECT concat(current_user, ' ', current_setting('app.person', true))").mapTo(String.class).one();
    }

    /// The inner one would change what the outer may see, for the rest of it.
    @Test
    void aTransactionWithinAnotherIsRefusedAndLeavesTheOuterAsItWas() {
        String outer = database.as(new Scope(manager, "t"), handle -> {
            assertThatThrownBy(() -> database.as(new Scope(planner, "t"), DatabaseTest::me)).isInstanceOf(IllegalStateException.class).hasMessageContaining("open already");
            assertThatThrownBy(() -> database.guard(planner, "t", DatabaseTest::me)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> database.nobody(DatabaseTest::me)).isInstanceOf(IllegalStateException.class);
            return me(handle);
        });
        assertThat(outer).isEqualTo("xiaxiang_app " + manager);
        assertThatThrownBy(() -> database.<@Nullable String, RuntimeException>as(new Scope(manager, "t"), _ -> {
            throw new IllegalArgumentException("the work fails");
        })).isInstanceOf(IllegalArgumentException.class);
        assertThat(database.as(new Scope(planner, "t"), DatabaseTest::me)).as("after one that failed").isEqualTo("xiaxiang_app " + planner);
    }

    /// Of every function, by the server's own lists: a new one that forgets it is found.
    @Test
    void nobodyButTheOwnerAndItsTwoRolesRunsAFunction() throws Exception {
        assertThat(ServerFolders.ask(server.address(), "SELECT count(*) > 20 FROM pg_proc WHERE pronamespace = 'xiaxiang'::regnamespace")).isEqualTo("t");
        assertThat(ServerFolders.ask(server.address(), "SELECT string_agg(p.proname, ', ') FROM pg_proc p, LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a "
                + "WHERE p.pronamespace = 'xiaxiang'::regnamespace AND a.grantee NOT IN (p.proowner, 'xiaxiang_app'::regrole, 'xiaxiang_guard'::regrole)")).as("functions that others may run").isNull();
    }

    @Test
    void nothingOfTheSchemaIsOpenToEverybody() throws Exception {
        for (String what : List.of("pg_class c WHERE c.relnamespace = 'xiaxiang'::regnamespace AND EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee = 0)",
                "pg_namespace c WHERE c.nspname = 'xiaxiang' AND EXISTS (SELECT FROM aclexplode(c.nspacl) a WHERE a.grantee = 0)"))
            assertThat(ServerFolders.ask(server.address(), "SELECT count(*) FROM " + what)).as(what).isEqualTo("0");
    }
}
