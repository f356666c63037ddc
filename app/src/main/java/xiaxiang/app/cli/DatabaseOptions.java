package xiaxiang.app.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import xiaxiang.core.db.DatabaseAddress;

/// Where the database is: in a data folder of ours, or on a PostgreSQL server of the user's. The password may stand in the environment, where it is not listed.
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class DatabaseOptions {
    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the server: its database, secrets and running jobs. Default: data, beside the launcher. 数据目录。")
    private @Nullable Path data;

    @Option(names = "--database", paramLabel = "JDBC", description = "A PostgreSQL server of yours, 15 or later: jdbc:postgresql://host:5432/name?user=...; user and password also by XIAXIANG_DATABASE_USER and XIAXIANG_DATABASE_PASSWORD. 使用自己的 PostgreSQL。")
    private @Nullable String database;

    /// The data folder.
    Path folder() {
        return (data == null ? Home.folder().resolve("data") : data).toAbsolutePath().normalize();
    }

    /// The user's own database; null for the embedded one.
    @Nullable DatabaseAddress own() {
        return database == null ? null : new DatabaseAddress(database, System.getenv("XIAXIANG_DATABASE_USER"), System.getenv("XIAXIANG_DATABASE_PASSWORD"));
    }
}
