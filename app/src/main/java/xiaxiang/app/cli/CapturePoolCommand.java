package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xiaxiang.app.flow.CaptureInput;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Plan;
import xiaxiang.engine.capture.Scenarios;
import xiaxiang.engine.capture.Solver;

/// Lists the best plans there are, and in how many scenarios each beats the best one.
@Command(name = "pool", mixinStandardHelpOptions = true, description = "Lists near-best plans: those that capture almost as much as the best, none missing.",
        footer = {"", "Example: ten plans within a hundredth of the best", "  xiaxiang capture pool HM14_800_25.data --format hm14 --alpha .1 --beta 1 --open 5 --count 10 --within .01"})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class CapturePoolCommand implements Callable<Integer> {
    private static final int MOST = 10_000;

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

    @Option(names = "--count", defaultValue = "10", paramLabel = "N", description = "At most so many plans, the best ones. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--within", defaultValue = ".01", paramLabel = "PART", description = "Only plans that capture at most this part less than the best. Default: ${DEFAULT-VALUE}.")
    private double within;

    @Override
    public Integer call() throws IOException {
        long began = System.nanoTime();
        Locale locale = common.locale();
        List<String> wrong = options.wrong(locale);
        wrong.addAll(solver.wrong(file, locale));
        if (count < 2 || count > MOST) wrong.add(Words.of(locale, "option.range", "--count", count, "[2, " + MOST + "]"));
        if (!(within >= 0 && within < 1)) wrong.add(Words.of(locale, "option.range", "--within", within, "[0, 1)"));
        if (solver.certificate() != null) wrong.add(Words.of(locale, "option.other", "--certificate", "pool"));
        if (CaptureOptions.refuse(wrong, spec.commandLine().getErr())) return ExitCode.BAD_INPUT;
        try (Screen screen = new Screen(locale)) {
            CaptureInput.Posed posed = options.read(file, spec.commandLine().getErr(), locale);
            if (posed == null) return ExitCode.BAD_INPUT;
            Solver.Pool pool = Solver.pool(posed.problem(), solver.limits(), screen, count, within);
            screen.finish();
            return answer(posed, pool, began);
        }
    }

    private int answer(CaptureInput.Posed posed, Solver.Pool pool, long began) {
        List<Map<String, Object>> plans = new ArrayList<>();
        for (Plan plan : pool.plans()) plans.add(entry(posed, pool.plans().getFirst(), plan));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", plans.isEmpty() ? "infeasible" : pool.complete() ? "complete" : "incomplete");
        result.put("plans", plans);
        double taken = SolverOptions.asked(result, began, options, file);
        PrintWriter out = spec.commandLine().getOut();
        if (solver.json()) out.println(SolverOptions.json(result));
        else if (!common.quiet()) print(plans, pool.complete(), taken, out);
        return plans.isEmpty() ? ExitCode.INFEASIBLE : ExitCode.DONE;
    }

    private static Map<String, Object> entry(CaptureInput.Posed posed, Plan best, Plan plan) {
        CaptureProblem problem = posed.problem();
        Map<String, Object> entry = new LinkedHashMap<>();
        double most = problem.netCapture(best.asBooleans(problem.sites()));
        double capture = problem.netCapture(plan.asBooleans(problem.sites()));
        entry.put("capture", capture);
        entry.put("less", most > 0 ? (most - capture) / most : 0.0);
        if (posed.scenarios().size() > 1) {
            Scenarios.Chance chance = posed.compare(plan, best);
            entry.put("chanceBetter", chance.better());
            entry.put("chanceSame", chance.same());
        }
        entry.put("open", plan.open());
        if (!posed.ids().isEmpty()) entry.put("ids", Arrays.stream(plan.open()).mapToObj(posed.ids()::get).toList());
        return entry;
    }

    private void print(List<Map<String, Object>> plans, boolean complete, double taken, PrintWriter out) {
        Locale locale = common.locale();
        out.println(Words.of(locale, complete ? "pool.complete" : "pool.incomplete", plans.size(), taken));
        for (Map<String, Object> plan : plans) {
            Object open = plan.get("ids");
            String sites = open instanceof List<?> ids ? ids.stream().map(String::valueOf).collect(Collectors.joining(" "))
                    : Arrays.stream((int[]) plan.getOrDefault("open", new int[0])).mapToObj(Integer::toString).collect(Collectors.joining(" "));
            Object chance = plan.get("chanceBetter");
            String better = chance instanceof Double c ? Words.of(locale, "pool.chance", 100 * c) : "";
            out.println(Words.of(locale, "pool.row", plan.getOrDefault("capture", 0.0), 100 * (double) plan.getOrDefault("less", 0.0), better, sites));
        }
    }
}
