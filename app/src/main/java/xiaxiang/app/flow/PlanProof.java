package xiaxiang.app.flow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Certificate;
import xiaxiang.engine.capture.Gap;
import xiaxiang.engine.capture.Verdict;
import xiaxiang.engine.capture.Verifier;

/// What the certificate of a plan proves, found without the planner: from the problem, the certificate and plan.json alone.
public sealed interface PlanProof {
    /// The plan captures `lower`, no plan more than `upper`, net units a year; `gap` is relative, in [0, 1]. plan.json says nothing else.
    record Proven(double lower, double upper, double gap) implements PlanProof {}
    /// It proves nothing, and `why` says so.
    record Refused(String why) implements PlanProof {}
    /// It proves something, but plan.json says something else at `key`.
    record Contradicted(String key) implements PlanProof {}

    /// How far figures may differ by rounding, relative to the upper bound.
    double SAME = 1e-6;

    /// Checks the plan of a folder.
    static PlanProof of(Path folder) throws IOException {
        CaptureProblem problem;
        Certificate certificate;
        try {
            problem = PlanFiles.readProblem(folder);
            certificate = PlanFiles.readCertificate(folder.resolve(PlanFiles.CERTIFICATE));
        } catch (java.nio.file.NoSuchFileException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            return unreadable(e);
        }
        return of(problem, certificate, PlanFiles.readSummary(folder));
    }

    /// Checks a plan from the bytes of its three files.
    static PlanProof of(byte[] problem, byte[] certificate, byte[] summary) {
        try {
            return of(PlanFiles.problem(new ByteArrayInputStream(problem)), PlanFiles.certificate(new ByteArrayInputStream(certificate)), JsonMapper.shared().readTree(summary));
        } catch (IOException | IllegalArgumentException e) {
            return unreadable(e);
        }
    }

    private static PlanProof unreadable(Exception e) {
        return new Refused(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    /// Checks a plan. Cost: the size of the problem for each leaf of the certificate.
    static PlanProof of(CaptureProblem problem, Certificate certificate, JsonNode summary) {
        return switch (Verifier.verify(problem, certificate)) {
            case Verdict.Refused(String why) -> new Refused(why);
            case Verdict.Proven proven -> {
                String differs = differs(summary, proven, certificate);
                if (differs == null) differs = contradiction(summary, problem, certificate);
                yield differs == null ? new Proven(proven.lower(), proven.upper(), proven.gap()) : new Contradicted(differs);
            }
        };
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
        if (!(Math.abs(summary.path("gap").asDouble(Double.NaN) - Gap.relative(lower, upper)) <= SAME)) return "gap";
        boolean[] open = certificate.plan().asBooleans(problem.sites());
        List<String> money = List.of("costFen", "runningFenYear");
        for (int k = 0; k < money.size(); k++) if (!(Math.abs(summary.path(money.get(k)).asDouble(Double.NaN) - problem.used(k, open)) < 1)) return money.get(k);
        return null;
    }
}
