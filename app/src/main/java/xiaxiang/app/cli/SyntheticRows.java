package xiaxiang.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.share.EffectData;
import xiaxiang.core.share.SyntheticAnswer;
import xiaxiang.engine.effect.SyntheticErrors;
import xiaxiang.engine.effect.SyntheticEstimate;

/// A synthetic control as a machine reads it, with units and periods by name.
record SyntheticRows(SyntheticAnswer answer, EffectData data) {
    /// Weights of donors and of periods before treatment, a row each.
    List<Map<String, Object>> weights() {
        List<Map<String, Object>> out = new ArrayList<>();
        for (SyntheticEstimate.Cohort cohort : answer.found().cohorts()) {
            for (SyntheticEstimate.Weight w : cohort.units()) out.add(weight(cohort, "unit", data.units().get(w.index()), w.weight()));
            for (SyntheticEstimate.Weight w : cohort.periods()) out.add(weight(cohort, "period", period(w.index()), w.weight()));
        }
        return out;
    }

    private Map<String, Object> weight(SyntheticEstimate.Cohort cohort, String kind, Object name, double weight) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("group", period(cohort.cohort()));
        out.put("kind", kind);
        out.put(kind, name);
        out.put("weight", weight);
        return out;
    }

    /// A period of the panel without holes, as the data writes it.
    Object period(int index) {
        int[] times = data.timeline().observed();
        return data.timeline().label(times[index]);
    }

    private static Object value(@Nullable Double v) {
        return v == null ? EffectAnswer.NOTHING : EffectAnswer.value(v);
    }

    /// Adds what says how far to trust it.
    void diagnostics(Map<String, Object> out) {
        out.put("errors", answer.error());
        out.put("exactEstimate", value(answer.found().exactEstimate()));
        SyntheticErrors.Placebos placebos = answer.placebos();
        if (placebos != null) {
            out.put("placebos", placebos.estimates().size());
            out.put("placebosAreAll", placebos.all());
            out.put("placeboRankP", value(placebos.rankP()));
            out.put("placeboRatioRankP", value(placebos.ratioRankP()));
            out.put("placeboEstimates", placebos.estimates().stream().map(SyntheticRows::value).toList());
        }
        out.put("placeboInTime", value(answer.inTime()));
        out.put("conformalP", value(answer.conformal()));
        out.put("leaveOneOut", answer.leaveOneOut().stream().map(w -> Map.of("unit", data.units().get(w.index()), "estimate", value(w.weight()))).toList());
        out.put("cohorts", answer.found().cohorts().stream().map(this::cohort).toList());
    }

    private Map<String, Object> cohort(SyntheticEstimate.Cohort c) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("group", period(c.cohort()));
        out.put("treatedUnits", c.treated());
        out.put("periodsAfter", c.after());
        out.put("estimate", value(c.estimate()));
        out.put("effectiveDonors", value(c.effectiveDonors()));
        out.put("rmspe", value(c.rmspe()));
        out.put("l2Imbalance", value(c.l2()));
        out.put("scaledL2Imbalance", value(c.scaledL2()));
        out.put("postPreRatio", value(c.postPreRatio()));
        out.put("counterfactual", value(c.counterfactual()));
        out.put("lift", value(c.lift()));
        out.put("incremental", value(c.incremental()));
        out.put("penalty", value(c.penalty()));
        List<Map<String, Object>> gaps = new ArrayList<>();
        for (int t = 0; t < c.gaps().size(); t++) gaps.add(Map.of("time", period(t), "gap", value(c.gaps().get(t))));
        out.put("gaps", gaps);
        return out;
    }
}
