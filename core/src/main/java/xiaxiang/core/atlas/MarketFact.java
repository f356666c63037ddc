package xiaxiang.core.atlas;

import org.jspecify.annotations.Nullable;

/// A brand's public share in a place and period, from one source: `measure` is the measure type (shipment, sell-in, sell-out, activation);
/// `sharePct` in percent and `unitsMillion`, each null if not published; `roundingPct` the step the share was rounded to;
/// `listsTop` n where the source says that its table of this period lists the n largest brands, else null.
/// `place` and `brand` may be "Others" and "Total" rows of the table.
public record MarketFact(String place, String period, String table, String brand, String measure, @Nullable Double sharePct, @Nullable Double unitsMillion,
                         double roundingPct, @Nullable Integer listsTop, String note, Provenance provenance) {}
