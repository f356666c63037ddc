package xiaxiang.app.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import xiaxiang.app.flow.FitDemand;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.field.Answer;
import xiaxiang.core.field.AnswersFile;
import xiaxiang.core.trade.SellOut;
import xiaxiang.core.trade.SellOutFile;

/// Writes answers.csv and sellout.csv as docs/formats.md states them.
final class DemandTables {
    private DemandTables() {}

    static void write(FitDemand demand, Path folder) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("answers.csv"), StandardOpenOption.CREATE_NEW)) {
            csv.writeRecord(AnswersFile.HEADER);
            for (Answer a : demand.answers()) csv.writeRecord(row(a));
        }
        try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("sellout.csv"), StandardOpenOption.CREATE_NEW)) {
            csv.writeRecord(SellOutFile.HEADER);
            for (SellOut s : demand.sellOut()) csv.writeRecord(row(s, s.provenance()));
        }
    }

    private static List<String> row(Answer a) {
        List<String> bought = switch (a.bought()) {
            case Answer.Bought.Nothing() -> List.of("nothing", "", "");
            case Answer.Bought.Online(String brand) -> List.of("online", brand, "");
            case Answer.Bought.InShop(String brand, String shop) -> List.of("shop", brand, shop);
        };
        return List.of(a.id(), a.date().toString(), a.point(), bought.get(0), bought.get(1), bought.get(2), a.priceFen() == null ? "" : a.priceFen().toString(), Double.toString(a.weight()),
                a.provenance().source(), kind(a.provenance()));
    }

    /// A row covers what it covers: a year, a quarter or a month, written so; longer spells only arise when rows are added up.
    private static List<String> row(SellOut s, Provenance p) {
        String period = switch (s.months()) {
            case 1 -> s.from().toString();
            case 3 -> s.from().getYear() + "Q" + (1 + s.from().getMonthValue() / 3);
            default -> Integer.toString(s.from().getYear());
        };
        return List.of(s.shop(), s.brand(), period, Long.toString(s.units()), p.source(), kind(p));
    }

    private static String kind(Provenance p) {
        return p.kind().name().toLowerCase(Locale.ROOT);
    }
}
