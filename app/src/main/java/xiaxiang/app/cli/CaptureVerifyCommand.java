package xiaxiang.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.flow.CaptureInput;
import xiaxiang.app.flow.PlanFiles;
import xiaxiang.core.rollout.RolloutProblem;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Certificate;
import xiaxiang.engine.capture.Verdict;
import xiaxiang.engine.capture.Verifier;
import xiaxiang.engine.capture.WaveProblem;
import xiaxiang.engine.capture.WaveVerifier;

/// Checks the certificate of `capture solve` without the solver: the problem is read anew from its file.
@Command(name = "verify", mixinStandardHelpOptions = true, description = "Checks a certificate against the problem it is about, read anew from FILE, without the solver.",
        footer = {"", "Examples:", "  xiaxiang capture verify out.bin.gz HM14_800_25.data --format hm14 --alpha .1 --beta 1 --open 5",
            "  xiaxiang capture verify least.bin.gz HM14_800_25.data --format hm14 --alpha .1 --beta 1 --open 25 --target-share .3 --limit 12",
            "  xiaxiang capture verify waves.bin.gz demo/yichuan --format workspace --waves"})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class CaptureVerifyCommand implements Callable<Integer> {
    private static final double MOST_LIMIT = 1e18;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Mixin
    private CaptureOptions options;

    @Parameters(index = "0", paramLabel = "OUT", description = "The certificate that `capture solve`, `cheapest` or `waves` wrote with --certificate OUT.")
    private Path certificate;

    @Parameters(index = "1", paramLabel = "FILE", description = "The problem: a file, or a workspace folder.")
    private Path file;

    @Option(names = "--limit", paramLabel = "L", description = "Check it for this limit of the first resource (sites; a workspace's budget in fen) instead: for the proof of `capture cheapest`.")
    private @Nullable Double limit;

    @Option(names = "--target-share", paramLabel = "S", description = "With --limit: check that no plan within the limit reaches this share.")
    private @Nullable Double share;

    @Option(names = "--waves", description = "workspace: the certificate is of `capture waves`.")
    private boolean waves;

    @Option(names = "--json", description = "Print the verdict as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Locale locale = common.locale();
        List<String> wrong = waves || options.isSeveral() ? options.wrongWaves(locale) : options.wrong(locale);
        if (limit != null && !(limit >= 0 && limit <= MOST_LIMIT)) wrong.add(Words.of(locale, "option.range", "--limit", limit, "[0, 1e18]"));
        boolean inWavesAsked = waves || options.isSeveral();
        if (limit != null && inWavesAsked) wrong.add(Words.of(locale, "option.command", "--limit", "capture waves"));
        if (share != null && limit == null) wrong.add(Words.of(locale, "option.missing", "--target-share", "--limit"));
        if (share != null && !(share > 0 && share <= 1)) wrong.add(Words.of(locale, "option.range", "--target-share", share, "(0, 1]"));
        if (CaptureOptions.refuse(wrong, spec.commandLine().getErr())) return ExitCode.BAD_INPUT;
        if (!Files.exists(certificate)) throw new NoSuchFileException(certificate.toString());
        CaptureInput.Posed posed = options.read(file, spec.commandLine().getErr(), locale);
        if (posed == null) return ExitCode.BAD_INPUT;
        Certificate read;
        try {
            read = PlanFiles.readCertificate(certificate);
        } catch (IOException | IllegalArgumentException e) {
            return refused(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
        RolloutProblem.Target target = share == null ? null : posed.shares().target(share);
        CaptureProblem whole = target == null ? posed.problem() : target.problem();
        CaptureProblem problem = limit == null ? whole : whole.withLimit(0, limit);
        WaveProblem inWaves = waves || options.isSeveral() ? posed.waves() : null;
        return switch (inWaves == null ? Verifier.verify(problem, read) : WaveVerifier.verify(inWaves, read)) {
            case Verdict.Refused(String why) -> refused(why);
            case Verdict.Proven proven when target != null -> refutation(proven, target.net());
            case Verdict.Proven proven -> proven(proven, read);
        };
    }

    private int proven(Verdict.Proven proven, Certificate read) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("status", "proven");
        verdict.put("lower", proven.lower());
        verdict.put("upper", proven.upper());
        verdict.put("gap", Double.isFinite(proven.gap()) ? proven.gap() : null);
        if (!waves && !options.isSeveral()) verdict.put("open", read.plan().open());
        print(verdict, Words.of(common.locale(), "capture.proven", proven.lower(), proven.upper(), 100 * proven.gap()));
        return ExitCode.DONE;
    }

    /// The proof of `capture cheapest`: within the limit no plan reaches the share.
    private int refutation(Verdict.Proven proven, double net) {
        if (proven.upper() >= net) return refused(Words.of(common.locale(), "cheapest.proof.none", proven.upper(), net));
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("status", "proven");
        verdict.put("limit", limit);
        verdict.put("unreachableShare", share);
        print(verdict, Words.of(common.locale(), "cheapest.proof", Objects.requireNonNull(limit), 100 * Objects.requireNonNull(share)));
        return ExitCode.DONE;
    }

    private int refused(String why) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("status", "refused");
        verdict.put("why", why);
        print(verdict, Words.of(common.locale(), "verify.refused", why));
        return ExitCode.REFUSED;
    }

    private void print(Map<String, Object> machine, String person) {
        machine.put("format", options.format());
        machine.put("file", file.toString());
        spec.commandLine().getOut().println(json ? JsonMapper.shared().writeValueAsString(machine) : person);
    }
}
