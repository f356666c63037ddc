package xiaxiang.engine.effect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Which units, periods and comparisons group-time effects are made of, by the rules of R's did 2.x. Immutable once made.
///
/// Periods in which nobody is observed do not count; units that lack an outcome or covariate in one that does are left out.
final class GroupTimeDesign {
    /// The cohort `of` (an index into [#cohorts]) in `period` against the period `base`; controls are treated after `until`, or never.
    record Comparison(int of, int period, int base, int until) {
        /// The effect in the base period itself, 0 by definition.
        boolean isReference() {
            return period == base;
        }
    }

    final Panel panel;
    final GroupTime.Options options;
    final List<Notice> notices = new ArrayList<>();
    /// Periods observed, ascending.
    int[] times;
    /// The units kept, as numbers of the panel.
    int[] units;
    /// First treated periods of the cohorts estimated, ascending.
    int[] cohorts;
    /// By kept unit: its first treated period, [Panel#NEVER] if that is after the end.
    int[] first;
    /// By kept unit: its index in [#cohorts], -1 if it is a control only.
    int[] cohortOf;
    /// Kept units by cohort.
    int[] size;
    final List<Comparison> comparisons = new ArrayList<>();

    GroupTimeDesign(Panel panel, GroupTime.Options options) {
        this.panel = panel;
        this.options = options;
        units = IntStream.range(0, panel.units()).filter(i -> IntStream.range(0, panel.periods()).anyMatch(t -> Observations.isComplete(panel, i, t))).toArray();
        times = IntStream.range(0, panel.periods()).filter(t -> IntStream.of(units).anyMatch(i -> Observations.isComplete(panel, i, t))).toArray();
        int last = times.length == 0 ? 0 : times[times.length - 1];
        dropPeriodsWithoutControls();
        int start = times.length == 0 ? 0 : times[0];
        keep(i -> panel.cohort(i) > start + options.anticipation(), Notice.Kind.TREATED_THROUGHOUT);
        keep(i -> IntStream.of(times).allMatch(t -> Observations.isComplete(panel, i, t)), Notice.Kind.INCOMPLETE_UNITS);
        first = IntStream.of(units).map(i -> panel.cohort(i) > last + options.anticipation() ? Panel.NEVER : panel.cohort(i)).toArray();
        int end = times.length == 0 ? 0 : times[times.length - 1];
        // A cohort first treated after the last period kept is there as a control only.
        cohorts = IntStream.of(first).filter(g -> g <= end).distinct().sorted().toArray();
        cohortOf = IntStream.of(first).map(g -> Math.max(-1, Arrays.binarySearch(cohorts, g))).toArray();
        size = new int[cohorts.length];
        for (int g : cohortOf) if (g >= 0) size[g]++;
        for (int g = 0; g < cohorts.length; g++) compare(g);
    }

    private void dropPeriodsWithoutControls() {
        if (options.controls() == GroupTime.Controls.NEVER_TREATED || times.length == 0) return;
        int latest = IntStream.of(units).map(panel::cohort).max().orElse(Panel.NEVER);
        if (latest > times[times.length - 1] + options.anticipation()) return;
        int before = times.length;
        times = IntStream.of(times).filter(t -> t < latest - options.anticipation()).toArray();
        notices.add(Notice.of(Notice.Kind.NO_CONTROL_PERIODS, before - times.length));
    }

    private void keep(java.util.function.IntPredicate good, Notice.Kind otherwise) {
        int before = units.length;
        units = IntStream.of(units).filter(good).toArray();
        if (units.length < before) notices.add(Notice.of(otherwise, before - units.length));
    }

    /// Why nothing can be estimated; empty if something can.
    List<Notice> refusal() {
        if (options.controls() == GroupTime.Controls.NEVER_TREATED && IntStream.of(first).noneMatch(g -> g == Panel.NEVER)) return List.of(Notice.of(Notice.Kind.NO_NEVER_TREATED, 0));
        if (cohorts.length == 0) return List.of(Notice.of(Notice.Kind.NO_TREATED, 0));
        if (isConstant()) return List.of(Notice.of(Notice.Kind.CONSTANT_OUTCOME, 0));
        return List.of();
    }

    private boolean isConstant() {
        double one = panel.outcome(units[0], times[0]);
        return IntStream.of(units).allMatch(i -> IntStream.of(times).allMatch(t -> panel.outcome(i, t) == one));
    }

    private void compare(int g) {
        boolean universal = options.base() == GroupTime.Base.UNIVERSAL;
        int lastBefore = -1;
        for (int s = 0; s < times.length; s++) if (times[s] + options.anticipation() < cohorts[g]) lastBefore = s;
        for (int s = universal ? 0 : 1; s < times.length; s++) {
            boolean after = cohorts[g] <= times[s];
            int base = after || universal ? lastBefore : s - 1;
            int until = universal ? Math.max(times[s], times[base]) : times[s];
            comparisons.add(new Comparison(g, times[s], times[base], until + options.anticipation()));
        }
    }

    /// Two, or fewer, of the clusters with a unit of the cohorts marked.
    long clusters(boolean[] marked) {
        return IntStream.range(0, units.length).filter(i -> cohortOf[i] >= 0 && marked[cohortOf[i]]).map(i -> panel.cluster(units[i])).distinct().limit(2).count();
    }

    /// Whether a kept unit is a control of a comparison.
    boolean isControl(Comparison c, int unit) {
        return first[unit] == Panel.NEVER || (options.controls() == GroupTime.Controls.NOT_YET_TREATED && first[unit] > c.until && cohortOf[unit] != c.of);
    }

    /// Whether a kept unit is of the cohort compared.
    boolean isTreated(Comparison c, int unit) {
        return cohortOf[unit] == c.of;
    }

    /// Whether the comparison is of a period after treatment began.
    boolean isAfter(Comparison c) {
        return cohorts[c.of] <= c.period;
    }

    /// The change of a unit's outcome since the base period.
    double change(Comparison c, int unit) {
        return panel.outcome(units[unit], c.period) - panel.outcome(units[unit], c.base);
    }

    /// 1 and a unit's covariates in the base period, into `x` from `at` on.
    void covariates(Comparison c, int unit, double[] x, int at) {
        x[at] = 1;
        for (int k = 0; k < panel.covariates(); k++) x[at + 1 + k] = panel.covariate(k, units[unit], c.base);
    }
}
