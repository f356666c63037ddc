package xiaxiang.engine.choice;

import java.util.List;

/// The nests below the root, and what their parameters mean. Alternatives in no nest stand at the root. Empty: multinomial logit.
///
/// A nest of scale mu is worth `(1/mu) ln(sum of exp(mu V))` to what is above it, and the root's scale is 1: probabilities are normalised at the top, so
/// utilities keep their units whatever the nests. A nest as loose as its parent has its parent's scale. Source: McFadden (1978); Koppelman and Wen (1998).
public record Nests(Convention convention, List<Nest> nests) {
    /// What a nest's parameter is.
    public enum Convention {
        /// The scale mu itself; consistent with choice by utility where at least its parent's, so at least 1 (biogeme).
        SCALE,
        /// Its parent's scale over its own, lambda; consistent where above 0 and at most 1 (mlogit, apollo).
        DISSIMILARITY
    }

    /// No nests.
    public static final Nests NONE = new Nests(Convention.SCALE, List.of());

    /// Copies its list.
    public Nests {
        nests = List.copyOf(nests);
    }
}
