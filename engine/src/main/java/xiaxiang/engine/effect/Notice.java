package xiaxiang.engine.effect;

/// Something the reader of an estimate must know, or why there is none.
///
/// `count` says how many; `cohort` and `period` are indices of the panel's periods, -1 where none is meant.
public record Notice(Kind kind, long count, int cohort, int period) {
    /// What there is to know.
    public enum Kind {
        /// `count` units lack an outcome or covariate in some period and were left out.
        INCOMPLETE_UNITS,
        /// `count` units were treated from the first period on: nothing shows what they were like before.
        TREATED_THROUGHOUT,
        /// `count` periods from the last cohort's treatment on have no control and were left out.
        NO_CONTROL_PERIODS,
        /// The cohort has only `count` units.
        SMALL_COHORT,
        /// Only `count` units are controls.
        FEW_CONTROLS,
        /// Of the cohort in the period, some unit is all but sure to be treated: inverse weights explode.
        NO_OVERLAP,
        /// Of the cohort in the period, the covariates of the controls depend on each other, or are more than the controls.
        COLLINEAR,
        /// The cohort in the period has no control.
        NO_CONTROLS,
        /// The cohort is a single unit or cluster: no standard error can be told.
        COHORT_OF_ONE,
        /// Only one unit or cluster is treated: no standard error can be told.
        ONE_TREATED,
        /// Only `count` clusters: errors that rest on many are too small.
        FEW_CLUSTERS,
        /// Only `count` clusters: small-sample errors are on the careful side, intervals too wide.
        CAREFUL_ERRORS,
        /// The pre-treatment effects cannot be tested together.
        NO_PRE_TEST,
        /// `count` group-time effects could not be estimated and are not part of any average.
        MISSING_EFFECTS,
        /// There is no unit that was never treated.
        NO_NEVER_TREATED,
        /// There is no treated unit with a period before and one after.
        NO_TREATED,
        /// The outcome is the same everywhere.
        CONSTANT_OUTCOME,
        /// `count` treated observations whose untreated outcome nothing tells were left out.
        NOT_IMPUTABLE,
        /// `count` covariates depend on the others or on the fixed effects and were left out.
        COVARIATES_LEFT_OUT,
        /// Covariates are not part of this estimate.
        COVARIATES_UNUSED,
        /// There are only `count` donors: a synthetic control needs two.
        FEW_DONORS,
        /// The cohort has fewer than the `count` periods before treatment that the method needs, and was left out.
        FEW_PERIODS_BEFORE,
        /// The donors' outcomes do not vary before treatment: synthetic difference in differences has no scale.
        NO_NOISE,
        /// Donors match the cohort perfectly: other weights do too, and may say otherwise.
        PERFECT_MATCH,
        /// Placebos in space need `count` donors: there are fewer.
        NO_PLACEBOS,
        /// The cohort has one treated unit, or one donor has all the weight: no jackknife.
        NO_JACKKNIFE,
        /// A placebo in time needs `count` periods before treatment: no cohort has them.
        NO_PLACEBO_IN_TIME,
        /// Permuted gaps are for one cohort, and for methods that do not weigh periods.
        NO_PERMUTATION }

    /// About everything.
    public static Notice of(Kind kind, long count) {
        return new Notice(kind, count, -1, -1);
    }
}
