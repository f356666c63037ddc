package xiaxiang.core.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/// A connection as the owner for copying whole tables: the text of a value is the same whatever the server's settings, and no row is left out unseen.
final class CopySession implements AutoCloseable {
    /// The oldest server the schema runs on.
    static final int OLDEST_SERVER = 15;
    private static final String SETTINGS = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = '30s'; SET DateStyle = 'ISO'; SET IntervalStyle = 'iso_8601'; "
            + "SET TimeZone = 'UTC'; SET extra_float_digits = 1; SET bytea_output = 'hex'; SET xmloption = 'content'; SET row_security = off";

    final Connection connection;

    private CopySession(Connection connection) {
        this.connection = connection;
    }

    /// Logs in; throws [DatabaseRefused] where that is impossible or the server too old.
    static CopySession open(DatabaseAddress address) {
        try {
            Connection connection = Cluster.connect(address);
            try (Statement statement = connection.createStatement()) {
                int major = connection.getMetaData().getDatabaseMajorVersion();
                if (major < OLDEST_SERVER) throw new DatabaseRefused(DatabaseRefused.Reason.OLD_SERVER, address, major, OLDEST_SERVER);
                statement.execute(SETTINGS);
                connection.setAutoCommit(false);
                return new CopySession(connection);
            } catch (Throwable refused) {
                connection.close();
                throw refused;
            }
        } catch (SQLException e) {
            throw new DatabaseRefused(e, DatabaseRefused.Reason.NO_CONNECTION, address, String.valueOf(e.getMessage()));
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The first column of the first row, blank if there is none or it is null.
    String ask(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) statement.setObject(i + 1, arguments[i]);
            try (ResultSet rows = statement.executeQuery()) {
                String answer = rows.next() ? rows.getString(1) : null;
                return answer == null ? "" : answer;
            }
        }
    }

    String serverVersion() throws SQLException {
        return ask("SHOW server_version");
    }

    /// Where every sequence of the schema stands, by name.
    List<Manifest.Sequence> sequences() throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relkind = 'S' ORDER BY c.relname")) {
            statement.setString(1, Database.SCHEMA);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) names.add(rows.getString(1));
            }
        }
        List<Manifest.Sequence> sequences = new ArrayList<>();
        for (String name : names) sequences.add(sequence(name));
        return sequences;
    }

    private Manifest.Sequence sequence(String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT last_value, is_called FROM " + StoredTable.quoted(Database.SCHEMA) + "." + StoredTable.quoted(name))) {
            row.next();
            return new Manifest.Sequence(name, row.getLong(1), row.getBoolean(2));
        }
    }

    /// Writes a table's rows, and says what was written.
    Manifest.Table copyOut(StoredTable table, OutputStream to) throws SQLException, IOException {
        HashedOutput hashed = new HashedOutput(to);
        long rows = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(table.copyOut(), hashed);
        hashed.flush();
        return new Manifest.Table(table.name(), table.columns(), rows, hashed.bytes(), hashed.sha256());
    }

    /// Reads a table's rows.
    void copyIn(StoredTable table, InputStream from) throws SQLException, IOException {
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn(table.copyIn(), from, 1 << 16);
    }

    /// What is not committed is rolled back.
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
