package xiaxiang.engine.effect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.ejml.data.DMatrixRMaj;
import xiaxiang.engine.effect.GroupTimeDesign.Comparison;

/// Group-time effects of Callaway and Sant'Anna (2021), Difference-in-differences with multiple time periods: what treatment did to each cohort in each period, against units
/// not treated by then, and averages of them. Choices and conventions are those of R's did 2.x.
///
/// Cost: units x effects for the estimates, clusters x effects x draws for the bootstrap; memory: draws x effects. Results do not depend on the thread count.
public final class GroupTime {
    private static final int MOST_TESTED = 600;
    private static final int BAND_DRAWS = 1_000;
    private static final long BAND_SEED = 1;

    /// Whom the treated are compared with.
    public enum Controls { NEVER_TREATED, NOT_YET_TREATED }

    /// How covariates come in: the controls' change is predicted, the controls are weighed to look like the treated, or both (right if either is).
    public enum Method { OUTCOME_REGRESSION, INVERSE_WEIGHTING, DOUBLY_ROBUST }

    /// Before treatment, the effect of a period is the change since the period before (VARYING) or since the last period before treatment (UNIVERSAL).
    public enum Base { VARYING, UNIVERSAL }

    /// Where standard errors come from.
    public sealed interface Errors {
        /// The influence functions' variance.
        record Analytic() implements Errors {}

        /// The same with each cohort's own divisor and Student's t, as Welch's test has them: for few clusters.
        record SmallSample() implements Errors {}

        /// Their multiplier bootstrap; `draws` in [100, 100000].
        record Bootstrap(int draws, long seed) implements Errors {
            public Bootstrap {
                if (draws < 100 || draws > 100_000) throw new IllegalArgumentException("The draws (" + draws + ") must be in [100, 100000].");
            }
        }
    }

    /// How to estimate; `anticipation` is the number of periods before treatment in which it may already work, at least 0.
    public record Options(Controls controls, Method method, Base base, int anticipation, Errors errors) {
        public Options {
            if (anticipation < 0) throw new IllegalArgumentException("The anticipation (" + anticipation + ") must be at least 0.");
        }

        /// Never-treated controls, doubly robust, varying base, analytic errors: did's defaults but for the errors.
        public static Options standard() {
            return new Options(Controls.NEVER_TREATED, Method.DOUBLY_ROBUST, Base.VARYING, 0, new Errors.Analytic());
        }
    }

    /// What came of it.
    public sealed interface Outcome {
        /// Effects, and what to know about them.
        record Estimated(GroupTimeEffects effects) implements Outcome {}

        /// Nothing could be estimated.
        record Refused(List<Notice> why) implements Outcome {}
    }

    private final GroupTimeDesign design;
    private final Options options;
    private final List<TwoByTwo> effects;
    private final double[] value;
    private final int[] cohort;
    private final List<Form> forms = new ArrayList<>();
    private final List<Notice> notices;

    private GroupTime(GroupTimeDesign design) {
        this.design = design;
        options = design.options;
        notices = new ArrayList<>(design.notices);
        effects = design.comparisons.parallelStream().map(c -> TwoByTwo.fit(design, c)).toList();
        value = effects.stream().mapToDouble(e -> e.value).toArray();
        cohort = effects.stream().mapToInt(e -> e.comparison.of()).toArray();
    }

    /// Estimates the effects on a panel.
    public static Outcome estimate(Panel panel, Options options) {
        GroupTimeDesign design = new GroupTimeDesign(panel, options);
        List<Notice> refusal = design.refusal();
        if (!refusal.isEmpty()) return new Outcome.Refused(join(design.notices, refusal));
        GroupTime g = new GroupTime(design);
        if (g.averaged(e -> g.design.isAfter(g.comparison(e))).length == 0) return new Outcome.Refused(join(g.notices, g.troubles()));
        return new Outcome.Estimated(g.judge());
    }

