package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import xiaxiang.app.flow.CaptureInput;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Plan;
import xiaxiang.engine.capture.Scenarios;
import xiaxiang.engine.capture.Solver;

/// Lists the best plans there are, and in how many scenarios each beats the best one.
@Command(name = "pool", mixinStandardHelpOptions = true, description = "Lists near-best plans: those that capture almost as much as the best, none missing.",
        footer = {"", "Example: ten plans within a hundredth of the best", "  xiaxiang capture pool HM14_800_25.data --format hm14 --alpha .1 --beta 1 --open 5 --count 10 --within .01"})
final class CapturePoolCommand extends CaptureTask {
    private static final int MOST = 10_000;

    @Option(names = "--count", defaultValue = "10", paramLabel = "N", description = "At most so many plans, the best ones. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--within", defaultValue = ".01", paramLabel = "PART", description = "Only plans that capture at most this part less than the best. Default: ${DEFAULT-VALUE}.")
    private double within;

    @Override
    List<String> wrong(Locale locale) throws IOException {
        List<String> wrong = super.wrong(locale);
        if (count < 2 || count > MOST) wrong.add(Words.of(locale, "option.range", "--count", count, "[2, " + MOST + "]"));
        if (!(within >= 0 && within < 1)) wrong.add(Words.of(locale, "option.range", "--within", within, "[0, 1)"));
        if (solver().certificate() != null) wrong.add(Words.of(locale, "option.command", "--certificate", "capture pool"));
        return wrong;
    }

    /// A plan of the pool: what it captures, how much less than the best (a part of it), and how often it is better over several scenarios.
    private record Row(Plan plan, double capture, double less, Scenarios.Chance chance) {}

    @Override
    Answer solve(CaptureInput.Posed posed, Screen screen) {
        Solver.Pool pool = Solver.pool(posed.problem(), solver().limits(), screen, count, within);
        screen.finish();
        if (pool.plans().isEmpty()) return infeasible(pool.outcome().toString());
        List<Row> rows = pool.plans().stream().map(plan -> row(posed, pool.plans().getFirst(), plan)).toList();
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("status", pool.complete() ? "complete" : "incomplete");
        machine.put("plans", rows.stream().map(row -> entry(posed, row)).toList());
        return new Answer(machine, out -> print(posed, rows, pool.complete(), out), ExitCode.DONE);
    }

    private static Row row(CaptureInput.Posed posed, Plan best, Plan plan) {
        CaptureProblem problem = posed.problem();
        double most = problem.netCapture(best.asBooleans(problem.sites()));
        double capture = problem.netCapture(plan.asBooleans(problem.sites()));
        return new Row(plan, capture, most > 0 ? (most - capture) / most : 0, posed.compare(plan, best));
    }

    private static Map<String, Object> entry(CaptureInput.Posed posed, Row row) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("capture", row.capture());
        entry.put("less", row.less());
        if (posed.scenarios().size() > 1) {
            entry.put("chanceBetter", row.chance().better());
            entry.put("chanceSame", row.chance().same());
        }
        putOpen(entry, row.plan().open(), posed.ids());
        return entry;
    }

    private void print(CaptureInput.Posed posed, List<Row> rows, boolean complete, PrintWriter out) {
        out.println(words(!complete ? "pool.incomplete" : rows.size() < count ? "pool.complete" : "pool.best", rows.size(), 100 * within));
        for (Row row : rows) {
            String better = posed.scenarios().size() > 1 ? words("pool.chance", 100 * row.chance().better()) : "";
            out.println(words("pool.row", row.capture(), 100 * row.less(), better, sites(row.plan().open(), posed.ids())));
        }
    }
}
