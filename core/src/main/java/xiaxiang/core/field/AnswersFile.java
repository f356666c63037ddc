package xiaxiang.core.field;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Brand;
import xiaxiang.core.atlas.DemandPoint;
import xiaxiang.core.atlas.FactRow;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;

/// answers.csv: what shoppers said they bought. Optional.
public final class AnswersFile {
    private static final Columns COLUMNS = Columns.of("id", "date", "point", "bought", "source", "kind").with("brand", "shop", "price_fen", "weight");
    private static final long MOST_FEN = 10_000_000L;

    /// Where the phone was bought, if it was.
    private enum Where { SHOP, ONLINE, NOTHING }

    private final Set<String> points;
    private final Map<String, Shop> shops;
    private final Set<String> brands;
    private final Map<String, Long> seen = new HashMap<>();
    private final List<Answer> answers = new ArrayList<>();

    private AnswersFile(Atlas atlas, List<DemandPoint> points) {
        this.points = points.stream().map(DemandPoint::code).collect(Collectors.toCollection(TreeSet::new));
        shops = atlas.shops().stream().collect(Collectors.toMap(Shop::id, s -> s, (a, _) -> a));
        brands = atlas.brands().stream().map(Brand::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /// The answers of a workspace folder, in the file's order; none if there is no answers.csv. `atlas` holds the shops, synthetic ones included;
    /// `points` are its demand points.
    public static List<Answer> read(Path folder, Atlas atlas, List<DemandPoint> points, Problems problems) {
        var file = new AnswersFile(atlas, points);
        CsvFile.read(folder, "answers", COLUMNS, problems, file::row);
        return List.copyOf(file.answers);
    }

    private void row(Row row) {
        String id = row.required("id");
        Long first = seen.putIfAbsent(id, row.line());
        if (first != null && !id.isEmpty()) row.problem("id", Rule.DUPLICATE_KEY, Long.toString(first));
        row.required("date");
        LocalDate date = row.dateOrNull("date");
        String point = row.required("point");
        if (!point.isEmpty() && !points.contains(point)) row.unknown("point", point, Rule.UNKNOWN_DIVISION, points);
        Answer.Bought bought = bought(row, row.choice("bought", Where.class));
        Long priceFen = row.wholeOrNull("price_fen", 1, MOST_FEN);
        double weight = row.has("weight") ? row.number("weight", 1e-9, 1e9) : 1;
        Provenance provenance = FactRow.provenance(row);
        if (date != null && bought != null && row.good()) answers.add(new Answer(id, date, point, bought, priceFen, weight, provenance));
    }

    private Answer.@Nullable Bought bought(Row row, Where where) {
        return switch (where) {
            case NOTHING -> nothing(row);
            case ONLINE -> {
                if (row.has("shop")) row.problem("shop", Rule.CONTRADICTION, "bought");
                yield new Answer.Bought.Online(brand(row));
            }
            case SHOP -> new Answer.Bought.InShop(brand(row), shop(row));
        };
    }

    private static Answer.Bought nothing(Row row) {
        for (String column : List.of("brand", "shop", "price_fen")) if (row.has(column)) row.problem(column, Rule.CONTRADICTION, "bought");
        return new Answer.Bought.Nothing();
    }

    private String brand(Row row) {
        String brand = row.required("brand");
        if (!brand.isEmpty() && !brands.contains(brand)) row.unknown("brand", brand, Rule.UNKNOWN_BRAND, brands);
        return brand;
    }

    private String shop(Row row) {
        String id = row.required("shop");
        Shop shop = shops.get(id);
        if (!id.isEmpty() && shop == null) row.unknown("shop", id, Rule.UNKNOWN_SHOP, shops.keySet().stream().sorted().toList());
        if (shop != null && row.has("brand") && !shop.brands().contains(row.text("brand"))) row.problem("brand", Rule.NOT_CARRIED, String.join(" ", shop.brands()));
        return id;
    }
}
