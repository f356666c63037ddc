package xiaxiang.core.db;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/// Brings a database up to date. Each migration is one transaction: killed at any point, the next run takes up where the last whole one ended.
public final class Migrations {
    private Migrations() {}

    /// Makes or updates the schema, as the login that owns the database; returns the schema's version. Two programs at once take turns.
    /// Throws org.flywaydb.core.api.FlywayException if the database is newer than this program, was altered by hand, or a statement fails.
    public static String run(DatabaseAddress address) {
        return run(address, null);
    }

    /// Up to a version only: to load a backup of that version.
    static String run(DatabaseAddress address, @Nullable String target) {
        Flyway flyway = flyway(address, target);
        flyway.migrate();
        return version(flyway);
    }

    /// The schema's version, blank if there is none yet.
    public static String version(DatabaseAddress address) {
        return version(flyway(address, null));
    }

    private static String version(Flyway flyway) {
        MigrationInfo current = flyway.info().current();
        return current == null ? "" : current.getVersion().toString();
    }

    private static Flyway flyway(DatabaseAddress address, @Nullable String target) {
        var configuration = Flyway.configure(Migrations.class.getClassLoader()).dataSource(address.jdbcUrl(), address.user(), address.password()).schemas(Database.SCHEMA)
                .defaultSchema(Database.SCHEMA).createSchemas(true).locations("classpath:xiaxiang/core/db/migration").validateMigrationNaming(true).failOnMissingLocations(true)
                .cleanDisabled(true).lockRetryCount(600);
        if (target != null) configuration.target(target);
        return configuration.load();
    }
}
