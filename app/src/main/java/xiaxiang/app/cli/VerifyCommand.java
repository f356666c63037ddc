package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.flow.PlanProof;

/// Checks a plan's certificate without the planner: only the problem, the certificate and the verifier.
@Command(name = "verify", mixinStandardHelpOptions = true, description = "Checks the certificate of a plan, and that plan.json says what it proves.",
        footer = {"", "Example: xiaxiang plan verify out/demo"})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "DIR", description = "The folder a plan was written to.")
    private Path folder;

    @Option(names = "--json", description = "Print the verdict as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        return switch (PlanProof.of(folder)) {
            case PlanProof.Refused(String why) -> refused(why);
            case PlanProof.Contradicted(String key) -> refused(Words.of(common.locale(), "verify.summary", key));
            case PlanProof.Proven(double lower, double upper, double gap) -> {
                print(new TreeMap<>(Map.of("status", "proven", "lower", lower, "upper", upper, "gap", gap)), Words.of(common.locale(), "verify.proven", lower, upper, 100 * gap));
                yield ExitCode.DONE;
            }
        };
    }

    private int refused(String why) {
        print(new TreeMap<>(Map.of("status", "refused", "why", why)), Words.of(common.locale(), "verify.refused", why));
        return ExitCode.REFUSED;
    }

    private void print(Map<String, Object> machine, String person) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? JsonMapper.shared().writeValueAsString(machine) : person);
    }
}
