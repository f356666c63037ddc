package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
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
import xiaxiang.engine.capture.Certificate;
import xiaxiang.engine.capture.LeastCost;
import xiaxiang.engine.capture.Plan;

/// The plan of least cost for a target share.
@Command(name = "cheapest", mixinStandardHelpOptions = true, description = "Finds the plan of least cost that reaches a target share of all demand: fewest sites (hm14, mclp), least budget (workspace).",
        footer = {"", "Examples:", "  xiaxiang capture cheapest HM14_800_25.data --format hm14 --alpha .1 --beta 1 --open 25 --target-share .3",
            "  xiaxiang capture cheapest demo/yichuan --format workspace --target-share .1 --gap .01", "",
            "--certificate writes the proof that less does not do; check it with capture verify and --limit, as printed."})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class CaptureCheapestCommand implements Callable<Integer> {
    private static final int COST = 0;
    private static final double FEN = 100;

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

    @Option(names = "--target-share", required = true, paramLabel = "S", description = "The share of all weight to reach, (0, 1].")
    private double share;

    @Override
    public Integer call() throws IOException {
        long began = System.nanoTime();
        Locale locale = common.locale();
        List<String> wrong = options.wrong(locale);
        wrong.addAll(solver.wrong(file, locale));
        if (!(share > 0 && share <= 1)) wrong.add(Words.of(locale, "option.range", "--target-share", share, "(0, 1]"));
        if (options.isWorst()) wrong.add(Words.of(locale, "option.other", "--aim worst", "cheapest"));
        if (CaptureOptions.refuse(wrong, spec.commandLine().getErr())) return ExitCode.BAD_INPUT;
        try (Screen screen = new Screen(locale)) {
            CaptureInput.Posed posed = options.read(file, spec.commandLine().getErr(), locale);
            if (posed == null) return ExitCode.BAD_INPUT;
            CaptureProblem problem = posed.problem();
            LeastCost.Result found = LeastCost.solve(problem, COST, problem.netAtShare(share), solver.limits(), screen);
            screen.finish();
            return answer(posed, found, began);
        }
    }

    private int answer(CaptureInput.Posed posed, LeastCost.Result found, long began) throws IOException {
        Map<String, Object> result = new LinkedHashMap<>();
        Certificate refutation = switch (found) {
            case LeastCost.Result.Reached r -> reached(posed, r, result);
            case LeastCost.Result.Unreachable u -> unreachable(posed, u, result);
            case LeastCost.Result.Unknown u -> unknown(posed, u, result);
        };
        Path certificate = solver.certificate();
        if (certificate != null && refutation != null) PlanFiles.writeCertificate(refutation, certificate);
        result.put("certified", refutation != null);
        double taken = SolverOptions.asked(result, began, options, file);
        PrintWriter out = spec.commandLine().getOut();
        if (solver.json()) out.println(SolverOptions.json(result));
        else if (!common.quiet()) print(found, result, taken, out);
        return found instanceof LeastCost.Result.Unreachable ? ExitCode.INFEASIBLE : ExitCode.DONE;
    }

    private @Nullable Certificate reached(CaptureInput.Posed posed, LeastCost.Result.Reached r, Map<String, Object> result) {
        CaptureProblem problem = posed.problem();
        int[] open = r.plan().open();
        result.put("status", r.gap() <= solver.limits().gap() ? "optimal" : "feasible");
        result.put("cost", r.cost());
        result.put("leastCost", r.least());
        result.put("gap", r.gap());
        result.put("capture", r.capture());
        result.put("share", share(problem, r.plan()));
        result.put("open", open);
        if (!posed.ids().isEmpty()) result.put("ids", Arrays.stream(open).mapToObj(posed.ids()::get).toList());
        result.put("refutedLimit", SolverOptions.finite(r.refutedLimit()));
        result.put("nodes", r.effort().nodes());
        return r.refutation();
    }

    private static @Nullable Certificate unreachable(CaptureInput.Posed posed, LeastCost.Result.Unreachable u, Map<String, Object> result) {
        result.put("status", "infeasible");
        result.put("mostShare", SolverOptions.finite(shareOfNet(posed.problem(), u.upper())));
        result.put("refutedLimit", posed.problem().limit(COST));
        result.put("nodes", u.effort().nodes());
        return u.refutation();
    }

    private static @Nullable Certificate unknown(CaptureInput.Posed posed, LeastCost.Result.Unknown u, Map<String, Object> result) {
        result.put("status", "unknown");
        result.put("share", SolverOptions.finite(shareOfNet(posed.problem(), u.lower())));
        result.put("mostShare", SolverOptions.finite(shareOfNet(posed.problem(), u.upper())));
        result.put("nodes", u.effort().nodes());
        return null;
    }

    /// Sites, or yuan of a workspace's fen.
    private String cost(double cost, Locale locale) {
        return options.isWorkspace() ? Words.of(locale, "cheapest.yuan", cost / FEN) : Words.of(locale, "cheapest.sites", cost);
    }

    private static double share(CaptureProblem problem, Plan plan) {
        return problem.share(plan.asBooleans(problem.sites()));
    }

    /// The share at a net capture: the inverse of netAtShare, which is straight.
    private static double shareOfNet(CaptureProblem problem, double net) {
        double none = problem.netAtShare(0);
        return (net - none) / (problem.netAtShare(1) - none);
    }

    private void print(LeastCost.Result found, Map<String, Object> result, double taken, PrintWriter out) {
        Locale locale = common.locale();
        switch (found) {
            case LeastCost.Result.Reached r -> {
                out.println(Words.of(locale, "cheapest.reached", 100 * share, cost(r.cost(), locale), 100 * (double) result.getOrDefault("share", 0.0), taken));
                out.println(Words.of(locale, "cheapest.least", cost(r.least(), locale), 100 * r.gap()));
                Object ids = result.get("ids");
                String sites = ids instanceof List<?> list ? list.stream().map(String::valueOf).collect(Collectors.joining(" "))
                        : Arrays.stream(r.plan().open()).mapToObj(Integer::toString).collect(Collectors.joining(" "));
                out.println(Words.of(locale, "capture.open", r.plan().size(), sites));
                if (solver.certificate() != null) out.println(r.refutation() == null ? Words.of(locale, "cheapest.no.certificate") : Words.of(locale, "cheapest.certificate", solver.certificate(), r.refutedLimit()));
            }
            case LeastCost.Result.Unreachable u -> out.println(Words.of(locale, "cheapest.unreachable", 100 * share, 100 * (result.get("mostShare") instanceof Double most ? most : 0)));
            case LeastCost.Result.Unknown u -> out.println(Words.of(locale, "cheapest.unknown", 100 * share, 100 * (double) result.getOrDefault("share", 0.0), 100 * (double) result.getOrDefault("mostShare", 0.0)));
        }
    }
}
