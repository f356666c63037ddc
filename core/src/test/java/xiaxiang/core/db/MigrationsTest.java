package xiaxiang.core.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A migration that is killed anywhere is repeated, and ends with the same schema.
class MigrationsTest {
    private static final int KILLS = 12;
    /// Everything a schema is made of, one line each.
    private static final String FINGERPRINT = """
            SELECT string_agg(line, E'\\n' ORDER BY line COLLATE "C") FROM (
              SELECT concat('column ', c.relname, '.', a.attname, ' ', format_type(a.atttypid, a.atttypmod), ' ', a.attnotnull, a.attidentity, a.attgenerated, ' ', pg_get_expr(d.adbin, d.adrelid)) AS line
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
                WHERE c.relnamespace = 'xiaxiang'::regnamespace AND c.relkind IN ('r', 'p', 'v')
              UNION ALL SELECT concat('table ', relname, ' ', relkind, relrowsecurity, ' ', relacl) FROM pg_class WHERE relnamespace = 'xiaxiang'::regnamespace AND relkind <> 'i'
              UNION ALL SELECT concat('index ', pg_get_indexdef(i.indexrelid)) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'xiaxiang'::regnamespace
              UNION ALL SELECT concat('constraint ', conrelid::regclass, ' ', conname, ' ', pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'xiaxiang'::regnamespace
              UNION ALL SELECT concat('trigger ', pg_get_triggerdef(t.oid)) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = 'xiaxiang'::regnamespace AND NOT tgisinternal
              UNION ALL SELECT concat('policy ', tablename, ' ', policyname, ' ', roles, cmd, ' ', qual, ' ', with_check) FROM pg_policies WHERE schemaname = 'xiaxiang'
              UNION ALL SELECT concat('function ', pg_get_functiondef(oid), ' ', proacl) FROM pg_proc WHERE pronamespace = 'xiaxiang'::regnamespace
              UNION ALL SELECT concat('migration ', version, ' ', checksum, success) FROM xiaxiang.flyway_schema_history WHERE version IS NOT NULL
              UNION ALL SELECT concat('right ', role, ' ', name) FROM xiaxiang.role_right) lines""";

    @Test
    void aKilledMigrationIsRepeatedToTheSameSchema(@TempDir Path temp) throws Exception {
        try (EmbeddedPostgres server = ServerFolders.start(temp.resolve("data"))) {
            DatabaseAddress whole = database(server, "whole");
            Process timed = child(whole);
            long before = System.nanoTime();
            assertThat(timed.waitFor()).isZero();
            long millis = (System.nanoTime() - before) / 1_000_000;
            String expected = ServerFolders.ask(whole, FINGERPRINT);
            assertThat(expected).contains("policy ").contains("trigger ").contains("migration 1 ");
            SplittableRandom random = new SplittableRandom(11);
            TreeSet<String> reached = new TreeSet<>();
            for (int kill = 0; kill < KILLS; kill++) {
                DatabaseAddress database = database(server, "killed" + kill);
                Process child = child(database);
                // From when it says that it begins: any time a whole one takes.
                child.waitFor(random.nextLong(1 + Math.max(1, millis)), TimeUnit.MILLISECONDS);
                child.destroyForcibly().waitFor();
                while (!"0".equals(ServerFolders.ask(database, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"))) Thread.sleep(20);
                reached.add(Migrations.version(database));
                Migrations.run(database);
                assertThat(ServerFolders.ask(database, FINGERPRINT)).as("seed 11, kill " + kill).isEqualTo(expected);
            }
            assertThat(reached).as("kills must fall at different points").hasSizeGreaterThan(1);
        }
    }

    @Test
    void twoProgramsThatMigrateAtOnceTakeTurns(@TempDir Path temp) throws Exception {
        try (EmbeddedPostgres server = ServerFolders.start(temp.resolve("data"))) {
            DatabaseAddress both = database(server, "two");
            Process a = child(both);
            Process b = child(both);
            assertThat(a.waitFor() + b.waitFor()).isZero();
            assertThat(ServerFolders.ask(both, "SELECT count(*) - count(DISTINCT version) FROM xiaxiang.flyway_schema_history WHERE version IS NOT NULL")).isEqualTo("0");
        }
    }

    private static DatabaseAddress database(EmbeddedPostgres server, String name) throws Exception {
        ServerFolders.execute(server.address(), "CREATE DATABASE " + name);
        return new DatabaseAddress(server.jdbcUrl().replace("/xiaxiang?", "/" + name + "?"), server.user(), server.password());
    }

    /// A child that has begun.
    private static Process child(DatabaseAddress address) throws Exception {
        Process child = ServerFolders.child(MigrateMain.class, address.jdbcUrl(), String.valueOf(address.user()), String.valueOf(address.password()));
        assertThat(ServerFolders.line(child)).isEqualTo("begins");
        return child;
    }

    /// Migrates in a process of its own; says when its libraries are loaded.
    static final class MigrateMain {
        private MigrateMain() {}

        public static void main(String[] arguments) {
            DatabaseAddress address = new DatabaseAddress(arguments[0], arguments[1], arguments[2]);
            Migrations.newest(address);
            System.out.println("begins");
            Migrations.run(address);
        }
    }
}
