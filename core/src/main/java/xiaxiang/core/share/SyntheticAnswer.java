package xiaxiang.core.share;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.effect.Estimate;
import xiaxiang.engine.effect.Panel;
import xiaxiang.engine.effect.SyntheticErrors;
import xiaxiang.engine.effect.SyntheticEstimate;

/// A synthetic control with everything that says how far to trust it: placebos in space and time, donors left out one by one, permuted gaps; null where the data do not allow one.
///
/// The error is that of placebos in space, where nothing happened; of the jackknife where there are too few donors for them.
public record SyntheticAnswer(SyntheticEstimate found, Estimate overall, String error, SyntheticErrors.@Nullable Placebos placebos, @Nullable Double inTime, @Nullable Double conformal,
                              List<SyntheticEstimate.Weight> leaveOneOut, List<String> notes) {
    private static final double LEVEL = .95;
    private static final int PERMUTATIONS = 1_000;
    private static final Pattern INDEX = Pattern.compile("(period|unit) (\\d+)");

    public SyntheticAnswer {
        leaveOneOut = List.copyOf(leaveOneOut);
        notes = List.copyOf(notes);
    }

    static EffectRun of(EffectSpec.Estimator.Synthetic asked, EffectData data) {
        Panel panel = data.withoutHoles();
        return switch (SyntheticEstimate.of(panel, asked.method())) {
            case SyntheticEstimate.Outcome.Refused(String why) -> new EffectRun.Unfit(named(why, data));
            case SyntheticEstimate.Outcome.Estimated(SyntheticEstimate found) -> new EffectRun.Synthetic(judge(found, SyntheticErrors.of(panel, asked.method()), asked, data));
        };
    }

    private static SyntheticAnswer judge(SyntheticEstimate found, SyntheticErrors errors, EffectSpec.Estimator.Synthetic asked, EffectData data) {
        List<String> notes = new ArrayList<>();
        for (String note : found.notes()) notes.add(named(note, data));
        SyntheticErrors.Placebos placebos = known(errors.inSpace(asked.placebos(), asked.seed(), LEVEL), notes, data);
        SyntheticErrors.Interval interval = placebos != null ? placebos.interval() : known(errors.jackknife(LEVEL), notes, data);
        Estimate overall = interval == null || !(interval.standardError() > 0) ? Estimate.unknown(found.estimate())
                : new Estimate(found.estimate(), interval.standardError(), interval.low(), interval.high(), interval.p());
        int before = found.cohorts().stream().mapToInt(SyntheticEstimate.Cohort::cohort).min().orElse(0);
        return new SyntheticAnswer(found, overall, interval == null ? "" : interval.name(), placebos, known(errors.inTime(Math.max(1, before / 3)), notes, data),
                known(errors.conformal(PERMUTATIONS, asked.seed()), new ArrayList<>(), data), errors.leaveOneOut(), notes);
    }

    private static <T> @Nullable T known(SyntheticErrors.Outcome<T> outcome, List<String> notes, EffectData data) {
        return switch (outcome) {
            case SyntheticErrors.Outcome.Known<T>(T value) -> value;
            case SyntheticErrors.Outcome.Refused<T>(String why) -> {
                notes.add(named(why, data));
                yield null;
            }
        };
    }

    /// The engine counts periods and units; the reader knows them by name.
    private static String named(String note, EffectData data) {
        int[] times = data.timeline().observed();
        return INDEX.matcher(note).replaceAll(m -> {
            int index = Integer.parseInt(m.group(2));
            boolean isPeriod = m.group(1).equals("period");
            if (index >= (isPeriod ? times.length : data.units().size())) return Matcher.quoteReplacement(m.group());
            return Matcher.quoteReplacement(m.group(1) + " " + (isPeriod ? data.timeline().text(times[index]) : data.units().get(index)));
        });
    }
}
