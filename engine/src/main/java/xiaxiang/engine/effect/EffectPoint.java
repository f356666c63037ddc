package xiaxiang.engine.effect;

/// An estimate at a cohort, period or event time, and the interval that holds together with all of its list with 95% (NaN where there is no error).
public record EffectPoint(int at, Estimate estimate, double bandLow, double bandHigh) {
    /// `critical` is how many standard errors the band reaches to each side.
    static EffectPoint of(int at, Estimate estimate, double critical) {
        double half = critical * estimate.standardError();
        return new EffectPoint(at, estimate, estimate.value() - half, estimate.value() + half);
    }
}
