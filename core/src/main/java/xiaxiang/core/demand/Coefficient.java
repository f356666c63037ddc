package xiaxiang.core.demand;

import xiaxiang.core.atlas.Provenance;

/// One coefficient: its value, its spread (one standard deviation of what is believed of it, >= 0) and the range [low, high] it cannot leave.
public record Coefficient(Term term, String zh, String en, double value, double spread, double low, double high, String unit, Provenance provenance) {
    public Coefficient {
        if (!(spread >= 0) || !(low <= value && value <= high))
            throw new IllegalArgumentException("The coefficient " + term + " (" + value + " +- " + spread + ") must lie in [" + low + ", " + high + "].");
    }

    /// The same coefficient at another value, drawn into its range.
    Coefficient at(double drawn) {
        return new Coefficient(term, zh, en, Math.clamp(drawn, low, high), spread, low, high, unit, provenance);
    }
}
