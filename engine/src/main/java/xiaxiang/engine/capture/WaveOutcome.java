package xiaxiang.engine.capture;

/// How a search over waves ended. Captures are NET of today's in the time of all waves.
public sealed interface WaveOutcome {
    /// A plan, what it captures (`lower`), and what none captures more than (`upper`), which [WaveVerifier] proves from the certificate.
    record Planned(WavePlan plan, double lower, double upper, Certificate certificate, Effort effort) implements WaveOutcome {}

    /// No plan is allowed, or none was found within the limits; `why` names the binding rule.
    record Infeasible(String why) implements WaveOutcome {}

    /// As [Gap#relative]; infinite when no plan is known.
    default double gap() {
        return switch (this) {
            case Planned p -> Gap.relative(p.lower(), p.upper());
            case Infeasible _ -> Double.POSITIVE_INFINITY;
        };
    }
}
