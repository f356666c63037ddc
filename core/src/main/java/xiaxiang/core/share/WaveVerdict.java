package xiaxiang.core.share;

import java.util.List;
import xiaxiang.engine.effect.RandomisationInference;
import xiaxiang.engine.effect.Spillover;

/// Whether a wave worked, and how sure that is. Effects are in units per treated township and period.
///
/// `main` is the measure judged (the sum of all where there are several); `measures` holds each measure's test. `checks` are other estimators of the main measure, which
/// rest on parallel trends rather than on the lot. `spillover` is of the main measure. `power` says what effect the design could have seen.
public record WaveVerdict(Answer answer, String main, List<Measured> measures, List<Check> checks, Spillover.Outcome spillover, DesignPower.Outcome power, double worth, double alpha,
                          int periods, boolean synthetic) {
    public WaveVerdict {
        measures = List.copyOf(measures);
        checks = List.copyOf(checks);
    }

    /// What the interval and the test allow to say.
    public enum Answer {
        /// No effect is rejected, and the estimate is above 0.
        WORKS,
        /// No effect is rejected, and the estimate is below 0.
        HARMS,
        /// No effect is not rejected, and every effect worth having is.
        NO_EFFECT_FOUND,
        /// Neither no effect nor an effect worth having is rejected.
        CANNOT_TELL
    }

    /// One measure's test by the lot.
    public record Measured(String measure, RandomisationInference.Result test) {}

    /// Another estimator: its estimate with the 95% interval and p that one procedure made; NaN where it has no error, `note` then says why.
    public record Check(String name, double estimate, double standardError, double low, double high, double p, String note) {}

    static Answer answer(RandomisationInference.Result test, double alpha, double worth) {
        if (test.p() <= alpha) return test.estimate() > 0 ? Answer.WORKS : Answer.HARMS;
        return test.high() < worth ? Answer.NO_EFFECT_FOUND : Answer.CANNOT_TELL;
    }

    /// The test of the main measure.
    public RandomisationInference.Result test() {
        return measures.getFirst().test();
    }
}
