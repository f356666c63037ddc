package xiaxiang.app.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.flow.PlanFacts;
import xiaxiang.app.flow.PlanInput;
import xiaxiang.core.atlas.DemandPoints;
import xiaxiang.core.door.Problems;

/// Judges a workspace and writes nothing.
@Command(name = "check", mixinStandardHelpOptions = true, description = "Reads a workspace and lists every problem: file, row, column, value, rule, next step.",
        footer = {"", "Example: xiaxiang check my-county"})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "WORKSPACE", description = "The folder to check.")
    private Path workspace;

    @Option(names = "--json", description = "Print the problems as a JSON list.")
    private boolean json;

    @Override
    public Integer call() {
        Locale locale = common.locale();
        Problems problems = new Problems();
        PlanFacts facts = PlanFacts.read(new PlanInput.Workspace(workspace), problems);
        if (json) spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(problems.list()));
        if (facts == null) {
            if (!json) PlanRun.problems(spec.commandLine().getErr(), problems, workspace, locale);
            return ExitCode.BAD_INPUT;
        }
        if (!json) spec.commandLine().getOut().println(Words.of(locale, "check.good", facts.facts().divisions().size(), DemandPoints.of(facts.facts()).size(), facts.facts().shops().size(),
                facts.facts().sites().size(), facts.visits().size()));
        return ExitCode.DONE;
    }
}
