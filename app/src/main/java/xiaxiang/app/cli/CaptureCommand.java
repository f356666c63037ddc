package xiaxiang.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Commands on the capture engine alone.
@Command(name = "capture", mixinStandardHelpOptions = true, subcommands = {CaptureSolveCommand.class, CaptureCheapestCommand.class, CapturePoolCommand.class, CaptureWavesCommand.class, CaptureVerifyCommand.class},
        description = "Solves and certifies problems of choosing sites: test problems of the literature, or a workspace's.")
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class CaptureCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? Try: xiaxiang capture solve --help / 请选择命令");
    }
}
