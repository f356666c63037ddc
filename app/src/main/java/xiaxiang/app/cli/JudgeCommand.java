package xiaxiang.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xiaxiang.app.flow.JudgeFacts;

/// Judges an import for the server, in a process of its own; see [JudgeFacts] for the folder's layout.
@Command(name = "judge", hidden = true, mixinStandardHelpOptions = true, description = "Judges the files of an import; the server runs it.")
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class JudgeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Mixin
    private ProgressOption progress;

    @Parameters(paramLabel = "FOLDER", description = "The folder of the import.")
    private Path folder;

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}")
    private JudgeFacts.Format format;

    @Option(names = "--unpack", description = "Only unpack, and say which places it is about.")
    private boolean unpack;

    @Option(names = "--atlas", paramLabel = "DIR", description = "The national atlas.")
    private @Nullable Path atlas;

    @Option(names = "--region", defaultValue = "", paramLabel = "CODE", description = "What the codes of its region begin with.")
    private String region;

    @Option(names = "--figures", paramLabel = "DIR", description = "Brands, models and public figures for it.")
    private @Nullable Path figures;

    @Option(names = "--brand", paramLabel = "ID", description = "The brand to make sites for.")
    private @Nullable String brand;

    @Option(names = "--synthesize", paramLabel = "SEED", description = "The seed of its shops.")
    private @Nullable Long seed;

    private boolean judged(JudgeFacts judge) throws IOException {
        if (unpack) return judge.unpack();
        return (atlas == null || figures == null) ? judge.judge() : judge.national(new JudgeFacts.National(atlas, region, brand, seed), figures);
    }

    @Override
    public Integer call() throws IOException {
        try (Display display = progress.display(common.locale(), spec.commandLine().getErr())) {
            var judge = new JudgeFacts(folder, format, stage -> display.at(stage, 0, -1, Double.NaN, Double.NaN));
            return judged(judge) ? ExitCode.DONE : ExitCode.BAD_INPUT;
        }
    }
}
