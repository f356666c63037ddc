package xiaxiang.core.rollout;

import java.util.List;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.demand.Demand;
import xiaxiang.engine.capture.CaptureProblem;

/// What a scenario asks of the capture engine, before a plan is sought; site j is option j.
///
/// Of the break-even rule only its first step is in it: sites that fall short even with nothing of ours beside them are forbidden. Which others fall short
/// depends on the plan; [Rollout] forbids those step by step, so that its certificate is about this problem with some more sites forbidden.
public record RolloutProblem(CaptureProblem problem, List<Option> options) {
    public RolloutProblem {
        options = List.copyOf(options);
    }

    /// Throws IllegalArgumentException if the scenario locks what does not exist. Cost: a pass over points and the sites near them.
    public static RolloutProblem of(Atlas atlas, Demand demand, Scenario scenario) {
        Options options = new Options(atlas, demand, scenario);
        return new RolloutProblem(withoutHopeless(PlanProblem.of(demand, options, scenario), options), options.list);
    }

    /// Break-even even alone: a site that cannot pay with nobody of ours beside it is no candidate.
    static CaptureProblem withoutHopeless(CaptureProblem problem, Options options) {
        double[] alone = problem.aloneUnits();
        boolean[] hopeless = new boolean[problem.sites()];
        for (int j = 0; j < hopeless.length; j++) hopeless[j] = !problem.isRequired(j) && alone[j] < options.get(j).breakEvenUnitsYear();
        return problem.withForbidden(hopeless);
    }
}
