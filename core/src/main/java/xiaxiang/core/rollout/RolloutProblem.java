package xiaxiang.core.rollout;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.demand.Demand;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.WaveProblem;

/// What a scenario asks of the capture engine, before a plan is sought; site j is option j.
///
/// Of the break-even rule only its first step is in it: sites that fall short even with nothing of ours beside them are forbidden. Which others fall short
/// depends on the plan; [Rollout] forbids those step by step, so that its certificate is about this problem with some more sites forbidden.
public record RolloutProblem(CaptureProblem problem, List<Option> options) {
    private static final int QUARTERS = 12;
    private static final double YEARS_A_QUARTER = .25;

    public RolloutProblem {
        options = List.copyOf(options);
    }

    /// Throws IllegalArgumentException if the scenario locks what does not exist. Cost: a pass over points and the sites near them.
    public static RolloutProblem of(Atlas atlas, Demand demand, Scenario scenario) {
        Options options = new Options(atlas, demand, scenario);
        return new RolloutProblem(withoutHopeless(PlanProblem.of(demand, options, scenario), options), options.list);
    }

    /// The same decision with the scenario's waves: each has its budget and what the waves before have left, the last the rest of the year's; a wave is a
    /// quarter, and what is open after the last counts until twelve quarters are over. Null where there is one wave.
    public @Nullable WaveProblem waves(Scenario scenario) {
        int count = scenario.waves().size();
        if (count < 2) return null;
        double[] years = new double[count];
        Arrays.fill(years, YEARS_A_QUARTER);
        years[count - 1] = (QUARTERS - count + 1) * YEARS_A_QUARTER;
        double[][] limit = new double[problem.resources()][count];
        long budget = 0;
        for (int t = 0; t < count; t++) {
            budget = Math.min(scenario.budgetFen(), budget + scenario.waves().get(t).budgetFen());
            limit[PlanProblem.BUDGET][t] = (double) (t == count - 1 ? scenario.budgetFen() : budget);
            limit[PlanProblem.RUNNING][t] = (double) scenario.runningCapFen();
        }
        return WaveProblem.of(problem, years, limit);
    }

    /// A problem and a net capture: a plan that captures at least so much in it has the share asked for.
    public record Target(CaptureProblem problem, double net) {}

    /// The brand's share of the phones bought, in [0, 1], with the given sites open: the share that the plan and its report name.
    public double share(Demand demand, boolean[] open) {
        return PlanProblem.share(demand, problem, open);
    }

    /// What a share of the phones bought asks for. With p_i our part of point i's weight w_i, and o_i all that is not ours against buying nothing, the share
    /// is `sum w p / sum w [1 - (1 - p) / o]`. That it is at least s is straight in p: `sum w (1 - s / o) p >= s sum w (1 - 1 / o)`.
    public Target target(Demand demand, double share) {
        double[] weight = new double[problem.points()];
        double needed = 0;
        for (int i = 0; i < weight.length; i++) {
            double others = demand.others(i);
            weight[i] = problem.weight(i) * (1 - share / others);
            needed += share * problem.weight(i) * (1 - 1 / others) - weight[i] * problem.kernel().value(problem.stays(i));
        }
        CaptureProblem weighted = problem.withWeights(weight);
        return new Target(weighted, needed - weighted.captureToday());
    }

    /// Break-even even alone: a site that cannot pay with nobody of ours beside it is no candidate.
    static CaptureProblem withoutHopeless(CaptureProblem problem, Options options) {
        double[] alone = problem.aloneUnits();
        boolean[] hopeless = new boolean[problem.sites()];
        for (int j = 0; j < hopeless.length; j++) hopeless[j] = !problem.isRequired(j) && alone[j] < options.get(j).breakEvenUnitsYear();
        return problem.withForbidden(hopeless);
    }
}
