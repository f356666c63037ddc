package xiaxiang.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Copies the database into a file.
@Command(name = "backup", mixinStandardHelpOptions = true, description = "Copies the whole database, as it is at one moment, into one file that restore brings back, also on another PostgreSQL version. 备份数据库。",
        footer = {"", "Examples:", "  xiaxiang backup xiaxiang-2026-11-24.zip            also while the server runs", "  xiaxiang backup /backup/monday.zip --data /var/lib/xiaxiang",
            "  xiaxiang backup x.zip --database jdbc:postgresql://db.example.org/xiaxiang?user=xiaxiang",
            "", "The file holds password hashes and is readable by its owner only. A file that is there is never overwritten."})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class BackupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Mixin
    private DatabaseOptions databaseOptions;

    @Parameters(paramLabel = "FILE", description = "The file to write.")
    private Path file;

    @Override
    public Integer call() {
        return new DatabaseCopies(databaseOptions, common, spec.commandLine().getOut(), spec.commandLine().getErr()).backup(file);
    }
}
