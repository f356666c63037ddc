package xiaxiang.core.db;

import java.sql.SQLException;
import org.flywaydb.core.api.MigrationVersion;

/// What a database says of itself, asked as the login that owns it; nothing is changed.
///
/// `major` and `server` name its version, `superuser` and `roles` what the login is and whether it has or can make the roles of the schema, `creates` whether it may make the
/// schema, `schema` and `newest` the version that is there (blank: none yet) and the one this program makes, `skewMillis` how far its clock is ahead of this machine's, less
/// half the time the question took.
public record DatabaseFacts(String server, int major, String login, boolean superuser, boolean roles, boolean creates, boolean checksums, String schema, String newest, long skewMillis) {
    /// The oldest major version the schema runs on.
    public static final int OLDEST_SERVER = CopySession.OLDEST_SERVER;
    private static final String ROLES = """
            SELECT (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user)
              OR (SELECT count(*) = 2 AND bool_and(pg_has_role(current_user, oid, 'MEMBER')) FROM pg_roles WHERE rolname IN ('xiaxiang_app', 'xiaxiang_guard'))""";

    /// Asks. Throws [DatabaseRefused] where the database cannot be reached, or its server is too old.
    public static DatabaseFacts ask(DatabaseAddress address) {
        try (CopySession session = CopySession.open(address)) {
            long before = System.currentTimeMillis();
            long there = (long) (Double.parseDouble(session.ask("SELECT extract(epoch FROM clock_timestamp())")) * 1_000);
            long after = System.currentTimeMillis();
            String server = session.serverVersion();
            return new DatabaseFacts(server, session.connection.getMetaData().getDatabaseMajorVersion(), session.ask("SELECT current_user"),
                    isTrue(session, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"), isTrue(session, ROLES),
                    isTrue(session, "SELECT has_database_privilege(current_database(), 'CREATE')"), session.ask("SHOW data_checksums").equals("on"),
                    Migrations.version(address), Migrations.newest(address), there - (before + after) / 2);
        } catch (SQLException e) {
            throw new DatabaseRefused(e, DatabaseRefused.Reason.NO_CONNECTION, address, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isTrue(CopySession session, String question) throws SQLException {
        return session.ask(question).equals("t");
    }

    /// True if the schema is the one this program makes.
    public boolean isCurrent() {
        return schema.equals(newest);
    }

    /// True if the schema is of a later program than this one.
    public boolean isNewer() {
        return !schema.isEmpty() && MigrationVersion.fromVersion(schema).compareTo(MigrationVersion.fromVersion(newest)) > 0;
    }
}
