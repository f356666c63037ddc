package xiaxiang.engine.capture;

/// How a search ended. Captures are NET of today's, in units a year, and may be negative when resources force closures.
public sealed interface Outcome {
    /// A plan, what it captures (`lower`), and what none captures more than (`upper`). The certificate proves `certificate.upper()`, which is
    /// `upper` itself unless the tree was too large to keep whole.
    sealed interface Planned extends Outcome {
        /// The best plan found.
        Plan plan();

        /// What the plan captures.
        double lower();

        /// No plan captures more.
        double upper();

        /// The proof.
        Certificate certificate();

        /// What the search took.
        Effort effort();
    }

    /// The gap asked for in [Limits#gap] is proven, up to rounding (a billionth part).
    record Optimal(Plan plan, double lower, double upper, Certificate certificate, Effort effort) implements Planned {}

    /// A limit or the caller ended the search before that.
    record Feasible(Plan plan, double lower, double upper, Certificate certificate, Effort effort) implements Planned {}

    /// No plan is allowed, or none was found within the limits; `why` names the binding rule.
    record Infeasible(String why) implements Outcome {}

    /// As [Gap#relative]; infinite when no plan is known.
    default double gap() {
        return switch (this) {
            case Planned p -> Gap.relative(p.lower(), p.upper());
            case Infeasible _ -> Double.POSITIVE_INFINITY;
        };
    }
}
