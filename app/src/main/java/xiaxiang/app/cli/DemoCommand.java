package xiaxiang.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import xiaxiang.app.flow.PlanInput;
import xiaxiang.engine.capture.Limits;

/// The main job on one real county.
@Command(name = "demo", mixinStandardHelpOptions = true, description = "Plans Yichuan County (伊川县): facts, demand, a certified plan, its report in out/demo.",
        footer = {"", "Example: xiaxiang demo --out out/demo --lang zh"})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Mixin
    private ProgressOption progress;

    @Option(names = "--out", defaultValue = "out/demo", paramLabel = "DIR", description = "Where the plan and its report go. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--json", description = "Print plan.json with the seconds taken, and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Path workspace = Home.folder().resolve("demo/yichuan");
        return new PlanRun(spec, common, progress, json).run(new PlanInput.Workspace(workspace), null, Limits.standard(), null, "xiaxiang demo", out);
    }
}
