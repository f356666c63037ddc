package xiaxiang.core.atlas;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;
import xiaxiang.engine.geo.LonLat;

/// The rules of one row of shops.csv or sites.csv, wherever the row comes from.
public final class ShopRow {
    private static final long MOST_PROMOTERS = 1_000;
    private static final long MOST_UNITS = 1_000_000_000L;

    private ShopRow() {}

    /// The shop of a row, null if anything is wrong with it.
    public static @Nullable Shop shop(Row row, Surroundings known) {
        LonLat point = FactRow.point(row);
        String division = known.division(row, "division");
        if (row.good()) known.point(row, division, point);
        Shop.Owner owner = row.choice("owner", Shop.Owner.class);
        List<String> carried = row.list("brands");
        if (carried.isEmpty()) row.required("brands");
        for (String brand : carried) known.brand(row, "brands", brand);
        Long closingFen = row.wholeOrNull("closing_fen", 0, FactRow.MOST_FEN);
        if (closingFen != null && row.has("owner") && owner != Shop.Owner.OWN) row.problem("closing_fen", Rule.NOT_OWN, "");
        var units = new HashMap<String, Integer>();
        byBrand(row, known, "units_month", 1_000_000).forEach((brand, count) -> units.put(brand, count.intValue()));
        var shop = new Shop(row.text("id"), row.required("name"), row.text("name_en"), division, point, owner, row.choice("format", Shop.Format.class), carried,
                units, byBrand(row, known, "dealer_margin_fen", FactRow.MOST_FEN), (int) row.wholeOr("promoters", 0, MOST_PROMOTERS, 0),
                row.flagOr("sign", false), closingFen, row.whole("running_fen_year", 0, FactRow.MOST_FEN),
                row.numberOr("break_even_units_year", 0, MOST_UNITS, 0), FactRow.provenance(row));
        return row.good() ? shop : null;
    }

    private static Map<String, Long> byBrand(Row row, Surroundings known, String column, long most) {
        Map<String, Long> map = row.map(column, 0, most);
        for (String brand : map.keySet()) known.brand(row, column, brand);
        return map;
    }

    /// The site of a row, null if anything is wrong with it.
    public static @Nullable CandidateSite site(Row row, Surroundings known) {
        LonLat point = FactRow.point(row);
        String division = known.division(row, "division");
        if (row.good()) known.point(row, division, point);
        CandidateSite.Action action = row.choice("action", CandidateSite.Action.class);
        String shop = shopOf(row, known, action);
        Shop.Format format = row.choice("format", Shop.Format.class);
        int promoters = (int) row.wholeOr("promoters", 0, MOST_PROMOTERS, 0);
        int models = (int) row.whole("models_carried", 1, 10_000);
        long fitOutFen = row.whole("fit_out_fen", 0, FactRow.MOST_FEN);
        long runningFenYear = row.whole("running_fen_year", 0, FactRow.MOST_FEN);
        long marginFen = row.whole("dealer_margin_fen", 0, FactRow.MOST_FEN);
        double breakEven = row.numberOr("break_even_units_year", 0, MOST_UNITS, 0);
        boolean sign = row.flagOr("sign", false);
        String name = row.required("name");
        Provenance provenance = FactRow.provenance(row);
        if (!row.good()) return null;
        return new CandidateSite(row.text("id"), name, row.text("name_en"), division, point, action, shop, format, promoters, sign, models, fitOutFen,
                runningFenYear, marginFen, breakEven, provenance);
    }

    /// The shop a site signs or upgrades, null if it opens an empty place.
    private static @Nullable String shopOf(Row row, Surroundings known, CandidateSite.Action action) {
        if (!row.has("action")) return null;
        if (action == CandidateSite.Action.OPEN) {
            if (row.has("shop")) row.problem("shop", Rule.WRONG_SHOP, "open");
            return null;
        }
        String id = row.required("shop");
        if (id.isEmpty()) return null;
        String owner = known.owner(row, "shop", id);
        if (owner == null) return null;
        boolean own = owner.equalsIgnoreCase("own");
        if (own != (action == CandidateSite.Action.UPGRADE)) row.problem("shop", Rule.WRONG_SHOP, owner);
        return id;
    }
}
