package xiaxiang.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import xiaxiang.app.flow.Page;
import xiaxiang.app.flow.PlanFiles;
import xiaxiang.core.share.EffectData;
import xiaxiang.core.share.EffectRun;
import xiaxiang.core.share.EffectSpec;
import xiaxiang.engine.effect.Panel;

/// The page that shows an [EffectAnswer]: what effect.json says, and beside it what a person needs: verdicts by kind, notes in both languages, the data's averages by cohort.
///
/// It names the data's file without its folder, since pages are passed on, and holds no clock: same SPEC and data, same page.
record EffectPage(EffectAnswer answer) {
    /// The page's text.
    String html() throws IOException {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("schema", "xiaxiang.effect.1");
        out.put("version", PlanFiles.version());
        out.put("columns", columns(answer.spec().columns()));
        out.put("smallestEffect", answer.spec().smallestEffect());
        out.put("result", result());
        out.put("verdicts", answer.runs().stream().map(this::verdict).toList());
        out.put("notes", answer.runs().stream().map(run -> Map.of("zh", answer.says(run, Locale.SIMPLIFIED_CHINESE), "en", answer.says(run, Locale.ENGLISH))).toList());
        out.put("means", means());
        return Page.EFFECT.holding(out);
    }

    private Map<String, Object> result() {
        Map<String, Object> out = answer.json();
        Path file = answer.spec().data().getFileName();
        if (file != null && out.get("data") instanceof Map<?, ?> data) {
            Map<Object, Object> named = new LinkedHashMap<>(data);
            named.put("file", file.toString());
            out.put("data", named);
        }
        return out;
    }

    private static Map<String, Object> columns(EffectSpec.Columns c) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("unit", c.unit());
        out.put("period", c.period());
        out.put("outcome", c.outcome());
        out.put("cohort", c.cohort());
        out.put("treatment", c.treatment());
        out.put("covariates", c.covariates());
        out.put("cluster", c.cluster());
        return out;
    }

    /// Which verdict; null where an estimate is none or of nothing.
    private Object verdict(EffectRun run) {
        if (Double.isNaN(run.overall().value()) || run instanceof EffectRun.Bacon) return EffectAnswer.NOTHING;
        return EffectRun.verdict(run.overall(), answer.spec().smallestEffect()).name();
    }

    /// The mean outcome of each cohort in each period that rows have; those treated from the first period on are one.
    private List<Map<String, Object>> means() {
        Panel panel = answer.data().panel();
        int[] times = answer.data().timeline().observed();
        SortedMap<Integer, Means> by = new TreeMap<>();
        for (int i = 0; i < panel.units(); i++) by.computeIfAbsent(Math.max(0, panel.cohort(i)), cohort -> new Means(cohort, times)).add(panel, i);
        return by.values().stream().map(m -> m.rows(answer.data())).toList();
    }

    /// One cohort's means in the making.
    private static final class Means {
        private final int cohort;
        private final int[] times;
        private final double[] sum;
        private final int[] count;
        private int units;

        Means(int cohort, int[] times) {
            this.cohort = cohort;
            this.times = times;
            sum = new double[times.length];
            count = new int[times.length];
        }

        void add(Panel panel, int unit) {
            units++;
            for (int s = 0; s < times.length; s++) {
                double outcome = panel.outcome(unit, times[s]);
                if (Double.isNaN(outcome)) continue;
                sum[s] += outcome;
                count[s]++;
            }
        }

        Map<String, Object> rows(EffectData data) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int s = 0; s < times.length; s++) rows.add(Map.of("time", data.timeline().label(times[s]), "mean", EffectAnswer.value(sum[s] / count[s])));
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("group", cohort == Panel.NEVER ? "never" : cohort == 0 ? "always" : data.timeline().label(cohort));
            out.put("units", units);
            out.put("complete", Arrays.stream(count).allMatch(n -> n == units));
            out.put("rows", rows);
            return out;
        }
    }
}
