package xiaxiang.core.rollout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.demand.Demand;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Limits;
import xiaxiang.engine.capture.Opening;
import xiaxiang.engine.capture.Outcome;
import xiaxiang.engine.capture.Progress;
import xiaxiang.engine.capture.Solver;

/// Plans a roll-out: solves the choice of sites over the whole budget, applies the break-even rule, orders the sites into waves and says why.
public final class Rollout {
    private static final int QUARTERS = 12;
    private static final double ROUNDING = 1e-9;
    private static final double[] FRONTIER = {.1, .25, .5, .75, 1, 1.25, 1.5, 2};

    private final Demand demand;
    private final Scenario scenario;
    private final Options options;
    private final double meanMarginFen;
    private final Limits limits;
    private final Progress progress;

    private Rollout(Atlas atlas, Demand demand, Scenario scenario, Limits limits, Progress progress) {
        this.demand = demand;
        this.scenario = scenario;
        this.limits = limits;
        this.progress = progress;
        options = new Options(atlas, demand, scenario);
        meanMarginFen = meanMarginFen(demand);
    }

    /// The best plan found within `limits`, with its bounds. Same input, same plan, whatever the threads.
    public static RolloutOutcome plan(Atlas atlas, Demand demand, Scenario scenario, Limits limits, Progress progress) {
        return new Rollout(atlas, demand, scenario, limits, progress).run();
    }

    private RolloutOutcome run() {
        CaptureProblem problem = PlanProblem.of(demand, options, scenario);
        CaptureProblem viable = RolloutProblem.withoutHopeless(problem, options);
        viable = withoutDropped(viable);
        while (true) {
            Outcome solved = Solver.solve(viable, limits, progress);
            switch (solved) {
                case Outcome.Infeasible(String why) -> {
                    return new RolloutOutcome.Infeasible(why, excesses(viable));
                }
                case Outcome.Planned planned -> {
                    boolean[] failing = failing(viable, planned.plan().asBooleans(viable.sites()), 1);
                    if (!any(failing)) return new RolloutOutcome.Planned(finished(viable, planned, viabilityLoss(problem, viable, planned.lower())));
                    viable = viable.withForbidden(failing);
                }
            }
        }
    }

    private static List<RolloutOutcome.Excess> excesses(CaptureProblem problem) {
        return Stream.of(excess(problem, 0, RolloutOutcome.Limit.BUDGET), excess(problem, 1, RolloutOutcome.Limit.RUNNING_CAP)).filter(e -> e.leastFen() > e.limitFen()).toList();
    }

    private static RolloutOutcome.Excess excess(CaptureProblem problem, int resource, RolloutOutcome.Limit limit) {
        return new RolloutOutcome.Excess(limit, Math.round(problem.leastUse(resource)), Math.round(problem.limit(resource)));
    }

    /// What the break-even rule cost, as a share of what could be had without it: 0 where it forbade nothing. Without the rule the problem is solved to the
    /// root's bound where it is small, and by the quick heuristic where it is large; a plan that keeps the rule is one without it too.
    private double viabilityLoss(CaptureProblem problem, CaptureProblem viable, double lower) {
        boolean same = IntStream.range(0, problem.sites()).allMatch(j -> problem.isForbidden(j) == viable.isForbidden(j));
        if (same || lower <= 0) return 0;
        double free = QuickPlan.isLarge(problem) ? quickNet(problem) : lower(Solver.solve(problem, limits.withMaxNodes(1), progress));
        return free > lower ? 1 - lower / free : 0;
    }

    /// Net units of the quick heuristic's plan, by one thread; not a number where it finds none.
    private static double quickNet(CaptureProblem problem) {
        boolean[] open = QuickPlan.open(problem, 1);
        return open == null ? Double.NaN : problem.netCapture(open);
    }

