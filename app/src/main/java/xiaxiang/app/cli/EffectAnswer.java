package xiaxiang.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.NullNode;
import xiaxiang.core.share.EffectData;
import xiaxiang.core.share.EffectRun;
import xiaxiang.core.share.EffectSpec;
import xiaxiang.core.share.SyntheticAnswer;
import xiaxiang.core.share.Timeline;
import xiaxiang.engine.effect.EffectPoint;
import xiaxiang.engine.effect.Estimate;
import xiaxiang.engine.effect.GoodmanBacon;
import xiaxiang.engine.effect.GroupTime;
import xiaxiang.engine.effect.GroupTimeEffects;
import xiaxiang.engine.effect.Imputation;
import xiaxiang.engine.effect.Notice;
import xiaxiang.engine.effect.Panel;
import xiaxiang.engine.effect.PreTrend;

/// What was asked of a panel and what each estimator answered, as a machine reads it. Numbers that cannot be told are null.
record EffectAnswer(EffectSpec spec, EffectData data, List<EffectRun> runs) {
    /// A value that cannot be told, in a row of a table.
    static final Object NOTHING = NullNode.getInstance();

    EffectAnswer {
        runs = List.copyOf(runs);
    }

    String name(int k) {
        return spec.estimators().get(k).name();
    }

    /// Whether nothing was answered.
    boolean isRefused() {
        return runs.stream().allMatch(EffectRun::isRefused);
    }

    Map<String, Object> json() {
        Map<String, Object> out = new LinkedHashMap<>();
        List<Map<String, Object>> estimators = new ArrayList<>();
        for (int k = 0; k < runs.size(); k++) estimators.add(estimator(k));
        out.put("estimators", estimators);
        Map<String, Object> of = new LinkedHashMap<>();
        int[] periods = data.timeline().observed();
        of.put("file", spec.data().toString());
        of.put("rows", data.rows());
        if (spec.filter() != null) {
            of.put("rowsFilteredOut", data.leftOut());
            of.put("rowsFilterCouldNotJudge", data.unjudged());
        }
        of.put("rowsWithoutOutcomeOrCovariate", data.missing());
        of.put("units", data.units().size());
        of.put("clusters", data.clusters());
        of.put("periods", periods.length);
        of.put("firstPeriod", period(periods[0]));
        of.put("lastPeriod", period(periods[periods.length - 1]));
        of.put("periodsCountedBy", data.timeline().count().name().toLowerCase(Locale.ROOT));
        out.put("data", of);
        if (runs.size() < spec.estimators().size()) out.put("stopped", true);
        return out;
    }

    private Map<String, Object> estimator(int k) {
        EffectRun run = runs.get(k);
        Estimate e = run.overall();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", name(k));
        out.putAll(numbers(e));
        if (!run.isRefused() && !(run instanceof EffectRun.Bacon)) {
            out.put("verdict", verdict(EffectRun.verdict(e, spec.smallestEffect()), Locale.ENGLISH));
            out.put("detectableEffect", value(e.detectable()));
        }
        if (run instanceof EffectRun.TwoWay) out.put("label", Words.of(Locale.ENGLISH, "effect.biased"));
        out.put("table", table(k));
        if (run instanceof EffectRun.AttGt(_, GroupTimeEffects effects)) {
            out.put("aggregations", aggregations(effects));
            out.put("preTestP", value(effects.preTrend().p()));
        }
        if (run instanceof EffectRun.Imputed(Imputation.Effects effects)) out.put("preTestP", value(effects.preTrend().p()));
        out.put("diagnostics", diagnostics(run));
        out.put(run.isRefused() ? "refusal" : "warnings", says(run, Locale.ENGLISH));
        return out;
    }

    /// What to know about an answer, or why there is none, a line each.
    List<String> says(EffectRun run, Locale locale) {
        return run.notices().stream().map(n -> notice(n, locale)).toList();
    }

