package xiaxiang.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Commands on models of choice alone.
@Command(name = "choice", mixinStandardHelpOptions = true, subcommands = {ChoiceFitCommand.class}, description = "Estimates how people choose, from anyone's data.")
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class ChoiceCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? Try: xiaxiang choice fit --help / 请选择命令");
    }
}
