package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import xiaxiang.app.flow.CaptureInput;
import xiaxiang.app.flow.PlanFiles;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Outcome;
import xiaxiang.engine.capture.Plan;
import xiaxiang.engine.capture.Solver;
import xiaxiang.engine.capture.Verifier;

/// Solves one problem of choosing sites with the capture engine, and certifies the answer.
@Command(name = "solve", mixinStandardHelpOptions = true, description = "Finds which sites to open, with a proof of how far from the best. Ctrl-C stops with the best so far.",
        footer = {"", "Examples:", "  xiaxiang capture solve HM14_800_25.data --format hm14 --alpha .1 --beta 1 --open 5 --certificate out.bin.gz",
            "  xiaxiang capture solve Bronx.txt --format mclp --radius-m 400 --open 100 --time-limit-s 60 --json",
            "  xiaxiang capture solve demo/yichuan --format workspace",
            "  xiaxiang capture solve HM14_800_25.data --format hm14 --alpha .05,.1,.2 --beta 1 --open 5 --aim worst",
            "  xiaxiang capture solve HM14_800_25.data --format hm14 --alpha .1 --beta 1 --open 6 --start out.bin.gz", "", "docs/formats.md describes the formats."})
final class CaptureSolveCommand extends CaptureTask {
    @Option(names = "--start", paramLabel = "OUT", description = "Begin at the plan of this certificate: for a re-plan after a change.")
    private @Nullable Path start;

    @Override
    List<String> wrong(Locale locale) throws IOException {
        List<String> wrong = super.wrong(locale);
        if (start != null && !Files.isRegularFile(start)) wrong.add(Words.of(locale, "option.none", "--start", start));
        return wrong;
    }

    @Override
    Answer solve(CaptureInput.Posed posed, Screen screen) throws IOException {
        CaptureProblem problem = posed.problem();
        Plan known = null;
        if (start != null) {
            known = read(start);
            if (known == null) return refused(words("option.none", "--start", start));
            if (known.sites() != problem.sites()) return refused(words("start.sites", start, known.sites(), problem.sites()));
        }
        Outcome outcome = known == null ? Solver.solve(problem, solver().limits(), screen) : Solver.solve(problem, solver().limits(), screen, known);
        screen.finish();
        return switch (outcome) {
            case Outcome.Infeasible(String why) -> infeasible(why);
            case Outcome.Planned planned -> planned(posed, planned);
        };
    }

    private static @Nullable Plan read(Path certificate) {
        try {
            return PlanFiles.readCertificate(certificate).plan();
        } catch (IllegalArgumentException | IOException e) {
            return null;
        }
    }

    private Answer planned(CaptureInput.Posed posed, Outcome.Planned planned) throws IOException {
        double certified = Verifier.verify(posed.problem(), planned.certificate()).provenGap();
        Path certificate = solver().certificate();
        if (certificate != null) PlanFiles.writeCertificate(planned.certificate(), certificate);
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("status", planned instanceof Outcome.Optimal ? "optimal" : "feasible");
        machine.put("lower", planned.lower());
        machine.put("upper", planned.upper());
        machine.put("gap", SolverOptions.finite(planned.gap()));
        machine.put("certifiedGap", SolverOptions.finite(certified));
        putOpen(machine, planned.plan().open(), posed.ids());
        machine.put("nodes", planned.effort().nodes());
        machine.put("iterations", planned.effort().iterations());
        return new Answer(machine, out -> print(posed, planned, certified, out), ExitCode.DONE);
    }

    private void print(CaptureInput.Posed posed, Outcome.Planned planned, double certified, PrintWriter out) {
        CaptureProblem problem = posed.problem();
        out.println(words("capture.title", file(), problem.points(), problem.sites(), problem.nonZeros()));
        out.println(words(planned instanceof Outcome.Optimal ? "capture.optimal" : "capture.feasible"));
        out.println(words("capture.lower", planned.lower()));
        out.println(words("capture.upper", planned.upper()));
        out.println(words("capture.gap", 100 * planned.gap(), 100 * certified));
        out.println(words("capture.open", planned.plan().size(), sites(planned.plan().open(), posed.ids())));
        out.println(words("capture.effort", planned.effort().nodes(), planned.effort().iterations()));
        if (solver().certificate() != null) out.println(words("capture.certificate", solver().certificate()));
    }
}