    private Map<String, Object> diagnostics(EffectRun run) {
        Map<String, Object> out = new LinkedHashMap<>();
        switch (run) {
            case EffectRun.AttGt(GroupTime.Options options, GroupTimeEffects effects) -> {
                out.put("method", options.method().name());
                out.put("controls", options.controls().name());
                out.put("basePeriod", options.base().name());
                out.put("anticipation", options.anticipation());
                out.put("errors", switch (options.errors()) {
                    case GroupTime.Errors.Analytic _ -> "analytic";
                    case GroupTime.Errors.SmallSample _ -> "smallSample";
                    case GroupTime.Errors.Bootstrap _ -> "bootstrap";
                });
                out.put("units", effects.units());
                out.put("clusters", effects.clusters());
                putTrend(out, effects.preTrend());
            }
            case EffectRun.Imputed(Imputation.Effects effects) -> {
                out.put("errors", "conservative, clustered");
                out.put("observations", effects.observations());
                out.put("treatedObservations", effects.treated());
                out.put("clusters", effects.clusters());
                putTrend(out, effects.preTrend());
            }
            case EffectRun.TwoWay(var fit) -> {
                out.put("errors", "clustered; G/(G-1) x (n-1)/(n-K); Student's t with G-1");
                out.put("observations", fit.observations());
                out.put("clusters", fit.clusters());
            }
            case EffectRun.Bacon(var parts) -> {
                out.put("weightedSum", value(parts.sum()));
                for (GoodmanBacon.Type type : GoodmanBacon.Type.values()) putType(out, type, parts.pairs());
            }
            case EffectRun.Synthetic(SyntheticAnswer answer) -> new SyntheticRows(answer, data).diagnostics(out);
            case EffectRun.Refused _ -> {}
        }
        return out;
    }

    private static void putType(Map<String, Object> out, GoodmanBacon.Type type, List<GoodmanBacon.Pair> pairs) {
        double weight = pairs.stream().filter(p -> p.type() == type).mapToDouble(GoodmanBacon.Pair::weight).sum();
        if (weight == 0) return;
        Map<String, Object> of = new LinkedHashMap<>();
        of.put("weight", weight);
        of.put("averageEstimate", value(pairs.stream().filter(p -> p.type() == type).mapToDouble(p -> p.weight() * p.estimate()).sum() / weight));
        out.put(type(type), of);
    }

    private static void putTrend(Map<String, Object> out, PreTrend trend) {
        Map<String, Object> of = new LinkedHashMap<>();
        of.put("statistic", value(trend.statistic()));
        of.put("degrees", trend.degrees());
        of.put("p", value(trend.p()));
        of.put("slope", value(trend.slope().value()));
        of.put("slopeError", value(trend.slope().standardError()));
        of.put("slopeP", value(trend.slope().p()));
        of.put("detectableSlope", value(trend.detectableSlope()));
        of.put("hiddenBias", value(trend.hiddenBias()));
        out.put("preTrend", of);
    }

