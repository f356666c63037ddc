package xiaxiang.core.rollout;

/// How planning ended: with a plan, or with the reason why none keeps the rules.
public sealed interface RolloutOutcome {
    /// A plan and its bounds.
    record Planned(RolloutPlan plan) implements RolloutOutcome {}
    /// No plan keeps every rule; `why` names the binding one.
    record Infeasible(String why) implements RolloutOutcome {}
}
