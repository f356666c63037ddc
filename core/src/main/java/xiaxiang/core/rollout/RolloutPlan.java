package xiaxiang.core.rollout;

import java.util.List;
import xiaxiang.core.demand.Demand;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Certificate;
import xiaxiang.engine.capture.Gap;
import xiaxiang.engine.capture.Plan;

/// A certified roll-out plan. Units are phones a year, net of what the brand sells today; immutable.
///
/// `lower` is what the plan captures and `upper` what no plan can exceed; `viabilityLoss` is the share of net units the break-even rule cost, in [0, 1];
/// `options` are the problem's sites in order; `sites` are ordered by wave and net units; `scheduleUnits` are the net units of each of twelve quarters, a site counting from its wave;
/// `frontier` is what other budgets would capture.
public record RolloutPlan(Scenario scenario, Demand demand, CaptureProblem problem, List<Option> options, Plan plan, Certificate certificate, boolean proven, double lower, double upper,
                          double viabilityLoss, List<PlannedSite> sites, List<Double> scheduleUnits, List<BudgetPoint> frontier) {
    /// Net units a year that a budget would capture, by the plan's heuristic.
    public record BudgetPoint(long budgetFen, double netUnits) {}

    public RolloutPlan {
        options = List.copyOf(options);
        sites = List.copyOf(sites);
        scheduleUnits = List.copyOf(scheduleUnits);
        frontier = List.copyOf(frontier);
    }

    /// Relative gap of the final solve, as [Gap#relative].
    public double gap() {
        return Gap.relative(lower, upper);
    }

    /// What the plan spends, in fen.
    public long costFen() {
        return sites.stream().mapToLong(PlannedSite::costFen).sum();
    }

    /// What its sites cost the brand a year, in fen.
    public long runningFenYear() {
        return sites.stream().mapToLong(PlannedSite::runningFenYear).sum();
    }

    /// The brand's ratio at point i, by channel (0 online, then the tiers of its shops), with the given sites open.
    public double[] ourRatios(int i, boolean[] open) {
        double[] shops = demand.shopRatios(i, Options::closable);
        double[] out = new double[1 + shops.length];
        out[0] = demand.onlineRatio(i);
        System.arraycopy(shops, 0, out, 1, shops.length);
        for (int at = problem.rowStart(i); at < problem.rowStart(i + 1); at++)
            if (open[problem.siteAt(at)]) out[1 + options.get(problem.siteAt(at)).tier().index()] += problem.ratioAt(at);
        return out;
    }

    /// Whether each option is open once the plan is done.
    public boolean[] open() {
        return plan.asBooleans(options.size());
    }
}
