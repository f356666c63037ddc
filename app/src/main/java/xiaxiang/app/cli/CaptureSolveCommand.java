package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Limits;
import xiaxiang.engine.capture.Outcome;
import xiaxiang.engine.capture.Solver;
import xiaxiang.engine.capture.Verifier;

/// Solves one problem of choosing sites with the capture engine, and certifies the answer.
@Command(name = "solve", mixinStandardHelpOptions = true, description = "Finds which sites to open, with a proof of how far from the best. Ctrl-C stops with the best so far.",
        footer = {"", "Examples:", "  xiaxiang capture solve HM14_800_25.data --format hm14 --alpha .1 --beta 1 --open 5 --certificate out.bin.gz",
            "  xiaxiang capture solve Bronx.txt --format mclp --radius-m 400 --open 100 --time-limit-s 60 --json",
            "  xiaxiang capture solve demo/yichuan --format workspace", "", "docs/formats.md describes the formats."})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class CaptureSolveCommand implements Callable<Integer> {
    private static final int NODES = 1_000_000;
    private static final int MOST_THREADS = 256;
    private static final double MOST_SECONDS = 1e9;
    private static final int SHOWN = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Mixin
    private CaptureOptions options;

    @Parameters(paramLabel = "FILE", description = "The problem: a file, or a workspace folder.")
    private Path file;

    @Option(names = "--gap", defaultValue = "1e-6", paramLabel = "GAP", description = "Stop when the relative gap is proven to be this small. Default: ${DEFAULT-VALUE}.")
    private double gap;

    @Option(names = "--time-limit-s", paramLabel = "S", description = "Stop the solver after so many seconds; the result then depends on the machine.")
    private @Nullable Double seconds;

    @Option(names = "--threads", defaultValue = "2", paramLabel = "N", description = "Threads of the solver; the result does not depend on them. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--certificate", paramLabel = "OUT", description = "Where the certificate goes; a file that is there is replaced.")
    private @Nullable Path certificate;

    @Option(names = "--json", description = "Print the result as JSON, and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        Locale locale = common.locale();
        if (CaptureOptions.refuse(wrong(locale), spec.commandLine().getErr())) return ExitCode.BAD_INPUT;
        try (Screen screen = new Screen(locale)) {
            CaptureInput.Posed posed = options.read(file, spec.commandLine().getErr(), locale);
            if (posed == null) return ExitCode.BAD_INPUT;
            Outcome outcome = Solver.solve(posed.problem(), limits(), screen);
            screen.finish();
            return switch (outcome) {
                case Outcome.Infeasible(String why) -> infeasible(why, start);
                case Outcome.Planned planned -> planned(posed, planned, start);
            };
        }
    }

    private List<String> wrong(Locale locale) throws IOException {
        List<String> wrong = options.wrong(locale);
        if (!(gap >= 0 && gap < 1)) wrong.add(Words.of(locale, "option.range", "--gap", gap, "[0, 1)"));
        if (threads < 1 || threads > MOST_THREADS) wrong.add(Words.of(locale, "option.range", "--threads", threads, "[1, " + MOST_THREADS + "]"));
        if (seconds != null && !(seconds > 0 && seconds <= MOST_SECONDS)) wrong.add(Words.of(locale, "option.range", "--time-limit-s", seconds, "(0, 1000000000]"));
        if (certificate == null) return wrong;
        Path folder = certificate.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(certificate)) wrong.add(Words.of(locale, "option.place", "--certificate", certificate));
        else if (Files.exists(certificate) && Files.exists(file) && Files.isSameFile(certificate, file)) wrong.add(Words.of(locale, "option.same", "--certificate", certificate));
        return wrong;
    }

    private Limits limits() {
        long millis = seconds == null ? Long.MAX_VALUE : Math.max(1, Math.round(1000 * seconds));
        return new Limits(gap, Limits.standard().maxIterations(), NODES, millis, threads);
    }

    private int infeasible(String why, long start) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", "infeasible");
        result.put("why", why);
        asked(result, start);
        if (json) print(result);
        else spec.commandLine().getErr().println(Words.of(common.locale(), "infeasible", why));
        return ExitCode.INFEASIBLE;
    }

    private int planned(CaptureInput.Posed posed, Outcome.Planned planned, long start) throws IOException {
        double certified = Verifier.verify(posed.problem(), planned.certificate()).provenGap();
        if (certificate != null) PlanFiles.writeCertificate(planned.certificate(), certificate);
        int[] open = planned.plan().open();
        List<String> ids = posed.ids().isEmpty() ? List.of() : Arrays.stream(open).mapToObj(posed.ids()::get).toList();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", planned instanceof Outcome.Optimal ? "optimal" : "feasible");
        result.put("lower", planned.lower());
        result.put("upper", planned.upper());
        result.put("gap", finite(planned.gap()));
        result.put("certifiedGap", finite(certified));
        result.put("open", open);
        if (!posed.ids().isEmpty()) result.put("ids", ids);
        result.put("nodes", planned.effort().nodes());
        result.put("iterations", planned.effort().iterations());
        double taken = asked(result, start);
        if (json) print(result);
        else if (!common.quiet()) print(posed, planned, certified, ids, taken);
        return ExitCode.DONE;
    }

    /// JSON has no infinity: a gap that cannot be told is null.
    private static @Nullable Double finite(double gap) {
        return Double.isFinite(gap) ? gap : null;
    }

    /// Adds what was asked and the seconds it took, which are returned.
    private double asked(Map<String, Object> result, long start) {
        double taken = Math.round((System.nanoTime() - start) / 1e6) / 1e3;
        result.put("seconds", taken);
        result.put("format", options.format());
        result.put("file", file.toString());
        return taken;
    }

    private void print(Map<String, Object> result) {
        spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(result));
    }

    private void print(CaptureInput.Posed posed, Outcome.Planned planned, double certified, List<String> ids, double taken) {
        Locale locale = common.locale();
        PrintWriter out = spec.commandLine().getOut();
        CaptureProblem problem = posed.problem();
        out.println(Words.of(locale, "capture.title", file, problem.points(), problem.sites(), problem.nonZeros()));
        out.println(Words.of(locale, planned instanceof Outcome.Optimal ? "capture.optimal" : "capture.feasible"));
        out.println(Words.of(locale, "capture.lower", planned.lower()));
        out.println(Words.of(locale, "capture.upper", planned.upper()));
        out.println(Words.of(locale, "capture.gap", 100 * planned.gap(), 100 * certified));
        List<String> open = ids.isEmpty() ? Arrays.stream(planned.plan().open()).mapToObj(Integer::toString).toList() : ids;
        out.println(Words.of(locale, "capture.open", open.size(), open.stream().limit(SHOWN).collect(Collectors.joining(" "))));
        if (open.size() > SHOWN) out.println(Words.of(locale, "capture.more", open.size() - SHOWN));
        out.println(Words.of(locale, "capture.effort", planned.effort().nodes(), planned.effort().iterations(), taken));
        if (certificate != null) out.println(Words.of(locale, "capture.certificate", certificate));
    }
}
