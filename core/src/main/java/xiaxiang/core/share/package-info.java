/// VERDICT: the brand's share by tier, channel and brand, and its rank in the public tables, always with the measure type and its doubt.
///
/// Takes: an [xiaxiang.core.atlas.Atlas] and a [xiaxiang.core.rollout.RolloutPlan]. Gives: a [ShareTable], [RankTable]s; a [SealedDesign] of waves by lot and, with
/// [Outcomes], a [WaveVerdict].
/// Also takes anyone's panel with an [EffectSpec], and gives what a treatment caused, an [EffectRun] for each estimator.
/// Invariants: a quarter a source does not publish stays absent; a brand hidden in "Others" has a best rank and a probability, not a rank.
@org.jspecify.annotations.NullMarked
package xiaxiang.core.share;
