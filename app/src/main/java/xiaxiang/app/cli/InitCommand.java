package xiaxiang.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xiaxiang.core.atlas.WorkspaceTemplate;
import xiaxiang.core.rollout.ScenarioFile;

/// Writes an empty workspace.
@Command(name = "init", mixinStandardHelpOptions = true, description = "Writes an empty workspace with comments into a new or empty folder.",
        footer = {"", "Example: xiaxiang init my-county"})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class InitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "DIR", description = "The folder to write to.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        WorkspaceTemplate.write(folder);
        ScenarioFile.writeTemplate(folder);
        spec.commandLine().getOut().println(Words.of(common.locale(), "init.done", folder, folder));
        return ExitCode.DONE;
    }
}
