package xiaxiang.engine.effect;

import java.util.List;

/// Group-time effects, their averages, and what the periods before treatment say. Cohorts and periods are indices of the panel's periods.
public record GroupTimeEffects(List<Effect> effects, Averages averages, PreTrend preTrend, int units, int clusters, List<Notice> notices) {
    /// The effect on a cohort in a period (`point.at`); `after` if the cohort was treated by then; `reference` if it is the base period, where it is 0 by definition.
    public record Effect(int cohort, boolean after, boolean reference, EffectPoint point) {}

    /// An overall effect and the parts it is the average of.
    public record Average(Estimate overall, List<EffectPoint> parts) {}

    /// Averages of the effects after treatment: all by their cohorts' size (`simple`); within cohorts, then over them (`group`); by periods since treatment began (`dynamic`, whose
    /// parts before treatment are not in its overall); by period (`calendar`). The error of `group` is did's, which takes the wrong cohort's share into it;
    /// `groupTheoryError` is what Callaway and Sant'Anna's corollary 2 says.
    public record Averages(Estimate simple, double groupTheoryError, Average group, Average dynamic, Average calendar) {}
}
