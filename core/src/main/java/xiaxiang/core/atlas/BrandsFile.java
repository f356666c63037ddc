package xiaxiang.core.atlas;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;

/// brands.csv and models.csv: who sells what at which price.
final class BrandsFile {
    static final Columns BRANDS = Columns.of("id", "name", "colour", "online_share", "source", "kind").with("name_en", "rest");
    static final Columns MODELS = Columns.of("brand", "model", "band", "price_fen", "brand_margin_fen", "dealer_margin_fen", "source", "kind");
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final long MOST_PRICE_FEN = 1_000_000_000L;

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Row> modelRows = new HashMap<>();
    private final Set<String> withModel = new HashSet<>();
    private final List<Brand> brands = new ArrayList<>();
    private final List<Model> models = new ArrayList<>();

    boolean readBrands(Path folder, Problems problems) {
        return CsvFile.read(folder, "brands", BRANDS, problems, this::brand);
    }

    boolean readModels(Path folder, Problems problems) {
        boolean there = CsvFile.read(folder, "models", MODELS, problems, this::model);
        if (!there) return false;
        for (Brand brand : brands) {
            Row row = rows.get(brand.id());
            if (row != null && !brand.rest() && !withModel.contains(brand.id())) row.problem("id", Rule.BRAND_WITHOUT_MODEL, "");
        }
        return true;
    }

    private void brand(Row row) {
        String id = row.required("id");
        FactRow.key(row, "id", id, rows);
        String colour = row.required("colour");
        if (!colour.isEmpty() && !COLOUR.matcher(colour).matches()) row.problem("colour", Rule.NOT_A_COLOUR, "");
        var brand = new Brand(id, row.required("name"), row.text("name_en"), colour, row.number("online_share", 0, 1), row.flagOr("rest", false),
                FactRow.provenance(row));
        if (row.good()) brands.add(brand);
    }

    private void model(Row row) {
        String brand = known(row, "brand", row.required("brand"));
        withModel.add(brand);
        String name = row.required("model");
        FactRow.key(row, "model", brand + "|" + name, modelRows);
        var model = new Model(brand, name, row.required("band"), row.whole("price_fen", 1, MOST_PRICE_FEN),
                row.whole("brand_margin_fen", 0, MOST_PRICE_FEN), row.whole("dealer_margin_fen", 0, MOST_PRICE_FEN), FactRow.provenance(row));
        if (row.good()) models.add(model);
    }

    /// The brand named, with a problem added if there is none such, unless no brand could be read at all; blank stays blank.
    String known(Row row, String column, String brand) {
        if (!brand.isEmpty() && !rows.isEmpty() && !rows.containsKey(brand)) row.unknown(column, brand, Rule.UNKNOWN_BRAND, rows.keySet());
        return brand;
    }

    List<Brand> brands() {
        return brands;
    }

    List<Model> models() {
        return models;
    }
}
