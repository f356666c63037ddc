package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xiaxiang.app.flow.CaptureInput;
import xiaxiang.app.flow.PlanFiles;
import xiaxiang.engine.capture.WaveOutcome;
import xiaxiang.engine.capture.WavePlan;
import xiaxiang.engine.capture.WaveProblem;
import xiaxiang.engine.capture.WaveSolver;
import xiaxiang.engine.capture.WaveVerifier;

/// Decides in which wave each site opens, all waves at once.
@Command(name = "waves", mixinStandardHelpOptions = true, description = "Finds which sites to open in which wave, all waves at once, with a proof of how far from the best.",
        footer = {"", "Examples:", "  xiaxiang capture waves HM14_800_25.data --format hm14 --alpha .1 --beta 1 --open 2,4,6 --certificate out.bin.gz",
            "  xiaxiang capture waves demo/yichuan --format workspace --gap .01", "",
            "A workspace has the waves and budgets of its scenario.yaml. Check a certificate with capture verify and the same --open."})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class CaptureWavesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Mixin
    private CaptureOptions options;

    @Mixin
    private SolverOptions solver;

    @Parameters(paramLabel = "FILE", description = "The problem: a file, or a workspace folder.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        long began = System.nanoTime();
        Locale locale = common.locale();
        List<String> wrong = options.wrongWaves(locale);
        wrong.addAll(solver.wrong(file, locale));
        if (CaptureOptions.refuse(wrong, spec.commandLine().getErr())) return ExitCode.BAD_INPUT;
        try (Screen screen = new Screen(locale)) {
            CaptureInput.Posed posed = options.read(file, spec.commandLine().getErr(), locale);
            if (posed == null) return ExitCode.BAD_INPUT;
            WaveProblem waves = posed.waves();
            if (waves == null) {
                spec.commandLine().getErr().println(Words.of(locale, "waves.one", file));
                return ExitCode.BAD_INPUT;
            }
            WaveOutcome outcome = WaveSolver.solve(waves, solver.limits(), screen);
            screen.finish();
            return switch (outcome) {
                case WaveOutcome.Infeasible(String why) -> infeasible(why, began);
                case WaveOutcome.Planned planned -> planned(posed, waves, planned, began);
            };
        }
    }

    private int infeasible(String why, long began) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", "infeasible");
        result.put("why", why);
        SolverOptions.asked(result, began, options, file);
        if (solver.json()) spec.commandLine().getOut().println(SolverOptions.json(result));
        else spec.commandLine().getErr().println(Words.of(common.locale(), "infeasible", why));
        return ExitCode.INFEASIBLE;
    }

    private int planned(CaptureInput.Posed posed, WaveProblem waves, WaveOutcome.Planned planned, long began) throws IOException {
        double certified = WaveVerifier.verify(waves, planned.certificate()).provenGap();
        Path certificate = solver.certificate();
        if (certificate != null) PlanFiles.writeCertificate(planned.certificate(), certificate);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", planned.gap() <= solver.limits().gap() ? "optimal" : "feasible");
        result.put("lower", planned.lower());
        result.put("upper", planned.upper());
        result.put("gap", SolverOptions.finite(planned.gap()));
        result.put("certifiedGap", SolverOptions.finite(certified));
        List<List<Object>> opened = new ArrayList<>();
        for (int t = 1; t <= planned.plan().waves(); t++) opened.add(opened(planned.plan(), t, posed.ids()));
        result.put("waves", opened);
        result.put("nodes", planned.effort().nodes());
        result.put("iterations", planned.effort().iterations());
        double taken = SolverOptions.asked(result, began, options, file);
        if (solver.json()) spec.commandLine().getOut().println(SolverOptions.json(result));
        else if (!common.quiet()) print(planned, certified, opened, certificate, taken);
        return ExitCode.DONE;
    }

    /// What opens in wave t: indices, or ids where sites have any.
    private static List<Object> opened(WavePlan plan, int t, List<String> ids) {
        return IntStream.range(0, plan.sites()).filter(j -> plan.wave(j) == t).mapToObj(j -> ids.isEmpty() ? (Object) j : ids.get(j)).toList();
    }

    private void print(WaveOutcome.Planned planned, double certified, List<List<Object>> opened, @Nullable Path certificate, double taken) {
        Locale locale = common.locale();
        PrintWriter out = spec.commandLine().getOut();
        out.println(Words.of(locale, planned.gap() <= solver.limits().gap() ? "capture.optimal" : "capture.feasible"));
        out.println(Words.of(locale, "capture.lower", planned.lower()));
        out.println(Words.of(locale, "capture.upper", planned.upper()));
        out.println(Words.of(locale, "capture.gap", 100 * planned.gap(), 100 * certified));
        for (int t = 0; t < opened.size(); t++) out.println(Words.of(locale, "waves.row", t + 1, opened.get(t).size(), String.join(" ", opened.get(t).stream().map(String::valueOf).toList())));
        out.println(Words.of(locale, "capture.effort", planned.effort().nodes(), planned.effort().iterations(), taken));
        if (certificate != null) out.println(Words.of(locale, "capture.certificate", certificate));
    }
}
