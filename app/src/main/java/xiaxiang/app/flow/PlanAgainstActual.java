package xiaxiang.app.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.db.Territory;
import xiaxiang.core.share.Period;
import xiaxiang.core.trade.SellOutStore;

/// VERDICT, in passing: what a plan's sites sold, beside what the plan foretold for the same sites and months.
///
/// Like is compared with like: a site counts in a period once it is open by the plan and has reported. A wave is a quarter, named by its label; where a label is none, nothing is
/// foretold for its sites.
public final class PlanAgainstActual {
    private static final String KEPT = "-KEEP";
    private static final int MONTHS = 12;

    private PlanAgainstActual() {}

    /// One period: `units` sold by the `sites` that reported, of which a part may be made up (`kind` is then synthetic); `planned` for the same, null where the plan says nothing,
    /// and `low` to `high` around it in proportion to the interval of the plan's net units, null where it has none.
    public record Compared(String period, long units, @Nullable Double planned, @Nullable Double low, @Nullable Double high, int sites, Kind kind) {}

    private record Site(String shop, int wave, double unitsYear) {}

    /// The rows of a plan, from its report data, by period.
    public static List<Compared> of(Handle handle, Territory territory, JsonNode report) {
        Map<String, Site> sites = sites(handle, report);
        if (sites.isEmpty()) return List.of();
        return of(report, sites, SellOutStore.of(handle, territory, report.path("brand").asString(""), sites.keySet()));
    }

    private static List<Compared> of(JsonNode report, Map<String, Site> sites, List<SellOutStore.Sold> sold) {
        List<@Nullable Integer> starts = new ArrayList<>();
        for (JsonNode wave : report.path("waves")) starts.add(month(wave.path("label").path("zh").asString("")));
        JsonNode net = report.path("answer").path("netUnits");
        Map<String, List<SellOutStore.Sold>> byPeriod = new TreeMap<>(Comparator.comparingInt(PlanAgainstActual::order).thenComparing(p -> p));
        for (SellOutStore.Sold one : sold) byPeriod.computeIfAbsent(one.period(), _ -> new ArrayList<>()).add(one);
        List<Compared> rows = new ArrayList<>();
        byPeriod.forEach((period, all) -> {
            Compared row = row(period, all, sites, starts, net);
            if (row != null) rows.add(row);
        });
        return rows;
    }

    private static @Nullable Compared row(String period, List<SellOutStore.Sold> sold, Map<String, Site> sites, List<@Nullable Integer> starts, JsonNode net) {
        Integer first = first(period);
        if (first == null) return null;
        int months = months(period);
        double planned = 0;
        long units = 0;
        int count = 0;
        boolean foretold = true;
        Kind kind = Kind.OBSERVED;
        for (SellOutStore.Sold one : sold) {
            Site site = sites.get(one.shop());
            if (site == null) continue;
            Integer opens = site.wave() == 0 ? (Integer) 0 : site.wave() <= starts.size() ? starts.get(site.wave() - 1) : null;
            if (opens == null) foretold = false;
            int open = opens == null ? months : Math.clamp((long) first + months - opens, 0, months);
            if (open == 0) continue;
            planned += site.unitsYear() * open / MONTHS;
            units += one.units();
            count++;
            if (one.kind() != Kind.OBSERVED) kind = one.kind();
        }
        if (count == 0) return null;
        Double said = foretold ? (Double) planned : null;
        return new Compared(period, units, said, part(said, net, "low"), part(said, net, "high"), count, kind);
    }

    private static @Nullable Double part(@Nullable Double planned, JsonNode net, String side) {
        double value = net.path("value").asDouble(0);
        return planned == null || value <= 0 || !net.path(side).isNumber() ? null : (Double) (planned * net.path(side).asDouble() / value);
    }

    /// The first month of a period, counted from year 0; null if it is none.
    private static @Nullable Integer first(String period) {
        if (period.matches("\\d{4}")) return MONTHS * Integer.parseInt(period);
        Period parsed = Period.parse(period);
        return parsed == null ? null : (Integer) (parsed.index() * (MONTHS / parsed.perYear()));
    }

    private static int order(String period) {
        Integer first = first(period);
        return first == null ? Integer.MAX_VALUE : first;
    }

    private static @Nullable Integer month(String label) {
        return first(label.toUpperCase(Locale.ROOT));
    }

    private static int months(String period) {
        Period parsed = Period.parse(period);
        return parsed == null ? MONTHS : MONTHS / parsed.perYear();
    }

    /// The plan's sites by the shop that reports for them: the shop signed, upgraded or kept, else a shop of the site's own id.
    private static Map<String, Site> sites(Handle handle, JsonNode report) {
        Map<String, Site> byId = new HashMap<>();
        for (JsonNode s : report.path("sites")) {
            if (s.path("action").asString("").equals("close")) continue;
            String id = s.path("id").asString("");
            String shop = id.endsWith(KEPT) ? id.substring(0, id.length() - KEPT.length()) : id;
            byId.put(id, new Site(shop, s.path("wave").asInt(0), s.path("units").asDouble(0)));
        }
        Map<String, Site> out = new HashMap<>();
        Map<String, String> shops = handle.createQuery("SELECT id, shop FROM site WHERE shop IS NOT NULL AND id = ANY (:ids)").bindArray("ids", String.class, List.copyOf(byId.keySet()))
                .reduceRows(new HashMap<>(), (map, row) -> {
                    map.put(row.getColumn("id", String.class), row.getColumn("shop", String.class));
                    return map;
                });
        byId.forEach((id, site) -> {
            String shop = shops.getOrDefault(id, site.shop());
            out.put(shop, new Site(shop, site.wave(), site.unitsYear()));
        });
        return out;
    }
}
