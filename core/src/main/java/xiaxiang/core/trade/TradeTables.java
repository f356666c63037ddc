package xiaxiang.core.trade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import xiaxiang.core.door.CsvTable;
import xiaxiang.core.register.FactTable.Where;
import xiaxiang.core.register.FactTable;

/// The tables of trade, and how they are written.
public final class TradeTables {
    /// sellout.csv.
    public static final FactTable SELL_OUT = FactTable.of("sellout", "sell_out", List.of("shop", "brand", "period"), Where.AT_SHOP, "shop COLLATE \"C\", brand COLLATE \"C\", period", "shop brand period units#");

    private TradeTables() {}

    /// Writes sellout.csv, which must not be there.
    public static void writeSellOut(List<SellOut> sellOut, Path folder) throws IOException {
        try (var csv = new CsvTable(folder.resolve("sellout.csv"), SELL_OUT.header())) {
            for (SellOut s : sellOut) csv.row(s.shop(), s.brand(), period(s), s.units(), s.provenance().source(), s.provenance().kind());
        }
    }

    /// A row covers what it covers: a year, a quarter or a month, written so; longer spells only arise when rows are added up.
    private static String period(SellOut s) {
        return switch (s.months()) {
            case 1 -> s.from().toString();
            case 3 -> s.from().getYear() + "Q" + (1 + s.from().getMonthValue() / 3);
            default -> Integer.toString(s.from().getYear());
        };
    }
}
