package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
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
import xiaxiang.core.rollout.RolloutProblem;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Certificate;
import xiaxiang.engine.capture.LeastCost;

/// The plan of least cost for a target share.
@Command(name = "cheapest", mixinStandardHelpOptions = true, description = "Finds the plan of least cost that reaches a target share: fewest sites for a share of all weight (hm14, mclp), least budget for a share of the phones bought (workspace).",
        footer = {"", "Examples:", "  xiaxiang capture cheapest HM14_800_25.data --format hm14 --alpha .1 --beta 1 --open 25 --target-share .3",
            "  xiaxiang capture cheapest demo/yichuan --format workspace --target-share .1 --gap .01", "",
            "--certificate writes the proof that less does not do; check it with capture verify, --target-share and --limit, as printed."})
final class CaptureCheapestCommand extends CaptureTask {
    private static final int COST = 0;
    private static final double FEN = 100;

    @Option(names = "--target-share", required = true, paramLabel = "S", description = "The share to reach, (0, 1], such as .3.")
    private double share;

    @Override
    List<String> wrong(Locale locale) throws IOException {
        List<String> wrong = super.wrong(locale);
        if (!(share > 0 && share <= 1)) wrong.add(Words.of(locale, "option.range", "--target-share", share, "(0, 1]"));
        if (options().isWorst()) wrong.add(Words.of(locale, "option.command", "--aim worst", "capture cheapest"));
        return wrong;
    }

    @Override
    Answer solve(CaptureInput.Posed posed, Screen screen) throws IOException {
        RolloutProblem.Target target = posed.shares().target(share);
        LeastCost.Result found = LeastCost.solve(target.problem(), COST, target.net(), solver().limits(), screen);
        screen.finish();
        return switch (found) {
            case LeastCost.Result.Reached r -> reached(posed, r);
            case LeastCost.Result.Unreachable u -> unreachable(posed.problem(), u);
            case LeastCost.Result.Unknown u -> unknown(u);
        };
    }

    private Answer reached(CaptureInput.Posed posed, LeastCost.Result.Reached r) throws IOException {
        boolean[] open = r.plan().asBooleans(posed.problem().sites());
        double reached = posed.shares().of(open);
        write(r.refutation());
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("status", r.gap() <= solver().limits().gap() ? "optimal" : "feasible");
        machine.put("cost", r.cost());
        machine.put("leastCost", r.least());
        machine.put("gap", r.gap());
        machine.put("capture", posed.problem().netCapture(open));
        machine.put("share", reached);
        putOpen(machine, r.plan().open(), posed.ids());
        machine.put("refutedLimit", SolverOptions.finite(r.refutedLimit()));
        machine.put("certified", r.refutation() != null);
        machine.put("nodes", r.effort().nodes());
        return new Answer(machine, out -> print(posed, r, reached, out), ExitCode.DONE);
    }

    private void print(CaptureInput.Posed posed, LeastCost.Result.Reached r, double reached, PrintWriter out) {
        boolean close = r.gap() <= solver().limits().gap();
        out.println(words("cheapest.reached", percent(share), cost(r.cost()), percent(reached)));
        if (!close) out.println(words("cheapest.stopped"));
        out.println(r.least() > 0 ? words("cheapest.least", cost(r.least()), 100 * r.gap()) : words("cheapest.nothing"));
        out.println(words("capture.open", r.plan().size(), sites(r.plan().open(), posed.ids())));
        if (solver().certificate() != null) out.println(r.refutation() == null ? words("cheapest.no.certificate") : words("cheapest.certificate", solver().certificate(), number(r.refutedLimit()), share));
    }

    /// A number as a person would type it.
    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String percent(double part) {
        return BigDecimal.valueOf(100 * part).round(new MathContext(6)).stripTrailingZeros().toPlainString() + "%";
    }

    private Answer unreachable(CaptureProblem problem, LeastCost.Result.Unreachable u) throws IOException {
        write(u.refutation());
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("status", "infeasible");
        machine.put("refutedLimit", problem.limit(COST));
        machine.put("certified", u.refutation() != null);
        machine.put("nodes", u.effort().nodes());
        boolean any = Double.isFinite(u.upper());
        return new Answer(machine, err -> err.println(any ? words(options().isWorkspace() ? "cheapest.unreachable.budget" : "cheapest.unreachable", percent(share)) : words("cheapest.no.plan")), ExitCode.INFEASIBLE);
    }

    private Answer unknown(LeastCost.Result.Unknown u) {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("status", "unknown");
        machine.put("nodes", u.effort().nodes());
        return new Answer(machine, out -> out.println(words("cheapest.unknown", percent(share))), ExitCode.DONE);
    }

    private void write(@Nullable Certificate refutation) throws IOException {
        Path to = solver().certificate();
        if (to != null && refutation != null) PlanFiles.writeCertificate(refutation, to);
    }

    /// Sites, or yuan of a workspace's fen.
    private String cost(double cost) {
        return options().isWorkspace() ? words("cheapest.yuan", cost / FEN) : words("cheapest.sites", cost);
    }
}
