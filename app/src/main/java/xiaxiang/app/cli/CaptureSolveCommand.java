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
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class CaptureSolveCommand implements Callable<Integer> {
    private static final int SHOWN = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Mixin
    private CaptureOptions options;

    @Parameters(paramLabel = "FILE", description = "The problem: a file, or a workspace folder.")
    private Path file;

    @Mixin
    private SolverOptions solver;

    @Option(names = "--start", paramLabel = "OUT", description = "Begin at the plan of this certificate: for a re-plan after a change.")
    private @Nullable Path start;

    @Override
    public Integer call() throws IOException {
        long began = System.nanoTime();
        Locale locale = common.locale();
        if (CaptureOptions.refuse(wrong(locale), spec.commandLine().getErr())) return ExitCode.BAD_INPUT;
        try (Screen screen = new Screen(locale)) {
            CaptureInput.Posed posed = options.read(file, spec.commandLine().getErr(), locale);
            if (posed == null) return ExitCode.BAD_INPUT;
            Outcome outcome = solved(posed.problem(), screen);
            screen.finish();
            return switch (outcome) {
                case null -> ExitCode.BAD_INPUT;
                case Outcome.Infeasible(String why) -> infeasible(why, began);
                case Outcome.Planned planned -> planned(posed, planned, began);
            };
        }
    }

    private List<String> wrong(Locale locale) throws IOException {
        List<String> wrong = options.wrong(locale);
        wrong.addAll(solver.wrong(file, locale));
        if (start != null && !Files.isRegularFile(start)) wrong.add(Words.of(locale, "option.none", "--start", start));
        return wrong;
    }

    /// The plan to begin at, if one was named; null after saying that it is none, or of another number of sites.
    private @Nullable Outcome solved(CaptureProblem problem, Screen screen) throws IOException {
        if (start == null) return Solver.solve(problem, solver.limits(), screen);
        Plan plan;
        try {
            plan = PlanFiles.readCertificate(start).plan();
        } catch (IllegalArgumentException | IOException e) {
            spec.commandLine().getErr().println(Words.of(common.locale(), "option.none", "--start", start));
            return null;
        }
        if (plan.sites() != problem.sites()) {
            spec.commandLine().getErr().println(Words.of(common.locale(), "start.sites", start, plan.sites(), problem.sites()));
            return null;
        }
        return Solver.solve(problem, solver.limits(), screen, plan);
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

    private int planned(CaptureInput.Posed posed, Outcome.Planned planned, long began) throws IOException {
        double certified = Verifier.verify(posed.problem(), planned.certificate()).provenGap();
        Path certificate = solver.certificate();
        if (certificate != null) PlanFiles.writeCertificate(planned.certificate(), certificate);
        int[] open = planned.plan().open();
        List<String> ids = posed.ids().isEmpty() ? List.of() : Arrays.stream(open).mapToObj(posed.ids()::get).toList();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", planned instanceof Outcome.Optimal ? "optimal" : "feasible");
        result.put("lower", planned.lower());
        result.put("upper", planned.upper());
        result.put("gap", SolverOptions.finite(planned.gap()));
        result.put("certifiedGap", SolverOptions.finite(certified));
        result.put("open", open);
        if (!posed.ids().isEmpty()) result.put("ids", ids);
        result.put("nodes", planned.effort().nodes());
        result.put("iterations", planned.effort().iterations());
        double taken = SolverOptions.asked(result, began, options, file);
        if (solver.json()) spec.commandLine().getOut().println(SolverOptions.json(result));
        else if (!common.quiet()) print(posed, planned, certified, ids, taken);
        return ExitCode.DONE;
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
        if (solver.certificate() != null) out.println(Words.of(locale, "capture.certificate", solver.certificate()));
    }
}
