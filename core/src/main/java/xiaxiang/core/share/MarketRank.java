package xiaxiang.core.share;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.MarketFact;
import xiaxiang.core.share.RankTable.Quarter;

/// Ranks a brand in public tables, as far as they allow.
///
/// A published share lies within half its rounding step; in the probability it also errs by the spread between sources that publish the same brand,
/// place and quarter. A brand that is named in other quarters of a place but not in this one hides in "Others": its share lies between 0 and the smaller of
/// Others and 1.25 times the largest share ever published of it there. Brands never named anywhere are taken to be smaller than the smallest named one.
/// P(rank <= 5) is the part of 20,000 seeded draws of all shares, each uniform in its interval plus a normal error of the spread.
public final class MarketRank {
    private static final int DRAWS = 20_000;
    private static final int TOP = 5;
    private static final double ROOM_ABOVE_PUBLISHED = 1.25;
    private static final String OTHERS = "Others";
    private static final Set<String> NO_BRAND = Set.of(OTHERS, "Total", "Top5");

    private final String brand;
    private final List<MarketFact> facts;
    private final double sourceSpreadPct;

    private MarketRank(List<MarketFact> market, String brand) {
        this.brand = brand;
        facts = market.stream().filter(f -> f.sharePct() != null && f.period().matches("\\d{4}Q[1-4]")).toList();
        sourceSpreadPct = sourceSpread(facts);
    }

    /// The rank tables of a brand, one for each place and table with at least one quarter of shares between `from` and `to` (such as 2016Q1).
    public static List<RankTable> of(List<MarketFact> market, String brand, String from, String to) {
        MarketRank ranks = new MarketRank(market, brand);
        Map<String, List<MarketFact>> tables = new LinkedHashMap<>();
        for (MarketFact f : ranks.facts)
            if (f.period().compareTo(from) >= 0 && f.period().compareTo(to) <= 0) tables.computeIfAbsent(f.place() + "\n" + f.table(), _ -> new ArrayList<>()).add(f);
        return tables.values().stream().map(rows -> ranks.table(rows, from, to)).toList();
    }

    private RankTable table(List<MarketFact> rows, String from, String to) {
        Map<String, List<MarketFact>> byPeriod = new TreeMap<>();
        for (MarketFact f : rows) byPeriod.computeIfAbsent(f.period(), _ -> new ArrayList<>()).add(f);
        List<Quarter> quarters = new ArrayList<>();
        for (String period : periods(from, to)) {
            List<MarketFact> found = byPeriod.get(period);
            quarters.add(found == null ? Quarter.absent(period) : quarter(period, found));
        }
        MarketFact first = rows.getFirst();
        return new RankTable(first.place(), first.table(), first.measure(), quarters);
    }

    /// The quarters from one to the other, both included.
    static List<String> periods(String from, String to) {
        List<String> out = new ArrayList<>();
        for (int year = Integer.parseInt(from.substring(0, 4)); year <= Integer.parseInt(to.substring(0, 4)); year++)
            for (int q = 1; q <= 4; q++) {
                String period = year + "Q" + q;
                if (period.compareTo(from) >= 0 && period.compareTo(to) <= 0) out.add(period);
            }
        return out;
    }

    /// A brand's share in one quarter: an interval in percent, and whether it is published or hidden in Others.
    private record Share(String brand, double low, double high, boolean hidden) {}

    private Quarter quarter(String period, List<MarketFact> rows) {
        List<Share> shares = shares(rows);
        Share ours = shares.stream().filter(s -> s.brand().equals(brand)).findFirst().orElse(null);
        if (ours == null) return Quarter.absent(period);
        int low = 1;
        int high = 1;
        for (Share s : shares) {
            if (s.equals(ours)) continue;
            if (s.low() > ours.high()) low++;
            if (s.high() >= ours.low()) high++;
        }
        Double published = ours.hidden() ? null : (ours.low() + ours.high()) / 2;
        return new Quarter(period, true, ours.hidden(), published, ours.low(), ours.high(), low, high, topFive(shares, ours, period.hashCode()), rows.getFirst().provenance().source());
    }

    private List<Share> shares(List<MarketFact> rows) {
        List<Share> shares = new ArrayList<>();
        double others = 100;
        double named = 0;
        for (MarketFact f : rows) {
            double pct = pct(f);
            if (f.brand().equals(OTHERS)) others = pct;
            if (NO_BRAND.contains(f.brand())) continue;
            named += pct;
            shares.add(new Share(f.brand(), Math.max(0, pct - f.roundingPct() / 2), pct + f.roundingPct() / 2, false));
        }
        double room = Math.min(others, 100 - named);
        for (String hidden : namedElsewhere(rows)) shares.add(new Share(hidden, 0, Math.min(room, ROOM_ABOVE_PUBLISHED * largest(rows.getFirst().place(), hidden)), true));
        return shares;
    }

    /// Brands the place's tables name in some quarter, but these rows do not.
    private Set<String> namedElsewhere(List<MarketFact> rows) {
        Set<String> names = new TreeSet<>();
        for (MarketFact f : facts) if (f.place().equals(rows.getFirst().place()) && !NO_BRAND.contains(f.brand())) names.add(f.brand());
        for (MarketFact f : rows) names.remove(f.brand());
        return names;
    }

    private double largest(String place, String name) {
        return facts.stream().filter(f -> f.place().equals(place) && f.brand().equals(name)).mapToDouble(MarketRank::pct).max().orElse(0);
    }

    private double topFive(List<Share> shares, Share ours, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int hits = 0;
        for (int d = 0; d < DRAWS; d++) {
            double mine = draw(ours, random);
            int above = 0;
            for (Share s : shares) if (!s.equals(ours) && draw(s, random) > mine) above++;
            if (above < TOP) hits++;
        }
        return (double) hits / DRAWS;
    }

    private double draw(Share s, SplittableRandom random) {
        double inside = s.low() + (s.high() - s.low()) * random.nextDouble();
        return s.hidden() ? inside : inside + sourceSpreadPct * random.nextGaussian();
    }

    /// The standard error of one source, from pairs of sources on the same brand, place and quarter: the root of half the mean squared difference. 0 if there is no pair.
    static double sourceSpread(List<MarketFact> facts) {
        Map<String, List<MarketFact>> same = new TreeMap<>();
        for (MarketFact f : facts) if (!NO_BRAND.contains(f.brand())) same.computeIfAbsent(f.place() + "\n" + f.period() + "\n" + f.brand(), _ -> new ArrayList<>()).add(f);
        double sum = 0;
        int pairs = 0;
        for (List<MarketFact> rows : same.values()) {
            rows.sort(Comparator.comparing(MarketFact::table));
            for (int a = 0; a < rows.size(); a++) for (int b = a + 1; b < rows.size(); b++) {
                double difference = pct(rows.get(a)) - pct(rows.get(b));
                sum += difference * difference;
                pairs++;
            }
        }
        return pairs == 0 ? 0 : Math.sqrt(sum / pairs / 2);
    }

    private static double pct(MarketFact f) {
        @Nullable Double pct = f.sharePct();
        return pct == null ? 0 : pct;
    }
}
