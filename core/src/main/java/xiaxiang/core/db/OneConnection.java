package xiaxiang.core.db;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A data source that gives out one and the same connection, which its users cannot close.
///
/// Flyway runs a migration on one connection and notes it on another: killed between the two commits, it would run the migration again. On one connection both are one
/// transaction.
final class OneConnection implements DataSource, AutoCloseable {
    private final Connection connection;
    private final Connection shown;

    private OneConnection(Connection connection) {
        this.connection = connection;
        shown = (Connection) Proxy.newProxyInstance(OneConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
            if (method.getName().equals("close")) return null;
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        });
    }

    /// Throws [DatabaseRefused] where the database cannot be reached.
    static OneConnection open(DatabaseAddress address) {
        try {
            return new OneConnection(Cluster.connect(address));
        } catch (SQLException e) {
            throw new DatabaseRefused(e, DatabaseRefused.Reason.NO_CONNECTION, address, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Connection getConnection() {
        return shown;
    }

    @Override
    public Connection getConnection(String user, String password) {
        return shown;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            // Nothing is left to be given up.
        }
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
