package xiaxiang.core.share;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.effect.Estimate;
import xiaxiang.engine.effect.Notice;
import xiaxiang.engine.effect.Panel;
import xiaxiang.engine.effect.SyntheticErrors;
import xiaxiang.engine.effect.SyntheticEstimate;

/// A synthetic control with everything that says how far to trust it: placebos in space and time, donors left out one by one, permuted gaps; null where the data do not allow one.
///
/// The error is that of placebos in space, where nothing happened; of the jackknife where there are too few donors for them.
public record SyntheticAnswer(SyntheticEstimate found, Estimate overall, String error, SyntheticErrors.@Nullable Placebos placebos, @Nullable Double inTime, @Nullable Double conformal,
                              List<SyntheticEstimate.Weight> leaveOneOut, List<Notice> notices) {
    private static final double LEVEL = .95;
    private static final int PERMUTATIONS = 1_000;

    public SyntheticAnswer {
        leaveOneOut = List.copyOf(leaveOneOut);
        notices = List.copyOf(notices);
    }

    static EffectRun of(EffectSpec.Estimator.Synthetic asked, EffectData data) {
        Panel panel = data.withoutHoles();
        return switch (SyntheticEstimate.of(panel, asked.method())) {
            case SyntheticEstimate.Outcome.Refused(List<Notice> why) -> new EffectRun.Refused(why.stream().map(n -> named(n, data)).toList());
            case SyntheticEstimate.Outcome.Estimated(SyntheticEstimate found) -> new EffectRun.Synthetic(judge(found, SyntheticErrors.of(panel, asked.method()), asked, data));
        };
    }

    private static SyntheticAnswer judge(SyntheticEstimate found, SyntheticErrors errors, EffectSpec.Estimator.Synthetic asked, EffectData data) {
        List<Notice> notices = new ArrayList<>();
        for (Notice notice : found.notices()) notices.add(named(notice, data));
        SyntheticErrors.Placebos placebos = asked.placebos() == 0 ? null : known(errors.inSpace(asked.placebos(), asked.seed(), LEVEL), notices, data);
        SyntheticErrors.Interval interval = placebos != null ? placebos.interval() : known(errors.jackknife(LEVEL), notices, data);
        Estimate overall = interval == null || !(interval.standardError() > 0) ? Estimate.unknown(found.estimate())
                : new Estimate(found.estimate(), interval.standardError(), interval.low(), interval.high(), interval.p());
        int before = found.cohorts().stream().mapToInt(SyntheticEstimate.Cohort::cohort).min().orElse(0);
        Double inTime = asked.placebos() == 0 ? null : known(errors.inTime(Math.max(1, before / 3)), notices, data);
        return new SyntheticAnswer(found, overall, interval == null ? "" : interval.name(), placebos, inTime,
                known(errors.conformal(PERMUTATIONS, asked.seed()), new ArrayList<>(), data), errors.leaveOneOut(), notices);
    }

    private static <T> @Nullable T known(SyntheticErrors.Outcome<T> outcome, List<Notice> notices, EffectData data) {
        return switch (outcome) {
            case SyntheticErrors.Outcome.Known<T>(T value) -> value;
            case SyntheticErrors.Outcome.Refused<T>(Notice why) -> {
                notices.add(named(why, data));
                yield null;
            }
        };
    }

    /// The periods of the panel without holes are not those of the timeline.
    private static Notice named(Notice n, EffectData data) {
        int[] times = data.timeline().observed();
        return new Notice(n.kind(), n.count(), n.cohort() < 0 ? -1 : times[n.cohort()], n.period() < 0 ? -1 : times[n.period()]);
    }
}
