package xiaxiang.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Commands on how people choose.
@Command(name = "demand", mixinStandardHelpOptions = true, subcommands = {DemandFitCommand.class, DemandSynthesizeCommand.class}, description = "Fits how people choose to answers and sell-out.")
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class DemandCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? Try: xiaxiang demand fit --help / 请选择命令，例如 xiaxiang demand fit --help");
    }
}
