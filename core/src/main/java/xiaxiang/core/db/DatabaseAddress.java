package xiaxiang.core.db;

import org.jspecify.annotations.Nullable;

/// Where a PostgreSQL database is and how to log in as its owner: a JDBC address (jdbc:postgresql://host:port/name?...), and user and password where the
/// address does not name them.
public record DatabaseAddress(String jdbcUrl, @Nullable String user, @Nullable String password) {
    /// Throws IllegalArgumentException if the address is not one of PostgreSQL.
    public DatabaseAddress {
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) throw new IllegalArgumentException("The database's address must begin with jdbc:postgresql: and name a database, as jdbc:postgresql://host:5432/name. / 数据库地址须以 jdbc:postgresql: 开头并写明数据库，如 jdbc:postgresql://主机:5432/库名。");
    }

    /// Without the password, which may stand in the address too.
    @Override
    public String toString() {
        return jdbcUrl.replaceAll("(?i)(password=)[^&]*", "$1…") + (user == null ? "" : " as " + user);
    }
}
