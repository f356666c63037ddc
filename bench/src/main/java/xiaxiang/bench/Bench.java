package xiaxiang.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `xiaxiang bench`: measurements, each a command that prints a Markdown table.
@Command(name = "xiaxiang bench", mixinStandardHelpOptions = true, subcommands = {PlanBench.class, CaptureBench.class, ScienceBench.class, GateBench.class, AppBench.class},
        description = "Measures the main job, the capture engine, the estimators or the app; prints a Markdown table.",
        footer = {"", "Examples:", "  xiaxiang bench plan > bench/results/plan.md", "  xiaxiang bench capture --out bench/results/capture.md", "  xiaxiang bench capture --only hm14,henan --time-limit-s 10", "  xiaxiang bench science --out bench/results/science.md", "  xiaxiang bench gate --out bench/results/gate.md", "  xiaxiang bench app --out bench/results/app.md"})
public final class Bench {
    private Bench() {}

    /// Runs a measurement; exit code 0 when done, 2 for bad arguments.
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }
}
