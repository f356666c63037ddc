/// DECISION: which shops to open, sign, keep, upgrade or close, in which wave, with a certificate of how far from the best.
///
/// Takes: an [xiaxiang.core.atlas.Atlas], a [xiaxiang.core.demand.Demand] and a [Scenario]. Gives: a [RolloutPlan] or the reason why there is none.
/// Invariants: the certified number is the brand's net units a year once all is open, against today; money is fen; a plan keeps its budget,
/// its running cap, its locks and the break-even rule.
/// Source: the capture engine, and docs/decisions.
@org.jspecify.annotations.NullMarked
package xiaxiang.core.rollout;
