package xiaxiang.core.atlas;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;
import xiaxiang.engine.geo.LonLat;

/// shops.csv and sites.csv: what stands today and what could.
final class ShopsFile {
    static final Columns SHOPS = Columns.of("id", "name", "division", "lon", "lat", "datum", "owner", "format", "brands", "running_fen_year", "source", "kind")
            .with("name_en", "units_month", "dealer_margin_fen", "promoters", "sign", "closing_fen", "break_even_units_year");
    static final Columns SITES = Columns.of("id", "name", "division", "lon", "lat", "datum", "action", "shop", "format", "models_carried",
            "fit_out_fen", "running_fen_year", "dealer_margin_fen", "source", "kind").with("name_en", "promoters", "sign", "break_even_units_year");
    private static final long MOST_PROMOTERS = 1_000;
    private static final long MOST_UNITS = 1_000_000_000L;

    private final DivisionsFile divisions;
    private final BrandsFile brands;
    private final Region region;
    private final Map<String, Row> shopRows = new LinkedHashMap<>();
    private final Map<String, Row> siteRows = new HashMap<>();
    private final List<Shop> shops = new ArrayList<>();
    private final List<CandidateSite> sites = new ArrayList<>();

    ShopsFile(DivisionsFile divisions, BrandsFile brands, Region region) {
        this.divisions = divisions;
        this.brands = brands;
        this.region = region;
    }

    void read(Path folder, Problems problems) {
        CsvFile.read(folder, "shops", SHOPS, problems, this::shop);
        CsvFile.read(folder, "sites", SITES, problems, this::site);
    }

    private void shop(Row row) {
        String id = row.required("id");
        FactRow.key(row, "id", id, shopRows);
        LonLat point = FactRow.point(row);
        String division = divisions.current(row, "division");
        if (row.good()) region.check(row, division, point);
        Shop.Owner owner = row.choice("owner", Shop.Owner.class);
        List<String> carried = row.list("brands");
        if (carried.isEmpty()) row.required("brands");
        for (String brand : carried) brands.known(row, "brands", brand);
        Long closingFen = row.wholeOrNull("closing_fen", 0, FactRow.MOST_FEN);
        if (closingFen != null && row.has("owner") && owner != Shop.Owner.OWN) row.problem("closing_fen", Rule.NOT_OWN, "");
        var units = new HashMap<String, Integer>();
        byBrand(row, "units_month", 1_000_000).forEach((brand, count) -> units.put(brand, count.intValue()));
        var shop = new Shop(id, row.required("name"), row.text("name_en"), division, point, owner, row.choice("format", Shop.Format.class), carried,
                units, byBrand(row, "dealer_margin_fen", FactRow.MOST_FEN), (int) row.wholeOr("promoters", 0, MOST_PROMOTERS, 0),
                row.flagOr("sign", false), closingFen, row.whole("running_fen_year", 0, FactRow.MOST_FEN),
                row.numberOr("break_even_units_year", 0, MOST_UNITS, 0), FactRow.provenance(row));
        if (row.good()) shops.add(shop);
    }

    private Map<String, Long> byBrand(Row row, String column, long most) {
        Map<String, Long> map = row.map(column, 0, most);
        for (String brand : map.keySet()) brands.known(row, column, brand);
        return map;
    }

    private void site(Row row) {
        String id = row.required("id");
        FactRow.key(row, "id", id, siteRows);
        LonLat point = FactRow.point(row);
        String division = divisions.current(row, "division");
        if (row.good()) region.check(row, division, point);
        CandidateSite.Action action = row.choice("action", CandidateSite.Action.class);
        String shop = shopOf(row, action);
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
        if (!row.good()) return;
        sites.add(new CandidateSite(id, name, row.text("name_en"), division, point, action, shop, format, promoters, sign, models, fitOutFen,
                runningFenYear, marginFen, breakEven, provenance));
    }

    /// The shop a site signs or upgrades, null if it opens an empty place.
    private @Nullable String shopOf(Row row, CandidateSite.Action action) {
        if (!row.has("action")) return null;
        if (action == CandidateSite.Action.OPEN) {
            if (row.has("shop")) row.problem("shop", Rule.WRONG_SHOP, "open");
            return null;
        }
        String id = row.required("shop");
        if (id.isEmpty()) return null;
        Row shop = shopRows.get(id);
        if (shop == null) {
            row.unknown("shop", id, Rule.UNKNOWN_SHOP, shopRows.keySet());
            return null;
        }
        boolean own = shop.text("owner").equalsIgnoreCase("own");
        if (own != (action == CandidateSite.Action.UPGRADE)) row.problem("shop", Rule.WRONG_SHOP, shop.text("owner"));
        return id;
    }

    List<Shop> shops() {
        return shops;
    }

    List<CandidateSite> sites() {
        return sites;
    }
}
