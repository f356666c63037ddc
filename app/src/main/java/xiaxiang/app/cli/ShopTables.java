package xiaxiang.app.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.CandidateSite;
import xiaxiang.core.atlas.Shop;

/// Writes shops.csv and sites.csv as docs/formats.md states them.
final class ShopTables {
    private ShopTables() {}

    static void write(Atlas atlas, Path folder) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("shops.csv"), StandardOpenOption.CREATE_NEW)) {
            csv.writeRecord("id", "name", "name_en", "division", "lon", "lat", "datum", "owner", "format", "brands", "units_month", "dealer_margin_fen", "promoters", "sign", "closing_fen",
                    "running_fen_year", "break_even_units_year", "source", "kind");
            for (Shop s : atlas.shops()) csv.writeRecord(row(s));
        }
        try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("sites.csv"), StandardOpenOption.CREATE_NEW)) {
            csv.writeRecord("id", "name", "name_en", "division", "lon", "lat", "datum", "action", "shop", "format", "promoters", "sign", "models_carried", "fit_out_fen", "running_fen_year",
                    "dealer_margin_fen", "break_even_units_year", "source", "kind");
            for (CandidateSite s : atlas.sites()) csv.writeRecord(row(s));
        }
    }

    private static List<String> row(Shop s) {
        return cells(s.id(), s.name(), s.nameEn(), s.division(), s.point().lon(), s.point().lat(), "WGS84", s.owner(), s.format(), String.join("|", s.brands()), map(s.unitsMonth()),
                map(s.dealerMarginFen()), s.promoters(), s.sign(), s.closingFen(), s.runningFenYear(), s.breakEvenUnitsYear(), s.provenance().source(), s.provenance().kind());
    }

    private static List<String> row(CandidateSite s) {
        return cells(s.id(), s.name(), s.nameEn(), s.division(), s.point().lon(), s.point().lat(), "WGS84", s.action(), s.shop(), s.format(), s.promoters(), s.sign(), s.modelsCarried(),
                s.fitOutFen(), s.runningFenYear(), s.dealerMarginFen(), s.breakEvenUnitsYear(), s.provenance().source(), s.provenance().kind());
    }

    private static String map(Map<String, ? extends Number> values) {
        return new TreeMap<>(values).entrySet().stream().map(e -> e.getKey() + ":" + e.getValue()).collect(Collectors.joining("|"));
    }

    private static List<String> cells(@Nullable Object... values) {
        return Stream.of(values).map(v -> v == null ? "" : v instanceof Enum<?> e ? e.name().toLowerCase(Locale.ROOT) : v.toString()).toList();
    }
}
