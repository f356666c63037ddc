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
final class ShopsFile implements Surroundings {
    static final Columns SHOPS = Columns.of("id", "name", "division", "lon", "lat", "datum", "owner", "format", "brands", "running_fen_year", "source", "kind")
            .with("name_en", "units_month", "dealer_margin_fen", "promoters", "sign", "closing_fen", "break_even_units_year");
    static final Columns SITES = Columns.of("id", "name", "division", "lon", "lat", "datum", "action", "shop", "format", "models_carried",
            "fit_out_fen", "running_fen_year", "dealer_margin_fen", "source", "kind").with("name_en", "promoters", "sign", "break_even_units_year");

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
        FactRow.key(row, "id", row.required("id"), shopRows);
        Shop shop = ShopRow.shop(row, this);
        if (shop != null) shops.add(shop);
    }

    private void site(Row row) {
        FactRow.key(row, "id", row.required("id"), siteRows);
        CandidateSite site = ShopRow.site(row, this);
        if (site != null) sites.add(site);
    }

    @Override
    public String division(Row row, String column) {
        return divisions.current(row, column);
    }

    @Override
    public void brand(Row row, String column, String brand) {
        brands.known(row, column, brand);
    }

    @Override
    public void point(Row row, String division, LonLat point) {
        region.check(row, division, point);
    }

    @Override
    public @Nullable String owner(Row row, String column, String shop) {
        Row there = shopRows.get(shop);
        if (there != null) return there.text("owner");
        row.unknown(column, shop, Rule.UNKNOWN_SHOP, shopRows.keySet());
        return null;
    }

    List<Shop> shops() {
        return shops;
    }

    List<CandidateSite> sites() {
        return sites;
    }
}
