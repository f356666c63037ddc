package xiaxiang.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Commands on what a treatment caused.
@Command(name = "effect", mixinStandardHelpOptions = true, subcommands = {EffectEstimateCommand.class}, description = "Says what a treatment caused, and how sure that is.")
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class EffectCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? Try: xiaxiang effect estimate --help / 请选择命令");
    }
}
