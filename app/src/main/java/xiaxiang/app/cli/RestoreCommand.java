package xiaxiang.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Brings a backup back.
@Command(name = "restore", mixinStandardHelpOptions = true, description = "Brings a backup back into an empty database, reads it all out again, and keeps it only if every table is as it was. 恢复备份。",
        footer = {"", "Examples:", "  xiaxiang restore monday.zip --data /var/lib/xiaxiang-new", "  xiaxiang restore monday.zip --check                reads the file, changes nothing",
            "  xiaxiang restore monday.zip --database jdbc:postgresql://db.example.org/fresh?user=xiaxiang",
            "", "The folder or database must hold no data of this program, and no server may run on the folder."})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class RestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Mixin
    private DatabaseOptions databaseOptions;

    @Parameters(paramLabel = "FILE", description = "The backup.")
    private Path file;

    @Option(names = "--check", description = "Only read the file to its end and say what it holds.")
    private boolean check;

    @Override
    public Integer call() {
        DatabaseCopies copies = new DatabaseCopies(databaseOptions, common, spec.commandLine().getOut(), spec.commandLine().getErr());
        return check ? copies.check(file) : copies.restore(file);
    }
}
