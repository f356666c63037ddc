package xiaxiang.core.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;

/// The demo county's tables, row by row.
final class DemoFacts {
    private DemoFacts() {}

    /// The rows of a table of the demo county.
    static List<Row> rows(String table) {
        var rows = new ArrayList<Row>();
        var problems = new Problems();
        assertThat(CsvFile.read(SharedAtlas.demo(), table, Columns.of("source", "kind").ignoringOthers(), problems, rows::add)).as(table).isTrue();
        assertThat(problems.text(Locale.ENGLISH)).as(table).isEmpty();
        return rows;
    }

    static Provenance provenance(Row row) {
        return new Provenance(row.required("source"), row.choice("kind", Kind.class));
    }

    /// Brands, models, channels and market of the demo, without places.
    static Atlas market() {
        List<Brand> brands = rows("brands").stream().map(row -> new Brand(row.text("id"), row.text("name"), row.text("name_en"), row.text("colour"), row.number("online_share", 0, 1),
                row.flagOr("rest", false), provenance(row))).toList();
        List<Model> models = rows("models").stream().map(row -> new Model(row.text("brand"), row.text("model"), row.text("band"), row.whole("price_fen", 1, 1L << 40),
                row.whole("brand_margin_fen", 0, 1L << 40), row.whole("dealer_margin_fen", 0, 1L << 40), provenance(row))).toList();
        List<ChannelFact> channels = rows("channels").stream().map(row -> new ChannelFact(row.text("period"), row.text("place"), row.text("brand"), row.text("measure"),
                row.number("value", -1e15, 1e15), row.text("unit"), row.text("note"), provenance(row))).toList();
        List<MarketFact> market = rows("market").stream().map(row -> new MarketFact(row.text("place"), row.text("period"), row.text("table"), row.text("brand"), row.text("measure"),
                row.numberOrNull("share_pct", 0, 100), row.numberOrNull("units_million", 0, 1e6), row.number("rounding_pct", 0, 100), row.text("note"), provenance(row))).toList();
        return new Atlas(List.of(), List.of(), List.of(), brands, models, List.of(), List.of(), channels, market, null);
    }

    /// Those facts at other places.
    static Atlas with(Atlas facts, Atlas places) {
        return new Atlas(places.levels(), places.divisions(), places.people(), facts.brands(), facts.models(), List.of(), List.of(), facts.channels(), facts.market(), null);
    }
}