    private static List<Notice> join(List<Notice> a, List<Notice> b) {
        List<Notice> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private Comparison comparison(int effect) {
        return effects.get(effect).comparison;
    }

    private List<Notice> troubles() {
        List<Notice> found = new ArrayList<>();
        for (TwoByTwo e : effects) if (e.trouble != null) found.add(new Notice(e.trouble, 0, design.cohorts[e.comparison.of()], e.comparison.period()));
        if (!found.isEmpty()) found.add(Notice.of(Notice.Kind.MISSING_EFFECTS, found.size()));
        return found;
    }

    /// Effects that could be estimated, of those `which` names.
    private int[] averaged(IntPredicate which) {
        return IntStream.range(0, value.length).filter(which).filter(e -> !Double.isNaN(value[e])).toArray();
    }

    private GroupTimeEffects judge() {
        double[] share = IntStream.of(design.size).mapToDouble(s -> (double) s / design.units.length).toArray();
        Averages averages = new Averages(share);
        // A cohort of one cluster shows no variance of its own: no test can rest on it.
        int[] pre = averaged(e -> !design.isAfter(comparison(e)) && !comparison(e).isReference() && design.clusters(only(cohort[e])) > 1);
        int[] early = IntStream.range(0, averages.events.length).filter(j -> averages.events[j] < 0 && !averages.isReference(j)).map(j -> averages.eventFrom + j)
                .filter(column -> design.clusters(behind(column)) > 1).toArray();
        boolean testable = pre.length > 0 && pre.length <= MOST_TESTED;
        int[] joint = IntStream.concat(testable ? IntStream.of(pre) : IntStream.empty(), IntStream.of(early)).toArray();
        Influences influences = new Influences(design, effects, forms, joint);
        MultiplierBootstrap bootstrap = switch (options.errors()) {
            case Errors.Analytic _, Errors.SmallSample _ -> new MultiplierBootstrap(BAND_DRAWS, BAND_SEED, influences.base());
            case Errors.Bootstrap(int draws, long seed) -> new MultiplierBootstrap(draws, seed, influences.base());
        };
        influences.run(bootstrap);
        Spread spread = new Spread(influences, bootstrap);
        notices.addAll(troubles());
        notices.addAll(warnings(influences));
        PreTrend trend = trend(testable ? pre : new int[0], early, influences, joint, averages);
        if (Double.isNaN(trend.p()) && pre.length > 0) notices.add(Notice.of(Notice.Kind.NO_PRE_TEST, pre.length));
        return new GroupTimeEffects(spread.effects(), averages.result(spread), trend, design.units.length, influences.clusters(), List.copyOf(notices));
    }

    /// Marks one cohort.
    private boolean[] only(int g) {
        boolean[] marked = new boolean[design.cohorts.length];
        marked[g] = true;
        return marked;
    }

    /// Marks the cohorts behind a column.
    private boolean[] behind(int column) {
        if (column < value.length) return only(cohort[column]);
        boolean[] marked = new boolean[design.cohorts.length];
        for (int e : forms.get(column - value.length).effects) marked[cohort[e]] = true;
        return marked;
    }

    private List<Notice> warnings(Influences influences) {
        List<Notice> found = new ArrayList<>();
        int needed = design.panel.covariates() + 5;
        for (int g = 0; g < design.cohorts.length; g++) {
            if (design.clusters(only(g)) == 1) found.add(new Notice(Notice.Kind.COHORT_OF_ONE, design.size[g], design.cohorts[g], -1));
            else if (design.size[g] < needed) found.add(new Notice(Notice.Kind.SMALL_COHORT, design.size[g], design.cohorts[g], -1));
        }
        long never = IntStream.of(design.first).filter(f -> f == Panel.NEVER).count();
        if (options.controls() == Controls.NEVER_TREATED && never < needed) found.add(Notice.of(Notice.Kind.FEW_CONTROLS, never));
        boolean small = options.errors() instanceof Errors.SmallSample;
        if (influences.clusters() < Observations.FEW_CLUSTERS) found.add(Notice.of(small ? Notice.Kind.CAREFUL_ERRORS : Notice.Kind.FEW_CLUSTERS, influences.clusters()));
        return found;
    }

    /// Wald's test that all effects before treatment are 0, from the analytic variance, as in did; and the best line through their averages by event time.
    private PreTrend trend(int[] pre, int[] early, Influences influences, int[] joint, Averages averages) {
        double[] theta = IntStream.of(pre).mapToDouble(e -> value[e]).toArray();
        double wald = pre.length == 0 || !testable(influences, pre.length) ? Double.NaN : PreTrend.quadratic(covariance(influences, joint.length, 0, pre.length), theta, theta);
        // What a line of slope 1 looks like: a step a period for a varying base, the distance to the last period before treatment for a universal one.
        double ahead = 1.0 + options.anticipation();
        double[] line = IntStream.of(early).mapToDouble(c -> options.base() == Base.VARYING ? averages.gap(c) : averages.events[c - averages.eventFrom] + ahead).toArray();
        double[] average = IntStream.of(early).mapToDouble(c -> forms.get(c - value.length).value).toArray();
        Estimate slope = testable(influences, early.length) ? PreTrend.slope(covariance(influences, joint.length, pre.length, early.length), average, line) : Estimate.unknown(Double.NaN);
        double reach = IntStream.of(averages.events).filter(e -> e >= 0).mapToDouble(e -> e + ahead).average().orElse(Double.NaN);
        boolean told = wald >= 0;
        return new PreTrend(told ? wald : Double.NaN, told ? pre.length : 0, told ? ChiSquaredDistribution.of(pre.length).survivalProbability(wald) : Double.NaN, slope, reach);
    }

    /// A covariance of so many numbers rests on enough clusters: with fewer than two a number it is all but singular, and a test by it rejects nearly always.
    private static boolean testable(Influences influences, int numbers) {
        return influences.clusters() >= 2 * numbers;
    }

    /// The covariance of `count` of the joint columns, from `from` on.
    private DMatrixRMaj covariance(Influences influences, int width, int from, int count) {
        double n = design.units.length;
        DMatrixRMaj v = new DMatrixRMaj(count, count);
        for (int a = 0; a < count; a++) for (int b = 0; b < count; b++) v.set(a, b, influences.products[(from + a) * width + from + b] / n / n);
        return v;
    }

    /// Errors of columns, by the procedure asked for; NaN where fewer than two treated clusters stand behind one.
    private final class Spread {
        private final Influences influences;
        private final MultiplierBootstrap bootstrap;

        Spread(Influences influences, MultiplierBootstrap bootstrap) {
            this.influences = influences;
            this.bootstrap = bootstrap;
        }

        Estimate estimate(int column) {
            double at = column < value.length ? value[column] : forms.get(column - value.length).value;
            if (design.clusters(behind(column)) < 2) return Estimate.unknown(at);
            return switch (options.errors()) {
                case Errors.Analytic _ -> Estimate.normal(at, told(Math.sqrt(influences.variance(column)), at));
                case Errors.SmallSample _ -> {
                    double[] welch = influences.welch(column);
                    yield Estimate.student(at, told(Math.sqrt(welch[0]), at), welch[1]);
                }
                case Errors.Bootstrap _ -> Estimate.normal(at, told(bootstrap.error(column) / design.units.length, at));
            };
        }

        private static double told(double error, double at) {
            return error > 1e-12 * Math.abs(at) ? error : Double.NaN;
        }

        /// Never narrower than each interval by itself.
        double critical(int[] columns) {
            double c = bootstrap.criticalValue(columns);
            return Double.isNaN(c) ? c : Math.max(1.959963984540054, c);
        }

        List<GroupTimeEffects.Effect> effects() {
            double critical = critical(averaged(_ -> true));
            List<GroupTimeEffects.Effect> out = new ArrayList<>();
            for (int e = 0; e < value.length; e++) {
                Comparison c = comparison(e);
                out.add(new GroupTimeEffects.Effect(design.cohorts[c.of()], design.isAfter(c), c.isReference(), EffectPoint.of(c.period(), estimate(e), critical)));
            }
            return List.copyOf(out);
        }

        GroupTimeEffects.Average average(int overall, int from, int[] at) {
            double critical = critical(IntStream.range(from, from + at.length).toArray());
            List<EffectPoint> points = IntStream.range(0, at.length).mapToObj(j -> EffectPoint.of(at[j], estimate(from + j), critical)).toList();
            return new GroupTimeEffects.Average(estimate(overall), points);
        }
    }

    /// The four ways of averaging, as forms in columns after the effects; Callaway and Sant'Anna (2021), section 3, and did's aggte.
    private final class Averages {
        private final double[] share;
        private final int simple;
        private final int[] groups;
        private final int groupFrom;
        private final int group;
        private final int groupExact;
        final int[] events;
        final int eventFrom;
        private final int dynamic;
        private final int[] calendars;
        private final int calendarFrom;
        private final int calendar;

        Averages(double[] share) {
            this.share = share;
            simple = put(Form.byShare(averaged(this::after), value, cohort, share));
            groups = distinct(e -> comparison(e).of(), this::after);
            groupFrom = value.length + forms.size();
            for (int g : groups) put(Form.even(averaged(e -> after(e) && cohort[e] == g), value, share.length));
            group = put(byGroup(averaged(_ -> true), true));
            groupExact = put(byGroup(averaged(_ -> true), false));
            events = distinct(this::event, _ -> true);
            eventFrom = value.length + forms.size();
            for (int at : events) put(Form.byShare(averaged(e -> event(e) == at), value, cohort, share));
            dynamic = put(mean(eventFrom, IntStream.range(0, events.length).filter(j -> events[j] >= 0).toArray()));
            calendars = distinct(e -> comparison(e).period(), this::after);
            calendarFrom = value.length + forms.size();
            for (int t : calendars) put(Form.byShare(averaged(e -> after(e) && comparison(e).period() == t), value, cohort, share));
            calendar = put(mean(calendarFrom, IntStream.range(0, calendars.length).toArray()));
        }

        private boolean after(int e) {
            return design.isAfter(comparison(e));
        }

        private int event(int e) {
            return comparison(e).period() - design.cohorts[cohort[e]];
        }

        private int put(Form form) {
            forms.add(form);
            return value.length + forms.size() - 1;
        }

        private int[] distinct(IntUnaryOperator of, IntPredicate which) {
            return IntStream.of(averaged(which)).map(of).distinct().sorted().toArray();
        }

        private Form mean(int from, int[] which) {
            Form[] parts = IntStream.of(which).mapToObj(j -> forms.get(from - value.length + j)).toArray(Form[]::new);
            return Form.mix(parts, IntStream.of(which).mapToDouble(_ -> 1.0 / which.length).toArray(), new double[share.length], 0);
        }

        /// What moves the average over cohorts with their shares. did takes the cohort of its j-th effect, whichever that is, for the j-th cohort; with one effect a cohort it is right.
        private Form byGroup(int[] listed, boolean asDid) {
            Form[] parts = IntStream.range(0, groups.length).mapToObj(j -> forms.get(groupFrom - value.length + j)).toArray(Form[]::new);
            double sum = IntStream.of(groups).mapToDouble(g -> share[g]).sum();
            double[] weight = IntStream.of(groups).mapToDouble(g -> share[g] / sum).toArray();
            double mean = 0;
            for (int j = 0; j < parts.length; j++) mean += weight[j] * parts[j].value;
            double[] moved = new double[share.length];
            for (int j = 0; j < parts.length; j++) moved[asDid ? cohort[listed[j]] : groups[j]] += (parts[j].value - mean) / sum;
            // The shares' own means add up to 0.
            return Form.mix(parts, weight, moved, 0);
        }

        boolean isReference(int j) {
            return IntStream.of(averaged(e -> event(e) == events[j])).allMatch(e -> comparison(e).isReference());
        }

        /// The mean number of periods between the compared ones, over the effects behind an event-time column.
        double gap(int column) {
            Form f = forms.get(column - value.length);
            return IntStream.of(f.effects).mapToDouble(e -> comparison(e).period() - comparison(e).base()).average().orElse(1);
        }

        GroupTimeEffects.Averages result(Spread spread) {
            return new GroupTimeEffects.Averages(spread.estimate(simple), spread.estimate(groupExact).standardError(), spread.average(group, groupFrom, IntStream.of(groups).map(g -> design.cohorts[g]).toArray()),
                    spread.average(dynamic, eventFrom, events), spread.average(calendar, calendarFrom, calendars));
        }
    }
}
