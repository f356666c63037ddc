package xiaxiang.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xiaxiang.app.flow.PlanInput;
import xiaxiang.engine.capture.Limits;

/// Plans a workspace, or a region of a national atlas.
@Command(name = "plan", mixinStandardHelpOptions = true, subcommands = VerifyCommand.class,
        description = "Plans a roll-out and certifies it. Ctrl-C, or TERM, stops with the best plan so far.",
        footer = {"", "Examples:", "  xiaxiang plan my-county --out out/my-county", "  xiaxiang plan --atlas ../shared/data/atlas --region 41 --synthesize 7 --out out/henan",
            "  xiaxiang plan verify out/henan"})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Mixin
    private ProgressOption progress;

    @Parameters(arity = "0..1", paramLabel = "WORKSPACE", description = "A workspace folder (docs/formats.md).")
    private @Nullable Path workspace;

    @Option(names = "--atlas", paramLabel = "DIR", description = "A national atlas folder, instead of a workspace.")
    private @Nullable Path atlas;

    @Option(names = "--region", paramLabel = "CODE", description = "The region of the atlas: a division code such as 41 (a province) or 410329 (a county).")
    private @Nullable String region;

    @Option(names = "--synthesize", defaultValue = "7", paramLabel = "SEED", description = "The seed of synthetic shops in an atlas region. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--facts", paramLabel = "WORKSPACE", description = "Brands, public figures and scenario for an atlas region. Default: the demo county's.")
    private @Nullable Path facts;

    @Option(names = "--budget-fen", paramLabel = "FEN", description = "The region's budget; the running cap and waves follow it. Default: the scenario's, in proportion to people.")
    private @Nullable Long budgetFen;

    @Option(names = "--coefficients", paramLabel = "DIR", description = "Fitted coefficients, as xiaxiang demand fit --out DIR writes them, instead of the documented assumptions.")
    private @Nullable Path coefficients;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the plan and its report go; needed.")
    private @Nullable Path out;

    @Option(names = "--gap", paramLabel = "GAP", description = "Stop when the relative gap is proven to be this small. Default: 1e-6; above 5,000 sites 1e-3.")
    private @Nullable Double gap;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the solver; the plan does not depend on them.")
    private @Nullable Integer threads;

    @Option(names = "--time-limit-s", paramLabel = "S", description = "Stop the solver after so many seconds; the result then depends on the machine.")
    private @Nullable Long seconds;

    @Option(names = "--json", description = "Print plan.json with the seconds taken, and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (out == null) throw new ParameterException(spec.commandLine(), "Give --out DIR. / 请给出 --out 目录。");
        return new PlanRun(spec, common, progress, json).run(input(), coefficients, limits(), gap, command(), out);
    }

    private PlanInput input() {
        if (workspace != null && atlas == null) return new PlanInput.Workspace(workspace);
        if (workspace == null && atlas != null && region != null)
            return new PlanInput.National(atlas, region, facts == null ? Home.folder().resolve("demo/yichuan") : facts, seed, budgetFen);
        throw new ParameterException(spec.commandLine(), "Give a WORKSPACE, or --atlas DIR with --region CODE. / 请给出工作区，或 --atlas 与 --region。");
    }

    private Limits limits() {
        Limits limits = Limits.standard();
        if (threads != null) limits = limits.withThreads(threads);
        return seconds == null ? limits : new Limits(limits.gap(), limits.maxIterations(), limits.maxNodes(), 1000 * seconds, limits.threads());
    }

    /// The command without what does not change the result, so that the report is the same wherever it is written.
    private String command() {
        String fitted = coefficients == null ? "" : " --coefficients " + coefficients.getFileName();
        return (workspace != null ? "xiaxiang plan " + workspace.getFileName() : "xiaxiang plan --region " + region + " --synthesize " + seed + (budgetFen == null ? "" : " --budget-fen " + budgetFen)) + fitted;
    }
}
