package xiaxiang.core.rollout;

import java.util.List;

/// How planning ended: with a plan, or with the reason why none keeps the rules.
public sealed interface RolloutOutcome {
    /// A plan and its bounds.
    record Planned(RolloutPlan plan) implements RolloutOutcome {}

    /// No plan keeps every rule. `excesses`: the limits that the locks alone, or the own shops, use up; empty where it is only together that the limits leave no plan.
    /// `why`: the engine's words.
    record Infeasible(String why, List<Excess> excesses) implements RolloutOutcome {
        public Infeasible {
            excesses = List.copyOf(excesses);
        }
    }

    /// A limit of the scenario that is below what every plan uses, both in fen (a year, of the running cap).
    record Excess(Limit limit, long leastFen, long limitFen) {}

    /// What a scenario limits.
    enum Limit {
        BUDGET, RUNNING_CAP
    }
}
