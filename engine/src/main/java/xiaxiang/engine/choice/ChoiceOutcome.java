package xiaxiang.engine.choice;

import java.util.List;

/// How an estimation ended.
public sealed interface ChoiceOutcome {
    /// The model was fitted; see [ChoiceFit#converged], [ChoiceFit#identification] and [ChoiceFit#warnings] for what to trust.
    record Fitted(ChoiceFit fit) implements ChoiceOutcome {}

    /// The data do not allow an estimate; each reason is a sentence.
    record Refused(List<String> reasons) implements ChoiceOutcome {
        /// Copies its list.
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }
}
