package xiaxiang.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.demand.SmallCounty;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Limits;
import xiaxiang.engine.capture.Progress;

/// Scenarios and plans of small counties.
final class Cases {
    private Cases() {}

    /// A scenario with the budget in four waves, without locks.
    static Scenario scenario(long budgetFen, long runningCapFen) {
        return scenario(budgetFen, runningCapFen, List.of(), List.of());
    }

    static Scenario scenario(long budgetFen, long runningCapFen, List<String> require, List<String> forbid) {
        List<Scenario.Wave> waves = new ArrayList<>();
        for (int w = 1; w <= 4; w++) waves.add(new Scenario.Wave("wave " + w, budgetFen / 4));
        return new Scenario("10", "县", "County", "CNY", SmallCounty.SETTINGS, budgetFen, runningCapFen, waves, null, 0, require, forbid, Map.of());
    }

    static RolloutOutcome outcome(SmallCounty county, Scenario scenario) {
        Atlas atlas = county.atlas();
        return Rollout.plan(atlas, county.demand(), scenario, Limits.standard().withGap(0), Progress.silent());
    }

    static RolloutPlan plan(SmallCounty county, Scenario scenario, String what) {
        return switch (outcome(county, scenario)) {
            case RolloutOutcome.Planned(RolloutPlan plan) -> plan;
            case RolloutOutcome.Infeasible(String why, var _) -> throw new AssertionError(what + ": " + why);
        };
    }

    /// The problem before the break-even rule, and its best net capture over every subset; -infinite if none is feasible.
    static CaptureProblem problem(SmallCounty county, Scenario scenario) {
        var demand = county.demand();
        return PlanProblem.of(demand, new Options(county.atlas(), demand, scenario), scenario);
    }

    static double best(CaptureProblem problem) {
        assertThat(problem.sites()).as("small enough for brute force").isLessThanOrEqualTo(12);
        double best = Double.NEGATIVE_INFINITY;
        for (int bits = 0; bits < 1 << problem.sites(); bits++) {
            boolean[] open = subset(problem.sites(), bits);
            if (problem.isFeasible(open)) best = Math.max(best, problem.netCapture(open));
        }
        return best;
    }

    static boolean[] subset(int sites, int bits) {
        boolean[] open = new boolean[sites];
        for (int j = 0; j < sites; j++) open[j] = (bits >> j & 1) == 1;
        return open;
    }

    /// Ids with what is done to them.
    static Set<String> done(RolloutPlan plan) {
        return plan.sites().stream().map(s -> s.option().id() + " " + s.action()).collect(Collectors.toCollection(TreeSet::new));
    }
}
