package xiaxiang.core.rollout;

import org.jspecify.annotations.Nullable;

/// One line of the plan: what is done at a place, when, why, and whether it pays.
///
/// `wave` counts from 1; 0 for a shop that is kept as it is. `paybackMonths` is the fit-out over the yearly surplus (net units times the brand's margin,
/// less running cost), in months; null if it never pays back, or where nothing is paid.
public record PlannedSite(Option option, Option.Action action, int wave, long costFen, long runningFenYear, Why why, @Nullable Double paybackMonths) {}
