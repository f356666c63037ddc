package xiaxiang.engine.effect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The two-way fixed effects coefficient taken apart: each pair of cohorts' own difference in differences, with its weight. The weighted sum is the coefficient.
///
/// Units that lack an outcome in some observed period are left out, since the parts are those of a complete panel; covariates are not part of it. Source: Goodman-Bacon (2021),
/// Difference-in-differences with variation in treatment timing, theorem 1; types as R's bacondecomp names them. Cost: units x periods + cohorts^2 x periods.
public final class GoodmanBacon {
    /// What is compared: those treated later are fair controls, those treated earlier or always are not, since their own effect may still grow.
    public enum Type { TREATED_VS_UNTREATED, EARLIER_VS_LATER, LATER_VS_EARLIER, LATER_VS_ALWAYS }

    /// A pair: `treated` and `control` are first treated periods; [Panel#NEVER] is a control never treated, -1 one always treated.
    public record Pair(int treated, int control, Type type, double weight, double estimate) {}

    /// What came of it.
    public sealed interface Outcome {
        /// The pairs, and their weighted sum.
        record Decomposed(List<Pair> pairs, double sum, List<Notice> notices) implements Outcome {}

        /// There is nothing to take apart.
        record Refused(List<Notice> why) implements Outcome {}
    }

    private static final int ALWAYS = -1;

    private final Panel panel;
    private final int[] times;
    private final int[] units;
    private final int[] cohorts;
    private final double[] size;
    /// Mean outcomes, cohorts x periods observed.
    private final double[][] mean;
    private final List<Pair> pairs = new ArrayList<>();

    private GoodmanBacon(Panel panel) {
        this.panel = panel;
        times = IntStream.range(0, panel.periods()).filter(t -> IntStream.range(0, panel.units()).anyMatch(i -> !Double.isNaN(panel.outcome(i, t)))).toArray();
        units = IntStream.range(0, times.length == 0 ? 0 : panel.units()).filter(i -> IntStream.of(times).noneMatch(t -> Double.isNaN(panel.outcome(i, t)))).toArray();
        cohorts = IntStream.of(units).map(this::cohort).distinct().sorted().toArray();
        size = new double[cohorts.length];
        mean = new double[cohorts.length][times.length];
        for (int g = 0; g < cohorts.length; g++) average(g);
    }

    private int cohort(int unit) {
        int g = panel.cohort(unit);
        if (g <= times[0]) return ALWAYS;
        return g > times[times.length - 1] ? Panel.NEVER : g;
    }

    private void average(int g) {
        int[] own = IntStream.of(units).filter(i -> cohort(i) == cohorts[g]).toArray();
        size[g] = (double) own.length / units.length;
        for (int s = 0; s < times.length; s++) {
            int t = times[s];
            mean[g][s] = IntStream.of(own).mapToDouble(i -> panel.outcome(i, t)).sum() / own.length;
        }
    }

    /// Takes the coefficient apart.
    public static Outcome decompose(Panel panel) {
        GoodmanBacon bacon = new GoodmanBacon(panel);
        List<Notice> notices = new ArrayList<>();
        int out = panel.units() - bacon.units.length;
        if (out > 0) notices.add(Notice.of(Notice.Kind.INCOMPLETE_UNITS, out));
        if (panel.covariates() > 0) notices.add(Notice.of(Notice.Kind.COVARIATES_UNUSED, panel.covariates()));
        for (int k = 0; k < bacon.cohorts.length; k++) for (int l = 0; l < bacon.cohorts.length; l++) if (k != l && bacon.isTreated(k)) bacon.compare(k, l);
        double total = bacon.pairs.stream().mapToDouble(Pair::weight).sum();
        if (!(total > 0)) {
            notices.add(Notice.of(Notice.Kind.NO_TREATED, 0));
            return new Outcome.Refused(notices);
        }
        List<Pair> pairs = bacon.pairs.stream().map(p -> new Pair(p.treated, p.control, p.type, p.weight / total, p.estimate)).toList();
        return new Outcome.Decomposed(pairs, pairs.stream().mapToDouble(p -> p.weight * p.estimate).sum(), notices);
    }

    private boolean isTreated(int g) {
        return cohorts[g] != ALWAYS && cohorts[g] != Panel.NEVER;
    }

    /// The first position in [#times] at which a cohort is treated; beyond the end if never.
    private int start(int g) {
        return (int) IntStream.of(times).filter(t -> t < cohorts[g]).count();
    }

    /// Adds cohort k treated with cohort l as control; the weight is the pair's share of the squared sample times the variance of treatment left in it.
    private void compare(int k, int l) {
        int all = times.length;
        int from = 0;
        int to = all;
        Type type = Type.TREATED_VS_UNTREATED;
        if (cohorts[l] == ALWAYS) type = Type.LATER_VS_ALWAYS;
        else if (cohorts[l] < cohorts[k]) {
            type = Type.LATER_VS_EARLIER;
            from = start(l);
        } else if (cohorts[l] != Panel.NEVER) {
            type = Type.EARLIER_VS_LATER;
            to = start(l);
        }
        int turn = start(k);
        double window = (double) (to - from) / all;
        double after = (double) (to - turn) / (to - from);
        double share = size[k] / (size[k] + size[l]);
        double weight = Math.pow((size[k] + size[l]) * window, 2) * share * (1 - share) * after * (1 - after);
        double change = average(mean[k], turn, to) - average(mean[k], from, turn) - average(mean[l], turn, to) + average(mean[l], from, turn);
        if (weight > 0) pairs.add(new Pair(cohorts[k], cohorts[l], type, weight, change));
    }

    private static double average(double[] v, int from, int to) {
        double s = 0;
        for (int i = from; i < to; i++) s += v[i];
        return s / (to - from);
    }
}
