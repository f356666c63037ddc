package xiaxiang.core.atlas;

/// What a row is worth: seen by someone, computed from facts, invented from a seed, or placed by hand.
public enum Kind {
    /// Seen and sourced.
    OBSERVED,
    /// Computed from observed figures by a stated rule.
    MODELLED,
    /// Invented from a seed; true only on average.
    SYNTHETIC,
    /// Placed or assumed by hand, not verified.
    SKETCH
}
