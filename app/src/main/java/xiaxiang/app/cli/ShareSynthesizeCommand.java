package xiaxiang.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xiaxiang.app.flow.PlanFacts;
import xiaxiang.app.flow.PlanInput;
import xiaxiang.app.flow.ShareFiles;
import xiaxiang.app.flow.ShareTownships;
import xiaxiang.core.door.Problems;
import xiaxiang.core.share.OutcomeSynthesis;
import xiaxiang.core.share.Period;
import xiaxiang.core.share.SealedDesign;

/// Invents outcomes, so that design and verdict can be tried.
@Command(name = "synthesize", mixinStandardHelpOptions = true,
        description = "Invents outcomes.csv for a workspace's townships from a seed: before any launch or, with --design, through a launch with an effect of known size. Marked synthetic in every row.",
        footer = {"", "Examples:", "  xiaxiang share synthesize demo/yichuan --seed 5 --out out/before",
            "  xiaxiang share synthesize demo/yichuan --seed 5 --design out/design --effect 150 --cannibalised .25 --spill 10 --out out/after"})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class ShareSynthesizeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace to invent outcomes for.")
    private Path workspace;

    @Option(names = "--seed", required = true, paramLabel = "N", description = "The seed: the same seed invents the same units where nothing is launched.")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where outcomes.csv goes; it must not be there yet.")
    private Path out;

    @Option(names = "--periods", defaultValue = "16", paramLabel = "N", description = "Periods before the launch, up to the scenario's. Default: ${DEFAULT-VALUE}.")
    private int periods;

    @Option(names = "--design", paramLabel = "DIR", description = "A sealed design: invent its launch too.")
    private @Nullable Path design;

    @Option(names = "--effect", defaultValue = "0", paramLabel = "UNITS", description = "Net units that a launch brings a township each period. Default: ${DEFAULT-VALUE}.")
    private double effect;

    @Option(names = "--cannibalised", defaultValue = ".25", paramLabel = "PART", description = "The part of what is sold that our other channels lose. Default: ${DEFAULT-VALUE}.")
    private double cannibalised;

    @Option(names = "--spill", defaultValue = "0", paramLabel = "UNITS", description = "Units that an untreated township in the first ring loses each period. Default: ${DEFAULT-VALUE}.")
    private double spill;

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems();
        PlanFacts facts = PlanFacts.read(new PlanInput.Workspace(workspace), problems);
        if (facts == null) {
            PlanRun.problems(spec.commandLine().getErr(), problems, workspace, common.locale());
            return ExitCode.BAD_INPUT;
        }
        if (Files.exists(out.resolve("outcomes.csv"))) throw new java.nio.file.FileAlreadyExistsException(out.resolve("outcomes.csv").toString(), null, "outcomes.csv is there; choose another folder");
        Period last = Period.parse(facts.scenario().demand().period());
        if (last == null || periods < 1) throw new ParameterException(spec.commandLine(), Words.of(common.locale(), "share.launch", facts.scenario().demand().period()));
        List<OutcomeSynthesis.Township> people = ShareTownships.of(facts.facts()).people();
        Period first = last.plus(1 - periods);
        if (design == null) return written(OutcomeSynthesis.before(people, first, periods, seed));
        return switch (ShareFiles.read(design, null)) {
            case SealedDesign.Outcome.Refused(String why) -> {
                spec.commandLine().getErr().println(Words.of(common.locale(), "share.seal.refused", why));
                yield ExitCode.REFUSED;
            }
            case SealedDesign.Outcome.Sealed(SealedDesign sealed) -> written(OutcomeSynthesis.launched(people, first, sealed, new OutcomeSynthesis.Truth(effect, cannibalised, spill), seed));
        };
    }

    private int written(List<OutcomeSynthesis.Row> rows) throws IOException {
        ShareFiles.write(rows, seed, out);
        if (!common.quiet()) spec.commandLine().getOut().println(Words.of(common.locale(), "share.invented", rows.size(), out.resolve("outcomes.csv")));
        return ExitCode.DONE;
    }
}
