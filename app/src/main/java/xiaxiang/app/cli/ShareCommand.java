package xiaxiang.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Designs a wave so that its effect can be known, and judges it.
@Command(name = "share", mixinStandardHelpOptions = true, subcommands = {ShareDesignCommand.class, ShareJudgeCommand.class, ShareSynthesizeCommand.class},
        description = "Draws which townships come when and which wait, seals the draw before launch, and judges afterwards whether it worked (docs/share.md).")
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class ShareCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? Try: xiaxiang share design --help");
    }
}
