package xiaxiang.core.field;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import xiaxiang.core.door.CsvTable;
import xiaxiang.core.register.FactTable.Where;
import xiaxiang.core.register.FactTable;

/// The tables of the field, and how they are written.
public final class FieldTables {
    /// visits.csv. A visit has no number: one is known by all it says.
    public static final FactTable VISITS = FactTable.of("visits", "visit", List.of(), Where.IN_PLACE, "id",
            "date@ division=place shop? who quote quote_en need need_en brand rival_margin_fen# price_fen# units_month#");
    /// answers.csv.
    public static final FactTable ANSWERS = FactTable.of("answers", "answer", List.of("id"), Where.IN_PLACE, "id COLLATE \"C\"", "id date@ point=place bought brand shop? price_fen# weight.");

    private FieldTables() {}

    /// Writes visits.csv, which must not be there.
    public static void writeVisits(List<Visit> visits, Path folder) throws IOException {
        try (var csv = new CsvTable(folder.resolve("visits.csv"), VISITS.header())) {
            for (Visit v : visits) csv.row(v.date(), v.division(), v.shop(), v.who(), v.quote(), v.quoteEn(), v.need(), v.needEn(), v.brand(), v.rivalMarginFen(), v.priceFen(), v.unitsMonth(),
                    v.provenance().source(), v.provenance().kind());
        }
    }

    /// Writes answers.csv, which must not be there.
    public static void writeAnswers(List<Answer> answers, Path folder) throws IOException {
        try (var csv = new CsvTable(folder.resolve("answers.csv"), ANSWERS.header())) {
            for (Answer a : answers) {
                List<String> bought = switch (a.bought()) {
                    case Answer.Bought.Nothing() -> List.of("nothing", "", "");
                    case Answer.Bought.Online(String brand) -> List.of("online", brand, "");
                    case Answer.Bought.InShop(String brand, String shop) -> List.of("shop", brand, shop);
                };
                csv.row(a.id(), a.date(), a.point(), bought.get(0), bought.get(1), bought.get(2), a.priceFen(), a.weight(), a.provenance().source(), a.provenance().kind());
            }
        }
    }
}