    /// Drops the third of the failing sites that is worst (all of them in a large region, where each look takes seconds), and looks again with the quick heuristic: dropping all at once would throw away sites that
    /// pay as soon as a neighbour is gone.
    private CaptureProblem withoutDropped(CaptureProblem problem) {
        CaptureProblem now = problem;
        while (!progress.cancelled()) {
            boolean[] open = QuickPlan.open(now, limits.threads());
            if (open == null) return now;
            boolean[] failing = failing(now, open, QuickPlan.isLarge(now) ? 1 : 3);
            if (!any(failing)) return now;
            now = now.withForbidden(failing);
        }
        return now;
    }

    /// The open sites below their break-even, the worst part of them (1 = all): required ones are never among them.
    private boolean[] failing(CaptureProblem problem, boolean[] open, int part) {
        double[] units = problem.units(open);
        List<Integer> below = IntStream.range(0, open.length)
                .filter(j -> open[j] && !problem.isRequired(j) && units[j] < options.get(j).breakEvenUnitsYear()).boxed()
                .sorted(Comparator.comparingDouble((Integer j) -> units[j] / options.get(j).breakEvenUnitsYear()).thenComparingInt(j -> j)).toList();
        boolean[] out = new boolean[open.length];
        for (int j : below.subList(0, (below.size() + part - 1) / part)) out[j] = true;
        return out;
    }

    private static boolean any(boolean[] marks) {
        for (boolean mark : marks) if (mark) return true;
        return false;
    }

    private RolloutPlan finished(CaptureProblem problem, Outcome.Planned solved, double loss) {
        boolean[] open = solved.plan().asBooleans(problem.sites());
        List<PlannedSite> sites = sites(problem, open);
        return new RolloutPlan(scenario, demand, problem, options.list, solved.plan(), solved.certificate(), solved instanceof Outcome.Optimal, solved.lower(), upper(problem, solved), loss, sites,
                schedule(problem, sites), frontier(problem, solved.lower()));
    }

    /// The upper bound, and the lower one where they differ by rounding only: a billionth part of all that is captured, which may be much of a gain of nothing.
    private static double upper(CaptureProblem problem, Outcome.Planned solved) {
        boolean rounding = solved.upper() - solved.lower() <= ROUNDING * (solved.lower() + problem.captureToday());
        return rounding ? solved.lower() : solved.upper();
    }

    private List<PlannedSite> sites(CaptureProblem problem, boolean[] open) {
        boolean[] closed = closed(open);
        @Nullable Why[] why = Reasons.of(demand, problem, open, closed);
        List<Integer> chosen = IntStream.range(0, open.length).filter(j -> open[j] || closed[j]).boxed().toList();
        List<Waves.Step> steps = new ArrayList<>();
        for (int j : chosen) if (acts(j, open)) steps.add(step(j, open));
        long runningTodayFen = Math.round(problem.used(PlanProblem.RUNNING, problem.openToday()));
        int[] waves = Waves.assign(steps, scenario, runningTodayFen, Opening.of(problem));
        int[] waveOf = new int[open.length];
        for (int k = 0; k < steps.size(); k++) waveOf[steps.get(k).id()] = waves[k];
        List<PlannedSite> out = new ArrayList<>();
        for (int j : chosen) out.add(planned(j, open, waveOf[j], why[j]));
        out.sort(Comparator.comparingInt((PlannedSite s) -> s.wave() == 0 ? Integer.MAX_VALUE : s.wave())
                .thenComparingDouble(s -> -s.why().net()).thenComparing(s -> s.option().id()));
        return out;
    }

    /// The keep option of each own shop none of whose options is open: the shop is closed.
    private boolean[] closed(boolean[] open) {
        boolean[] groupOpen = new boolean[options.closable.size()];
        for (int j = 0; j < open.length; j++) if (open[j] && options.get(j).group() >= 0) groupOpen[options.get(j).group()] = true;
        boolean[] closed = new boolean[open.length];
        for (int j = 0; j < open.length; j++) {
            Option o = options.get(j);
            closed[j] = o.action() == Option.Action.KEEP && !groupOpen[o.group()];
        }
        return closed;
    }

    private boolean acts(int j, boolean[] open) {
        return !open[j] || options.get(j).action() != Option.Action.KEEP;
    }

