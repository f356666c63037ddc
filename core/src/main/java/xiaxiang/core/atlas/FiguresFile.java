package xiaxiang.core.atlas;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;

/// channels.csv and market.csv: public figures. Their brands are those of the source, "Others" and "Total" too, and need not be ours.
final class FiguresFile {
    static final Columns CHANNELS = Columns.of("period", "measure", "value", "unit", "source", "kind").with("place", "brand", "note");
    static final Columns MARKET = Columns.of("place", "period", "table", "brand", "measure", "share_pct", "rounding_pct", "source", "kind")
            .with("units_million", "lists_top", "note");
    /// Shares rounded to 0.1 of some ten brands may add up to a little more than all.
    private static final double MOST_PCT = 100.5;
    private static final String LISTS_TOP = "lists_top";
    private static final int MOST_LISTED = 100;
    private static final String OTHERS = "Others";
    /// Rows that add up others of their table, written "Total" or "Top5".
    private static final Pattern SUMS = Pattern.compile("(?i)total|top *\\d+");

    private final Map<String, Row> rows = new HashMap<>();
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private final Map<String, Row> lasts = new HashMap<>();
    private final Map<String, Listing> listings = new LinkedHashMap<>();
    private final List<ChannelFact> channels = new ArrayList<>();
    private final List<MarketFact> market = new ArrayList<>();

    void readChannels(Path folder, Problems problems) {
        CsvFile.read(folder, "channels", CHANNELS, problems, this::channel);
    }

    boolean readMarket(Path folder, Problems problems) {
        boolean there = CsvFile.read(folder, "market", MARKET, problems, this::market);
        sums.forEach((table, sum) -> {
            Row last = lasts.get(table);
            if (last != null && sum > MOST_PCT) last.problem("share_pct", Rule.SHARES_EXCEED, String.format(Locale.ROOT, "%.1f", sum));
        });
        listings.values().forEach(Listing::check);
        return there;
    }

    /// What the rows of one table say it lists: the first row, whose lists_top the others must repeat, and the brands they name.
    private record Listing(Row first, @Nullable Long top, Set<String> brands) {
        void add(Row row, String brand, @Nullable Long again) {
            if (!Objects.equals(top, again)) row.problem(LISTS_TOP, Rule.LISTS_DIFFER, Long.toString(first.line()));
            if (!brand.equals(OTHERS) && !SUMS.matcher(brand).matches()) brands.add(brand);
        }

        void check() {
            if (top != null && top > brands.size()) first.problem(LISTS_TOP, Rule.LISTS_TOO_FEW, Integer.toString(brands.size()));
        }
    }

    private void channel(Row row) {
        var fact = new ChannelFact(row.required("period"), row.text("place"), row.text("brand"), row.required("measure"),
                row.number("value", -1e15, 1e15), row.required("unit"), row.text("note"), FactRow.provenance(row));
        if (row.good()) channels.add(fact);
    }

    private void market(Row row) {
        Long top = row.wholeOrNull(LISTS_TOP, 1, MOST_LISTED);
        var fact = new MarketFact(row.required("place"), row.required("period"), row.required("table"), row.required("brand"),
                row.required("measure"), row.numberOrNull("share_pct", 0, 100), row.numberOrNull("units_million", 0, 1e6),
                row.number("rounding_pct", 0, 10), top == null ? null : top.intValue(), row.text("note"), FactRow.provenance(row));
        String table = String.join("|", fact.place(), fact.period(), fact.table(), fact.measure());
        FactRow.key(row, "brand", table + "|" + fact.brand(), rows);
        listings.computeIfAbsent(table, _ -> new Listing(row, top, new HashSet<>())).add(row, fact.brand(), top);
        if (!row.good()) return;
        market.add(fact);
        Double share = fact.sharePct();
        if (share == null || SUMS.matcher(fact.brand()).matches()) return;
        sums.merge(table, share, Double::sum);
        lasts.put(table, row);
    }

    List<ChannelFact> channels() {
        return channels;
    }

    List<MarketFact> market() {
        return market;
    }
}
