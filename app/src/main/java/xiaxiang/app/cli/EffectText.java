package xiaxiang.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import xiaxiang.core.share.EffectRun;
import xiaxiang.core.share.SyntheticAnswer;
import xiaxiang.engine.effect.EffectPoint;
import xiaxiang.engine.effect.Estimate;
import xiaxiang.engine.effect.GoodmanBacon;
import xiaxiang.engine.effect.GroupTimeEffects;
import xiaxiang.engine.effect.Imputation;
import xiaxiang.engine.effect.PreTrend;
import xiaxiang.engine.effect.SyntheticErrors;
import xiaxiang.engine.effect.SyntheticEstimate;

/// An [EffectAnswer] as a person reads it: each estimator's answer and verdict, its event study, and what to be wary of.
final class EffectText {
    private static final int SHOWN = 40;

    private final EffectAnswer answer;
    private final Locale locale;

    EffectText(EffectAnswer answer, Locale locale) {
        this.answer = answer;
        this.locale = locale;
    }

    private String words(String key, Object... arguments) {
        return Words.of(locale, key, arguments);
    }

    void print(PrintWriter out) {
        int[] periods = answer.data().timeline().observed();
        out.println(words("effect.title", answer.spec().data().getFileName(), answer.data().units().size(), periods.length, answer.data().timeline().text(periods[0]),
                answer.data().timeline().text(periods[periods.length - 1]), answer.data().rows()));
        if (answer.spec().filter() != null) out.println(words("effect.filter", answer.data().leftOut(), answer.data().unjudged()));
        if (answer.data().missing() > 0) out.println(words("effect.missing", answer.data().missing()));
        for (int k = 0; k < answer.runs().size(); k++) {
            out.println();
            print(answer.name(k), answer.runs().get(k), out);
        }
        if (answer.runs().size() < answer.spec().estimators().size()) out.println(words("effect.stopped"));
    }

    private void print(String name, EffectRun run, PrintWriter out) {
        String title = words("estimator." + name);
        switch (run) {
            case EffectRun.Refused _ -> out.println(words("effect.refused", title));
            case EffectRun.Synthetic(SyntheticAnswer synthetic) -> {
                overall(title, run.overall(), out);
                synthetic(synthetic, out);
            }
            case EffectRun.Bacon(var parts) -> bacon(title, parts, out);
            case EffectRun.AttGt(_, GroupTimeEffects effects) -> {
                overall(title, run.overall(), out);
                out.println(line("average.group", effects.averages().group().overall()));
                out.println(line("average.dynamic", effects.averages().dynamic().overall()));
                out.println(line("average.calendar", effects.averages().calendar().overall()));
                study(effects.averages().dynamic().parts(), effects.preTrend(), out);
            }
            case EffectRun.Imputed(Imputation.Effects effects) -> {
                overall(title, run.overall(), out);
                study(java.util.stream.Stream.concat(effects.leads().stream(), effects.horizons().stream()).toList(), effects.preTrend(), out);
            }
            case EffectRun.TwoWay _ -> {
                overall(title, run.overall(), out);
                out.println("  " + words("effect.biased"));
            }
        }
        List<String> notices = answer.says(run, locale);
        notices.stream().limit(SHOWN).forEach(n -> out.println("  ! " + n));
        if (notices.size() > SHOWN) out.println(words("effect.more", notices.size() - SHOWN));
    }

    private void overall(String title, Estimate e, PrintWriter out) {
        out.println(title);
        out.println(line("average.overall", e));
        double smallest = answer.spec().smallestEffect();
        EffectRun.Verdict verdict = EffectRun.verdict(e, smallest);
        String says = switch (verdict) {
            case EFFECT -> "";
            case NO_EFFECT -> words("verdict.no.why", number(smallest));
            case CANNOT_TELL -> Double.isNaN(e.standardError()) ? words("verdict.no.error") : words("verdict.cannot.why", number(e.detectable()));
        };
        out.println("  " + words("effect.verdict", EffectAnswer.verdict(verdict, locale)) + (says.isEmpty() ? "" : " " + says));
    }

    private void synthetic(SyntheticAnswer found, PrintWriter out) {
        for (SyntheticEstimate.Cohort c : found.found().cohorts())
            out.println("  " + words("synthetic.cohort", String.valueOf(new SyntheticRows(found, answer.data()).period(c.cohort())), c.treated(), number(c.estimate()), 100 * c.lift(), number(c.rmspe()), c.effectiveDonors()));
        SyntheticErrors.Placebos placebos = found.placebos();
        if (placebos != null) out.println("  " + words("synthetic.placebos", placebos.estimates().size(), number(placebos.rankP())));
        Double inTime = found.inTime();
        if (inTime != null) out.println("  " + words("synthetic.time", number(inTime)));
        var left = found.leaveOneOut().stream().mapToDouble(SyntheticEstimate.Weight::weight).summaryStatistics();
        if (left.getCount() > 0) out.println("  " + words("synthetic.left", number(left.getMin()), number(left.getMax())));
    }

    private String line(String label, Estimate e) {
        return "  " + words("effect.line", words(label), number(e.value()), number(e.standardError()), number(e.low()), number(e.high()), number(e.p()));
    }

    private void study(List<EffectPoint> points, PreTrend trend, PrintWriter out) {
        if (!points.isEmpty()) out.println("  " + words("study.head"));
        // The periods around treatment matter most.
        long treated = points.stream().filter(p -> p.at() >= 0).count();
        long skipped = Math.max(0, Math.min(points.size() - SHOWN, points.size() - treated - SHOWN / 2));
        points.stream().skip(skipped).limit(SHOWN).forEach(p -> out.println("  " + words("study.row", p.at(), number(p.estimate().value()), number(p.estimate().standardError()), number(p.estimate().low()),
                number(p.estimate().high()), number(p.bandLow()), number(p.bandHigh()))));
        if (points.size() > SHOWN) out.println(words("effect.more", points.size() - SHOWN));
        if (!Double.isNaN(trend.p())) out.println("  " + words("trend.test", number(trend.p())));
        if (!Double.isNaN(trend.slope().standardError())) out.println("  " + words("trend.seen", number(trend.detectableSlope()), number(trend.hiddenBias())));
    }

    private void bacon(String title, GoodmanBacon.Outcome.Decomposed parts, PrintWriter out) {
        out.println(title);
        for (GoodmanBacon.Type type : GoodmanBacon.Type.values()) {
            double weight = parts.pairs().stream().filter(p -> p.type() == type).mapToDouble(GoodmanBacon.Pair::weight).sum();
            double sum = parts.pairs().stream().filter(p -> p.type() == type).mapToDouble(p -> p.weight() * p.estimate()).sum();
            if (weight > 0) out.println("  " + words("bacon.row", words("bacon." + type.name()), 100 * weight, number(sum / weight)));
        }
        out.println("  " + words("bacon.sum", number(parts.sum())));
    }

    /// Five digits, and a dash for what cannot be told.
    private static String number(double v) {
        return Double.isNaN(v) ? "-" : String.format(Locale.ROOT, "%.5g", v);
    }
}
