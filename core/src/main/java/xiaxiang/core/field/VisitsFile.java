package xiaxiang.core.field;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Brand;
import xiaxiang.core.atlas.DatedCodes;
import xiaxiang.core.atlas.Division;
import xiaxiang.core.atlas.FactRow;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;

/// visits.csv: what was heard in the field. Optional.
public final class VisitsFile {
    private static final Columns COLUMNS = Columns.of("date", "division", "who", "quote", "source", "kind")
            .with("shop", "quote_en", "need", "need_en", "brand", "rival_margin_fen", "price_fen", "units_month");
    private static final long MOST_FEN = 1_000_000_000L;

    private final Set<String> divisions;
    private final Set<String> shops;
    private final Set<String> brands;
    private final DatedCodes dated;
    private final List<Visit> visits = new ArrayList<>();

    private VisitsFile(Atlas atlas) {
        divisions = atlas.divisions().stream().map(Division::code).collect(Collectors.toSet());
        shops = atlas.shops().stream().map(Shop::id).collect(Collectors.toSet());
        brands = atlas.brands().stream().map(Brand::id).collect(Collectors.toSet());
        dated = DatedCodes.of(atlas.divisions());
    }

    /// The visits of a workspace folder, in the file's order; none if there is no visits.csv.
    public static List<Visit> read(Path folder, Atlas atlas, Problems problems) {
        var file = new VisitsFile(atlas);
        CsvFile.read(folder, "visits", COLUMNS, problems, file::row);
        return List.copyOf(file.visits);
    }

    private void row(Row row) {
        row.required("date");
        LocalDate date = row.dateOrNull("date");
        String division = division(row);
        String shop = known(row, "shop", Rule.UNKNOWN_SHOP, shops);
        String brand = known(row, "brand", Rule.UNKNOWN_BRAND, brands);
        Visit.Who who = row.choice("who", Visit.Who.class);
        String quote = row.required("quote");
        Long marginFen = row.wholeOrNull("rival_margin_fen", 0, MOST_FEN);
        Long priceFen = row.wholeOrNull("price_fen", 0, MOST_FEN);
        Integer units = units(row.wholeOrNull("units_month", 0, 1_000_000));
        Provenance provenance = FactRow.provenance(row);
        if (date == null || !row.good()) return;
        visits.add(new Visit(date, division, shop.isEmpty() ? null : shop, who, quote, row.text("quote_en"), row.text("need"), row.text("need_en"),
                brand, marginFen, priceFen, units, provenance));
    }

    private static @Nullable Integer units(@Nullable Long number) {
        return number == null ? null : (Integer) number.intValue();
    }

    private String division(Row row) {
        String code = row.required("division");
        if (!code.isEmpty() && !divisions.isEmpty() && !divisions.contains(code)) row.unknown("division", code, Rule.UNKNOWN_DIVISION, sorted(divisions));
        List<String> all = dated.currentAll(code);
        if (all.size() > 1) row.problem("division", Rule.SPLIT_CODE, String.join(" ", all));
        return dated.current(code);
    }

    private static String known(Row row, String column, Rule rule, Set<String> known) {
        String name = row.text(column);
        if (!name.isEmpty() && !known.contains(name)) row.unknown(column, name, rule, sorted(known));
        return name;
    }

    /// The nearest name offered must not depend on the order of a hash.
    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
