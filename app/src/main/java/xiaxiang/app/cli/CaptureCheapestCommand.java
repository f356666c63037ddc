package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
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
import xiaxiang.engine.capture.Certificate;
import xiaxiang.engine.capture.LeastCost;

/// The plan of least cost for a target share.
@Command(name = "cheapest", mixinStandardHelpOptions = true, description = "Finds the plan of least cost that reaches a target share of all demand: fewest sites (hm14, mclp), least budget (workspace).",
        footer = {"", "Examples:", "  xiaxiang capture cheapest HM14_800_25.data --format hm14 --alpha .1 --beta 1 --open 25 --target-share .3",
            "  xiaxiang capture cheapest demo/yichuan --format workspace --target-share .1 --gap .01", "",
            "--certificate writes the proof that less does not do; check it with capture verify and --limit, as printed."})
final class CaptureCheapestCommand extends CaptureTask {
    private static final int COST = 0;
    private static final double FEN = 100;

    @Option(names = "--target-share", required = true, paramLabel = "S", description = "The share of all weight to reach, (0, 1].")
    private double share;

    @Override
    List<String> wrong(Locale locale) throws IOException {
        List<String> wrong = super.wrong(locale);
        if (!(share > 0 && share <= 1)) wrong.add(Words.of(locale, "option.range", "--target-share", share, "(0, 1]"));
        if (options().isWorst()) wrong.add(Words.of(locale, "option.other", "--aim worst", "cheapest"));
        return wrong;
    }

    @Override
    Answer solve(CaptureInput.Posed posed, Screen screen) throws IOException {
        CaptureProblem problem = posed.problem();
        LeastCost.Result found = LeastCost.solve(problem, COST, problem.netAtShare(share), solver().limits(), screen);
        screen.finish();
        return switch (found) {
            case LeastCost.Result.Reached r -> reached(posed, r);
            case LeastCost.Result.Unreachable u -> unreachable(problem, u);
            case LeastCost.Result.Unknown u -> unknown(problem, u);
        };
    }

    private Answer reached(CaptureInput.Posed posed, LeastCost.Result.Reached r) throws IOException {
        double reached = posed.problem().share(r.plan().asBooleans(posed.problem().sites()));
        write(r.refutation());
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("status", r.gap() <= solver().limits().gap() ? "optimal" : "feasible");
        machine.put("cost", r.cost());
        machine.put("leastCost", r.least());
        machine.put("gap", r.gap());
        machine.put("capture", r.capture());
        machine.put("share", reached);
        putOpen(machine, r.plan().open(), posed.ids());
        machine.put("refutedLimit", SolverOptions.finite(r.refutedLimit()));
        machine.put("certified", r.refutation() != null);
        machine.put("nodes", r.effort().nodes());
        return new Answer(machine, out -> print(posed, r, reached, out), ExitCode.DONE);
    }

    private void print(CaptureInput.Posed posed, LeastCost.Result.Reached r, double reached, PrintWriter out) {
        out.println(words("cheapest.reached", 100 * share, cost(r.cost()), 100 * reached));
        out.println(words("cheapest.least", cost(r.least()), 100 * r.gap()));
        out.println(words("capture.open", r.plan().size(), sites(r.plan().open(), posed.ids())));
        if (solver().certificate() != null) out.println(r.refutation() == null ? words("cheapest.no.certificate") : words("cheapest.certificate", solver().certificate(), r.refutedLimit()));
    }

    private Answer unreachable(CaptureProblem problem, LeastCost.Result.Unreachable u) throws IOException {
        write(u.refutation());
        double most = shareOfNet(problem, u.upper());
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("status", "infeasible");
        machine.put("mostShare", SolverOptions.finite(most));
        machine.put("refutedLimit", problem.limit(COST));
        machine.put("certified", u.refutation() != null);
        machine.put("nodes", u.effort().nodes());
        return new Answer(machine, err -> err.println(Double.isFinite(most) ? words("cheapest.unreachable", 100 * share, 100 * most) : words("cheapest.no.plan")), ExitCode.INFEASIBLE);
    }

    private Answer unknown(CaptureProblem problem, LeastCost.Result.Unknown u) {
        double lower = shareOfNet(problem, u.lower());
        double most = shareOfNet(problem, u.upper());
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("status", "unknown");
        machine.put("share", SolverOptions.finite(lower));
        machine.put("mostShare", SolverOptions.finite(most));
        machine.put("nodes", u.effort().nodes());
        return new Answer(machine, out -> out.println(words("cheapest.unknown", 100 * share, 100 * lower, 100 * most)), ExitCode.DONE);
    }

    private void write(@Nullable Certificate refutation) throws IOException {
        Path to = solver().certificate();
        if (to != null && refutation != null) PlanFiles.writeCertificate(refutation, to);
    }

    /// Sites, or yuan of a workspace's fen.
    private String cost(double cost) {
        return options().isWorkspace() ? words("cheapest.yuan", cost / FEN) : words("cheapest.sites", cost);
    }

    /// The share at a net capture: the inverse of netAtShare, which is straight.
    private static double shareOfNet(CaptureProblem problem, double net) {
        double none = problem.netAtShare(0);
        return (net - none) / (problem.netAtShare(1) - none);
    }
}