    private Map<String, Object> aggregations(GroupTimeEffects effects) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("simple", numbers(effects.averages().simple()));
        Map<String, Object> group = average(effects.averages().group(), "group", true);
        group.put("theoryStandardError", value(effects.averages().groupTheoryError()));
        out.put("group", group);
        out.put("dynamic", average(effects.averages().dynamic(), "eventTime", false));
        out.put("calendar", average(effects.averages().calendar(), "time", true));
        return out;
    }

    private Map<String, Object> average(GroupTimeEffects.Average average, String at, boolean isPeriod) {
        Map<String, Object> out = numbers(average.overall());
        out.put("rows", average.parts().stream().map(p -> point(p, at, isPeriod)).toList());
        return out;
    }

    private Map<String, Object> point(EffectPoint p, String at, boolean isPeriod) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put(at, isPeriod ? period(p.at()) : p.at());
        putPoint(out, p);
        return out;
    }

    private static void putPoint(Map<String, Object> out, EffectPoint p) {
        Estimate e = p.estimate();
        out.put("estimate", value(e.value()));
        out.put("standardError", value(e.standardError()));
        out.put("low", value(e.low()));
        out.put("high", value(e.high()));
        out.put("p", value(e.p()));
        out.put("bandLow", value(p.bandLow()));
        out.put("bandHigh", value(p.bandHigh()));
    }

    private static Map<String, Object> numbers(Estimate e) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("estimate", value(e.value()));
        out.put("standardError", value(e.standardError()));
        out.put("interval", List.of(value(e.low()), value(e.high())));
        out.put("p", value(e.p()));
        return out;
    }

    /// The rows of the k-th estimator: by cohort and period, by event time, or by pair.
    List<Map<String, Object>> table(int k) {
        return switch (runs.get(k)) {
            case EffectRun.AttGt(_, GroupTimeEffects effects) -> effects.effects().stream().map(this::effect).toList();
            case EffectRun.Imputed(Imputation.Effects effects) -> java.util.stream.Stream.concat(effects.leads().stream(), effects.horizons().stream()).map(p -> point(p, "eventTime", false)).toList();
            case EffectRun.Bacon(var parts) -> parts.pairs().stream().map(this::pair).toList();
            case EffectRun.Synthetic(SyntheticAnswer answer) -> new SyntheticRows(answer, data).weights();
            case EffectRun.TwoWay _, EffectRun.Refused _ -> List.of();
        };
    }

    private Map<String, Object> effect(GroupTimeEffects.Effect effect) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("group", period(effect.cohort()));
        out.put("time", period(effect.point().at()));
        putPoint(out, effect.point());
        out.put("treated", effect.after());
        return out;
    }

    private Map<String, Object> pair(GoodmanBacon.Pair pair) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("treated", period(pair.treated()));
        out.put("control", pair.control() == Panel.NEVER ? "never" : pair.control() < 0 ? "always" : period(pair.control()));
        out.put("type", type(pair.type()));
        out.put("weight", pair.weight());
        out.put("estimate", pair.estimate());
        return out;
    }

    static String type(GoodmanBacon.Type type) {
        return switch (type) {
            case TREATED_VS_UNTREATED -> "Treated vs Untreated";
            case EARLIER_VS_LATER -> "Earlier vs Later Treated";
            case LATER_VS_EARLIER -> "Later vs Earlier Treated";
            case LATER_VS_ALWAYS -> "Later vs Always Treated";
        };
    }

    /// The averages of the k-th estimator as one table; empty if it has none.
    List<Map<String, Object>> averages(int k) {
        if (!(runs.get(k) instanceof EffectRun.AttGt(_, GroupTimeEffects effects))) return List.of();
        List<Map<String, Object>> out = new ArrayList<>();
        out.add(row("simple", "", new EffectPoint(0, effects.averages().simple(), Double.NaN, Double.NaN)));
        add(out, "group", effects.averages().group(), true);
        add(out, "dynamic", effects.averages().dynamic(), false);
        add(out, "calendar", effects.averages().calendar(), true);
        return out;
    }

    private void add(List<Map<String, Object>> out, String name, GroupTimeEffects.Average average, boolean isPeriod) {
        out.add(row(name, "", new EffectPoint(0, average.overall(), Double.NaN, Double.NaN)));
        for (EffectPoint p : average.parts()) out.add(row(name, isPeriod ? period(p.at()) : p.at(), p));
    }

    private static Map<String, Object> row(String name, Object at, EffectPoint p) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("average", name);
        out.put("at", at);
        putPoint(out, p);
        return out;
    }

    private Object period(int index) {
        return data.timeline().label(index);
    }

    /// A number as JSON can hold it.
    static Object value(double v) {
        return Double.isFinite(v) ? (Object) v : NOTHING;
    }

    /// What there is to know, in a person's words.
    String notice(Notice n, Locale locale) {
        Timeline timeline = data.timeline();
        return Words.of(locale, "notice." + n.kind().name(), n.count(), n.cohort() < 0 ? "" : timeline.text(n.cohort()), n.period() < 0 ? "" : timeline.text(n.period()));
    }

    static String verdict(EffectRun.Verdict verdict, Locale locale) {
        return Words.of(locale, "verdict." + verdict.name());
    }
}
