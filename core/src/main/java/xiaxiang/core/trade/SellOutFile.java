package xiaxiang.core.trade;

import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.FactRow;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;

/// sellout.csv: units sold to consumers by shop, brand and period. Optional.
public final class SellOutFile {
    private static final Columns COLUMNS = Columns.of("shop", "brand", "period", "units", "source", "kind");
    private static final Pattern PERIOD = Pattern.compile("(\\d{4})(?:Q([1-4])|-(0[1-9]|1[0-2]))?");

    /// A period as read.
    private record Months(YearMonth from, int count) {}

    private final Map<String, Shop> shops;
    private final Map<String, List<SellOut>> byShopBrand = new HashMap<>();
    private final List<SellOut> rows = new ArrayList<>();

    private SellOutFile(Atlas atlas) {
        shops = atlas.shops().stream().collect(Collectors.toMap(Shop::id, s -> s, (a, _) -> a));
    }

    /// The sell-out of a workspace folder, in the file's order; none if there is no sellout.csv. `atlas` holds the shops, synthetic ones included.
    public static List<SellOut> read(Path folder, Atlas atlas, Problems problems) {
        var file = new SellOutFile(atlas);
        CsvFile.read(folder, "sellout", COLUMNS, problems, file::row);
        return List.copyOf(file.rows);
    }

    private void row(Row row) {
        String id = row.required("shop");
        Shop shop = shops.get(id);
        if (!id.isEmpty() && shop == null) row.unknown("shop", id, Rule.UNKNOWN_SHOP, shops.keySet().stream().sorted().toList());
        String brand = row.required("brand");
        if (shop != null && !brand.isEmpty() && !shop.brands().contains(brand)) row.problem("brand", Rule.NOT_CARRIED, String.join(" ", shop.brands()));
        Months months = months(row);
        long units = row.whole("units", 0, 10_000_000);
        Provenance provenance = FactRow.provenance(row);
        if (months == null || !row.good()) return;
        SellOut sold = new SellOut(id, brand, months.from(), months.count(), units, provenance);
        List<SellOut> others = byShopBrand.computeIfAbsent(id + "\n" + brand, _ -> new ArrayList<>());
        for (SellOut o : others) if (o.from().isBefore(sold.until()) && sold.from().isBefore(o.until())) row.problem("period", Rule.OVERLAPS, o.from() + " + " + o.months());
        others.add(sold);
        if (row.good()) rows.add(sold);
    }

    private static @Nullable Months months(Row row) {
        String text = row.required("period");
        Matcher m = PERIOD.matcher(text);
        if (!m.matches()) {
            if (!text.isEmpty()) row.problem("period", Rule.NOT_A_PERIOD, "");
            return null;
        }
        int year = Integer.parseInt(m.group(1));
        if (m.group(2) != null) return new Months(YearMonth.of(year, 3 * Integer.parseInt(m.group(2)) - 2), 3);
        return m.group(3) != null ? new Months(YearMonth.of(year, Integer.parseInt(m.group(3))), 1) : new Months(YearMonth.of(year, 1), 12);
    }
}
