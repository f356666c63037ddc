package xiaxiang.core.share;

import java.util.List;
import xiaxiang.engine.effect.Power;
import xiaxiang.engine.effect.RandomisationInference;
import xiaxiang.engine.effect.WaveContrast;

/// What effect a sealed design can see, simulated on outcomes from before its launch.
public final class DesignPower {
    /// The power asked for.
    public static final double POWER = .8;
    private static final int DRAWS = 999;
    private static final int LAUNCHES = 400;

    private DesignPower() {}

    /// How it ended.
    public sealed interface Outcome {
        /// Power by effect, in units per treated township and period. `before` and `measured` are the periods it was simulated with.
        record Known(Power power, int before, int measured) implements Outcome {}

        /// It cannot be told, and why.
        record Unknown(String why) implements Outcome {}
    }

    /// Pretends the launch had been earlier, so that its measured periods end before the real one; where there are too few periods fewer are measured.
    public static Outcome of(SealedDesign design, Outcomes outcomes) {
        DesignTerms terms = design.terms();
        List<String> codes = design.units().stream().map(SealedDesign.Unit::code).toList();
        if (!outcomes.divisions().containsAll(codes)) return new Outcome.Unknown("outcomes.csv lacks townships of the design");
        if (terms.launch().perYear() != outcomes.first().perYear()) return new Outcome.Unknown("outcomes.csv and the launch count time differently");
        int before = Math.min(outcomes.periods(), terms.launch().index() - outcomes.first().index());
        int last = (terms.waves().size() - 1) * terms.every();
        int measured = Math.min(terms.measured(), before - 1);
        if (measured <= last) return new Outcome.Unknown("there are " + Math.max(0, before) + " periods before the launch; " + (last + 2) + " are needed");
        int[] start = terms.starts(terms.launch().plus(-(before - measured)));
        WaveContrast contrast = new WaveContrast(before, start);
        double[] y = outcomes.units(outcomes.main(), codes, 0, before);
        RandomisationInference test = RandomisationInference.of(design.drawn().mechanism(), contrast, DRAWS, terms.seed());
        return new Outcome.Known(Power.simulate(test, y, LAUNCHES, terms.seed(), terms.alpha(), POWER), before - measured, measured);
    }
}
