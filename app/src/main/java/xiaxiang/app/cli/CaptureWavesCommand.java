package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
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
final class CaptureWavesCommand extends CaptureTask {
    @Override
    List<String> wrong(Locale locale) throws IOException {
        List<String> wrong = options().wrongWaves(locale);
        wrong.addAll(solver().wrong(file(), locale));
        return wrong;
    }

    @Override
    Answer solve(CaptureInput.Posed posed, Screen screen) throws IOException {
        WaveProblem waves = posed.waves();
        if (waves == null) return refused(words("waves.one", file()));
        WaveOutcome outcome = WaveSolver.solve(waves, solver().limits(), screen);
        screen.finish();
        return switch (outcome) {
            case WaveOutcome.Infeasible(String why) -> infeasible(why);
            case WaveOutcome.Planned planned -> planned(posed, waves, planned);
        };
    }

    private Answer planned(CaptureInput.Posed posed, WaveProblem waves, WaveOutcome.Planned planned) throws IOException {
        double certified = WaveVerifier.verify(waves, planned.certificate()).provenGap();
        Path certificate = solver().certificate();
        if (certificate != null) PlanFiles.writeCertificate(planned.certificate(), certificate);
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("status", isEnough(planned) ? "optimal" : "feasible");
        machine.put("lower", planned.lower());
        machine.put("upper", planned.upper());
        machine.put("gap", SolverOptions.finite(planned.gap()));
        machine.put("certifiedGap", SolverOptions.finite(certified));
        machine.put("waves", IntStream.rangeClosed(1, planned.plan().waves()).mapToObj(t -> entry(planned.plan(), t, posed.ids())).toList());
        machine.put("nodes", planned.effort().nodes());
        machine.put("iterations", planned.effort().iterations());
        return new Answer(machine, out -> print(posed, planned, certified, out), ExitCode.DONE);
    }

    private boolean isEnough(WaveOutcome.Planned planned) {
        return planned.gap() <= solver().limits().gap();
    }

    /// What opens in wave t: indices, or ids where sites have any.
    private static List<?> entry(WavePlan plan, int t, List<String> ids) {
        IntStream opened = IntStream.of(opened(plan, t));
        return ids.isEmpty() ? opened.boxed().toList() : opened.mapToObj(ids::get).toList();
    }

    private static int[] opened(WavePlan plan, int t) {
        return IntStream.range(0, plan.sites()).filter(j -> plan.wave(j) == t).toArray();
    }

    private void print(CaptureInput.Posed posed, WaveOutcome.Planned planned, double certified, PrintWriter out) {
        out.println(words(isEnough(planned) ? "capture.optimal" : "capture.feasible"));
        out.println(words("capture.lower", planned.lower()));
        out.println(words("capture.upper", planned.upper()));
        out.println(words("capture.gap", 100 * planned.gap(), 100 * certified));
        for (int t = 1; t <= planned.plan().waves(); t++) {
            int[] opened = opened(planned.plan(), t);
            out.println(words("waves.row", t, opened.length, sites(opened, posed.ids())));
        }
        out.println(words("capture.effort", planned.effort().nodes(), planned.effort().iterations()));
        if (solver().certificate() != null) out.println(words("capture.certificate", solver().certificate()));
    }
}
