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

    /// Break-even even alone: a site that cannot pay with nobody of ours beside it is no candidate.
    static CaptureProblem withoutHopeless(CaptureProblem problem, Options options) {
        double[] alone = problem.aloneUnits();
        boolean[] hopeless = new boolean[problem.sites()];
        for (int j = 0; j < hopeless.length; j++) hopeless[j] = !problem.isRequired(j) && alone[j] < options.get(j).breakEvenUnitsYear();
        return problem.withForbidden(hopeless);
    }
}