    private long costFen(int j, boolean[] open) {
        Option o = options.get(j);
        Long closing = o.shop() == null ? null : o.shop().closingFen();
        return open[j] ? o.costFen() : closing == null ? 0 : closing;
    }

    private Waves.Step step(int j, boolean[] open) {
        Option o = options.get(j);
        if (!open[j]) return new Waves.Step(j, Opening.NONE, costFen(j, open), -o.runningFenYear());
        int kept = o.group() < 0 ? Opening.NONE : options.keep(o.group());
        long before = kept == Opening.NONE ? 0 : options.get(kept).runningFenYear();
        return new Waves.Step(kept, j, costFen(j, open), o.runningFenYear() - before);
    }

    private PlannedSite planned(int j, boolean[] open, int wave, @Nullable Why why) {
        if (why == null) throw new IllegalStateException("Site " + j + " has no why.");
        Option o = options.get(j);
        long running = open[j] ? o.runningFenYear() : 0;
        return new PlannedSite(o, open[j] ? o.action() : Option.Action.CLOSE, wave, costFen(j, open), running, why, open[j] ? paybackMonths(o, why) : null);
    }

    private @Nullable Double paybackMonths(Option o, Why why) {
        double surplusFen = why.net() * meanMarginFen - o.runningFenYear();
        return o.costFen() == 0 || surplusFen <= 0 ? null : 12 * o.costFen() / surplusFen;
    }

    /// The brand's margin on a phone, in fen, averaged over the region's demand.
    private static double meanMarginFen(Demand demand) {
        double fen = 0;
        double all = 0;
        for (int i = 0; i < demand.points().size(); i++) {
            fen += demand.weight(i) * demand.ourMarginFen(i);
            all += demand.weight(i);
        }
        return all > 0 ? fen / all : 0;
    }

    /// Net units of each of twelve quarters: a new site counts from its wave's quarter, a shop that is upgraded or closed stays as it is until then.
    private List<Double> schedule(CaptureProblem problem, List<PlannedSite> sites) {
        List<Double> units = new ArrayList<>();
        for (int quarter = 1; quarter <= QUARTERS; quarter++) units.add(quarter > scenario.waves().size() ? units.getLast() : netAfter(problem, sites, quarter) / 4);
        return units;
    }

    private double netAfter(CaptureProblem problem, List<PlannedSite> sites, int wave) {
        boolean[] open = problem.openToday();
        for (PlannedSite s : sites) {
            if (s.wave() == 0 || s.wave() > wave) continue;
            if (s.option().group() >= 0) for (int j = 0; j < open.length; j++) if (options.get(j).group() == s.option().group()) open[j] = false;
            if (s.action() != Option.Action.CLOSE) open[index(s.option())] = true;
        }
        return problem.netCapture(open);
    }

    private int index(Option o) {
        Integer j = options.indexOf(o.id());
        if (j == null) throw new IllegalStateException("No option " + o.id());
        return j;
    }

    /// What other budgets would capture; those too small for any plan are left out. A smaller budget's plan can be done with a larger one too, so the curve never falls.
    private List<RolloutPlan.BudgetPoint> frontier(CaptureProblem problem, double lower) {
        List<RolloutPlan.BudgetPoint> points = new ArrayList<>();
        double best = 0;
        double[] quick = Arrays.stream(FRONTIER).parallel().map(part -> part == 1 ? lower : quickNet(problem.withLimit(PlanProblem.BUDGET, (double) budgetFen(part)))).toArray();
        for (int k = 0; k < quick.length; k++) {
            if (Double.isNaN(quick[k])) continue;
            best = FRONTIER[k] == 1 ? lower : Math.max(best, quick[k]);
            points.add(new RolloutPlan.BudgetPoint(budgetFen(FRONTIER[k]), FRONTIER[k] < 1 ? Math.min(best, lower) : best));
        }
        return points;
    }

    private long budgetFen(double part) {
        return Math.round(part * scenario.budgetFen());
    }

    private static double lower(Outcome outcome) {
        return outcome instanceof Outcome.Planned planned ? planned.lower() : 0;
    }
}
