package xiaxiang.core.demand;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Brand;
import xiaxiang.core.atlas.MarketFact;

/// The public shares demand is calibrated on: one table of one place, period and measure, a share for every brand, in sum 1.
record PublicShares(List<Brand> brands, List<Double> shares) {
    /// Reads the table. The brand marked `rest` takes what the named brands leave. Throws IllegalArgumentException naming what is missing, IllegalStateException if a brand
    /// stands there twice, which the door refuses.
    static PublicShares of(Atlas atlas, DemandSettings s) {
        Map<String, MarketFact> rows = atlas.market().stream()
                .filter(f -> f.place().equals(s.place()) && f.table().equals(s.table()) && f.period().equals(s.period()) && f.measure().equals(s.measure()) && f.sharePct() != null)
                .collect(Collectors.toMap(MarketFact::brand, Function.identity()));
        if (rows.isEmpty())
            throw new IllegalArgumentException("market.csv has no shares (" + s.measure() + ") of " + s.table() + " for " + s.place() + " in " + s.period() + ". Choose a table, period and measure that are present.");
        double named = 0;
        for (Brand b : atlas.brands()) if (!b.rest()) named += share(rows.get(b.id()), b, s);
        double left = 1 - named;
        List<Double> shares = atlas.brands().stream().map(b -> b.rest() ? left : share(rows.get(b.id()), b, s)).toList();
        if (shares.stream().anyMatch(x -> !(x > 0)))
            throw new IllegalArgumentException("The shares of " + s.table() + " " + s.period() + " leave a brand nothing (" + shares + "). Take it out of brands.csv, or correct market.csv.");
        return new PublicShares(atlas.brands(), shares);
    }

    private static double share(@Nullable MarketFact row, Brand b, DemandSettings s) {
        Double pct = row == null ? null : row.sharePct();
        if (pct == null)
            throw new IllegalArgumentException("market.csv has no share of " + b.id() + " in " + s.table() + " " + s.place() + " " + s.period() + ". Add the row, or take the brand out of brands.csv.");
        return pct / 100;
    }
}
