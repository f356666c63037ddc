package xiaxiang.core.trade;

import java.time.YearMonth;
import xiaxiang.core.atlas.Provenance;

/// Units of a brand that a shop sold to consumers (实销), over `months` whole months from `from` on.
/// Throws IllegalArgumentException if months are below 1 or units below 0.
public record SellOut(String shop, String brand, YearMonth from, int months, long units, Provenance provenance) {
    public SellOut {
        if (months < 1 || units < 0) throw new IllegalArgumentException("Sell-out of " + shop + " must be at least 0 units over at least 1 month.");
    }

    /// The month after the last.
    public YearMonth until() {
        return from.plusMonths(months);
    }
}
