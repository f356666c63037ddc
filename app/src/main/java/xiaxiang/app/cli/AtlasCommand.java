package xiaxiang.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.ShopSynthesis;
import xiaxiang.core.atlas.WorkspaceFiles;
import xiaxiang.core.door.Problems;
import xiaxiang.core.register.WorkspaceTables;
import xiaxiang.core.rollout.Scenario;
import xiaxiang.core.rollout.ScenarioFile;

/// Commands on the facts of places.
@Command(name = "atlas", mixinStandardHelpOptions = true, subcommands = AtlasCommand.Synthesize.class, description = "Works on places and shops.")
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class AtlasCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? Try: xiaxiang atlas synthesize --help");
    }

    /// Makes synthetic shops and candidate sites.
    @Command(name = "synthesize", mixinStandardHelpOptions = true,
            description = "Makes synthetic shops and candidate sites for a workspace from a seed, calibrated on public outlet counts; marked synthetic in every row.",
            footer = {"", "Example: xiaxiang atlas synthesize demo/yichuan --seed 7 --out out/shops"})
    @SuppressWarnings("NullAway.Init") // picocli sets the options after construction
    static final class Synthesize implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private Common common;

        @Parameters(paramLabel = "WORKSPACE", description = "The workspace to make shops for.")
        private Path workspace;

        @Option(names = "--seed", required = true, paramLabel = "N", description = "The seed: the same seed makes the same shops.")
        private long seed;

        @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where shops.csv and sites.csv go; they must not be there yet.")
        private Path out;

        @Override
        public Integer call() throws IOException {
            Problems problems = new Problems();
            Atlas facts = WorkspaceFiles.read(workspace, problems);
            Scenario scenario = ScenarioFile.read(workspace, facts, problems);
            if (scenario == null || !problems.isEmpty()) {
                PlanRun.problems(spec.commandLine().getErr(), problems, workspace, common.locale());
                return ExitCode.BAD_INPUT;
            }
            Atlas atlas = ShopSynthesis.add(facts, scenario.demand().brand(), seed);
            Files.createDirectories(out);
            WorkspaceTables.writeShops(atlas, out);
            spec.commandLine().getOut().println(Words.of(common.locale(), "synthesize.done", atlas.shops().size(), atlas.sites().size(), out));
            return ExitCode.DONE;
        }
    }
}
