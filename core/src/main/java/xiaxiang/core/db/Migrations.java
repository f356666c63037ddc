package xiaxiang.core.db;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/// Brings a database up to date. Each migration is one transaction with its own note: killed at any point, the next run takes up where the last whole one ended.
public final class Migrations {
    /// Held for as long as the connection lives, and not for a transaction only: others take their turn when all is done.
    private static final Map<String, String> LOCK = Map.of("flyway.postgresql.transactional.lock", "false");

    private Migrations() {}

    /// Makes or updates the schema, as the login that owns the database; returns the schema's version. Two programs at once take turns.
    /// Throws org.flywaydb.core.api.FlywayException if the database is newer than this program, was altered by hand, or a statement fails; [DatabaseRefused] if it
    /// cannot be reached.
    public static String run(DatabaseAddress address) {
        String version = run(address, null);
        Restore.keep(address);
        return version;
    }

    /// Up to a version only: to load a backup of that version.
    static String run(DatabaseAddress address, @Nullable String target) {
        try (OneConnection connection = OneConnection.open(address)) {
            Flyway flyway = flyway(connection, target);
            flyway.migrate();
            return version(flyway);
        }
    }

    /// The schema's version, blank if there is none yet.
    public static String version(DatabaseAddress address) {
        try (OneConnection connection = OneConnection.open(address)) {
            return version(flyway(connection, null));
        }
    }

    /// The version of the schema this program makes.
    static String newest(DatabaseAddress address) {
        try (OneConnection connection = OneConnection.open(address)) {
            MigrationInfo[] all = flyway(connection, null).info().all();
            return all[all.length - 1].getVersion().toString();
        }
    }

    private static String version(Flyway flyway) {
        MigrationInfo current = flyway.info().current();
        // The row that notes the making of the schema itself has no version.
        return current == null || current.getVersion() == null ? "" : current.getVersion().toString();
    }

    private static Flyway flyway(OneConnection connection, @Nullable String target) {
        var configuration = Flyway.configure(Migrations.class.getClassLoader()).configuration(LOCK).dataSource(connection).schemas(Database.SCHEMA)
                .defaultSchema(Database.SCHEMA).createSchemas(true).locations("classpath:xiaxiang/core/db/migration").validateMigrationNaming(true).failOnMissingLocations(true)
                .cleanDisabled(true).lockRetryCount(600);
        if (target != null) configuration.target(target);
        return configuration.load();
    }
}
