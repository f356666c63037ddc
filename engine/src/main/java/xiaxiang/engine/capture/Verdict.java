package xiaxiang.engine.capture;

/// What [Verifier] found. Captures are net of today's, rounded outward.
public sealed interface Verdict {
    /// The plan is feasible and captures at least `lower`; no feasible plan captures more than `upper`.
    record Proven(double lower, double upper, double gap) implements Verdict {}

    /// The certificate does not prove what it claims about this problem; `why` names the first fault.
    record Refused(String why) implements Verdict {}

    /// The gap proven of a certificate just made. Throws IllegalStateException where it was refused: the solver then has a fault.
    default double provenGap() {
        return switch (this) {
            case Proven proven -> proven.gap();
            case Refused(String why) -> throw new IllegalStateException("The solver's own certificate was refused: " + why);
        };
    }
}
