package xiaxiang.core.share;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A brand's public rank by quarter, from one table of one place.
public record RankTable(String place, String table, String measure, List<Quarter> quarters) {
    public RankTable {
        quarters = List.copyOf(quarters);
    }

    /// One quarter. `present` false: the table has no figures, and all else is null or false. `hidden`: the brand is not named and lies in "Others"; `listsTop` n: the table lists the n
    /// largest brands of the quarter, so a hidden brand is none of them.
    /// Shares in percent with the interval rounding allows; ranks from 1, `rankHigh` null if nothing bounds it; `topFive` is P(rank <= 5).
    public record Quarter(String period, boolean present, boolean hidden, @Nullable Integer listsTop, @Nullable Double sharePct, @Nullable Double lowPct, @Nullable Double highPct,
                          @Nullable Integer rankLow, @Nullable Integer rankHigh, @Nullable Double topFive, String source) {
        static Quarter absent(String period) {
            return new Quarter(period, false, false, null, null, null, null, null, null, null, "");
        }
    }
}
