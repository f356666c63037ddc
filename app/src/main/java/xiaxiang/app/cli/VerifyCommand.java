package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.flow.PlanFiles;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Certificate;
import xiaxiang.engine.capture.Verdict;
import xiaxiang.engine.capture.Verifier;

/// Checks a plan's certificate without the planner: only the problem, the certificate and the verifier.
@Command(name = "verify", mixinStandardHelpOptions = true, description = "Checks the certificate of a plan, and that plan.json says what it proves.",
        footer = {"", "Example: xiaxiang plan verify out/demo"})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class VerifyCommand implements Callable<Integer> {
    private static final double SAME = 1e-6;

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
        Verdict verdict;
        CaptureProblem problem;
        Certificate certificate;
        try {
            problem = PlanFiles.readProblem(folder);
            certificate = PlanFiles.readCertificate(folder.resolve(PlanFiles.CERTIFICATE));
        } catch (java.nio.file.NoSuchFileException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            return refused(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
        verdict = Verifier.verify(problem, certificate);
        return switch (verdict) {
            case Verdict.Refused(String why) -> refused(why);
            case Verdict.Proven proven -> proven(proven, problem, certificate);
        };
    }

    private int proven(Verdict.Proven proven, CaptureProblem problem, Certificate certificate) throws IOException {
        JsonNode summary = PlanFiles.readSummary(folder);
        String differs = differs(summary, proven, certificate);
        if (differs == null) differs = contradiction(summary, problem, certificate);
        if (differs != null) return refused(Words.of(common.locale(), "verify.summary", differs));
        print(new TreeMap<>(Map.of("status", "proven", "lower", proven.lower(), "upper", proven.upper(), "gap", proven.gap())),
                Words.of(common.locale(), "verify.proven", proven.lower(), proven.upper(), 100 * proven.gap()));
        return ExitCode.DONE;
    }

    /// What in plan.json the certificate does not bear out, or null. The upper bound proven is rounded outward, so it may lie a hair above the solver's.
    private static @Nullable String differs(JsonNode summary, Verdict.Proven proven, Certificate certificate) {
        int[] open = IntStream.range(0, summary.path("open").size()).map(k -> summary.path("open").path(k).asInt(-1)).toArray();
        if (!Arrays.equals(open, certificate.plan().open())) return "open";
        if (!summary.path("made").path("problem").asString("").equals(certificate.fingerprint())) return "made.problem";
        double scale = Math.max(1, Math.abs(proven.upper()));
        if (Math.abs(summary.path("lower").asDouble(Double.NaN) - proven.lower()) <= SAME * scale) {
            if (summary.path("certifiedGap").asDouble(-1) < proven.gap() - SAME) return "certifiedGap";
            return null;
        }
        return "lower";
    }

    /// What in plan.json contradicts itself or the problem's money, or null. `upper` and `gap` are the solver's and may be better than the certificate's.
    private static @Nullable String contradiction(JsonNode summary, CaptureProblem problem, Certificate certificate) {
        double lower = summary.path("lower").asDouble(Double.NaN);
        double upper = summary.path("upper").asDouble(Double.NaN);
        if (!(upper >= lower)) return "upper";
        double gap = upper <= lower || upper <= 0 ? 0 : (upper - lower) / upper;
        if (!(Math.abs(summary.path("gap").asDouble(Double.NaN) - gap) <= SAME)) return "gap";
        boolean[] open = certificate.plan().asBooleans(problem.sites());
        List<String> money = List.of("costFen", "runningFenYear");
        for (int k = 0; k < money.size(); k++) if (!(Math.abs(summary.path(money.get(k)).asDouble(Double.NaN) - problem.used(k, open)) < 1)) return money.get(k);
        return null;
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
