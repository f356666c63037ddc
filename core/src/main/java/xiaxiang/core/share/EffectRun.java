package xiaxiang.core.share;

import java.util.List;
import xiaxiang.engine.effect.Estimate;
import xiaxiang.engine.effect.GoodmanBacon;
import xiaxiang.engine.effect.GroupTime;
import xiaxiang.engine.effect.GroupTimeEffects;
import xiaxiang.engine.effect.Imputation;
import xiaxiang.engine.effect.Notice;
import xiaxiang.engine.effect.TwoWayFixedEffects;

/// What one estimator of a SPEC answered.
public sealed interface EffectRun {
    /// Group-time effects, and how they were asked for.
    record AttGt(GroupTime.Options options, GroupTimeEffects effects) implements EffectRun {}

    /// Imputation.
    record Imputed(Imputation.Effects effects) implements EffectRun {}

    /// Two-way fixed effects, biased.
    record TwoWay(TwoWayFixedEffects.Outcome.Estimated fit) implements EffectRun {}

    /// What two-way fixed effects are made of.
    record Bacon(GoodmanBacon.Outcome.Decomposed parts) implements EffectRun {}

    /// A synthetic control; units and periods are those of the panel without holes.
    record Synthetic(SyntheticAnswer answer) implements EffectRun {}

    /// No answer, and why.
    record Refused(List<Notice> why) implements EffectRun {}

    /// Has an estimator answer.
    static EffectRun of(EffectSpec.Estimator estimator, EffectData data) {
        return switch (estimator) {
            case EffectSpec.Estimator.AttGt(GroupTime.Options options) -> switch (GroupTime.estimate(data.panel(), options)) {
                case GroupTime.Outcome.Estimated(GroupTimeEffects effects) -> new AttGt(options, effects);
                case GroupTime.Outcome.Refused(List<Notice> why) -> new Refused(why);
            };
            case EffectSpec.Estimator.Imputation _ -> switch (Imputation.estimate(data.panel())) {
                case Imputation.Outcome.Estimated(Imputation.Effects effects) -> new Imputed(effects);
                case Imputation.Outcome.Refused(List<Notice> why) -> new Refused(why);
            };
            case EffectSpec.Estimator.TwoWay _ -> switch (TwoWayFixedEffects.estimate(data.panel())) {
                case TwoWayFixedEffects.Outcome.Estimated fit -> new TwoWay(fit);
                case TwoWayFixedEffects.Outcome.Refused(List<Notice> why) -> new Refused(why);
            };
            case EffectSpec.Estimator.Synthetic synthetic -> SyntheticAnswer.of(synthetic, data);
            case EffectSpec.Estimator.Bacon _ -> switch (GoodmanBacon.decompose(data.panel())) {
                case GoodmanBacon.Outcome.Decomposed parts -> new Bacon(parts);
                case GoodmanBacon.Outcome.Refused(List<Notice> why) -> new Refused(why);
            };
        };
    }

    /// The answer in one number; a value without an error where none can be told, NaN where there is no answer.
    default Estimate overall() {
        return switch (this) {
            case AttGt a -> a.effects().averages().simple();
            case Imputed i -> i.effects().overall();
            case TwoWay t -> t.fit().effect();
            case Bacon b -> Estimate.unknown(b.parts().sum());
            case Synthetic s -> s.answer().overall();
            case Refused _ -> Estimate.unknown(Double.NaN);
        };
    }

    /// What to know about it.
    default List<Notice> notices() {
        return switch (this) {
            case AttGt a -> a.effects().notices();
            case Imputed i -> i.effects().notices();
            case TwoWay t -> t.fit().notices();
            case Bacon b -> b.parts().notices();
            case Refused(List<Notice> why) -> why;
            case Synthetic s -> s.answer().notices();
        };
    }

    /// Whether there is no answer.
    default boolean isRefused() {
        return this instanceof Refused;
    }

    /// What may be said: an effect was found; none as large as matters is there; or the data cannot tell.
    enum Verdict { EFFECT, NO_EFFECT, CANNOT_TELL }

    /// The verdict on an estimate. None can be said not to be there unless the whole interval lies closer to 0 than `smallest`, the smallest effect that matters.
    static Verdict verdict(Estimate estimate, double smallest) {
        if (estimate.p() < .05) return Verdict.EFFECT;
        return smallest > 0 && estimate.low() > -smallest && estimate.high() < smallest ? Verdict.NO_EFFECT : Verdict.CANNOT_TELL;
    }
}
