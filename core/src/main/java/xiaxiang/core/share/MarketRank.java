package xiaxiang.core.share;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
/// Others and 1.25 times the largest share ever published of it there. Where the table lists the n largest brands of its quarter, a brand it does not list
/// has at most the n-th largest share and ranks n + 1 or lower: the list is taken at its word, so neither rounding nor the spread between sources undoes it.
/// Nothing bounds the rank of a hidden brand from below, for brands never named anywhere may lie above it too; beside a published share they are taken to be smaller.
/// P(rank <= 5) is the part of 20,000 seeded draws of all shares, each uniform in its interval, published ones plus a normal error of the spread.
public final class MarketRank {
    private static final int DRAWS = 20_000;
    private static final int TOP = 5;
    private static final double ROOM_ABOVE_PUBLISHED = 1.25;
    private static final String OTHERS = "Others";
    private static final Set<String> NO_BRAND = Set.of(OTHERS, "Total", "Top5");

    private final String brand;
    private final List<MarketFact> facts;
    private final Map<String, Set<String>> listed = new HashMap<>();
    private final double sourceSpreadPct;

    private MarketRank(List<MarketFact> market, String brand) {
        this.brand = brand;
        facts = market.stream().filter(f -> f.sharePct() != null && f.period().matches("\\d{4}Q[1-4]")).toList();
        for (MarketFact f : market) if (!NO_BRAND.contains(f.brand())) listed.computeIfAbsent(table(f) + "\n" + f.period(), _ -> new HashSet<>()).add(f.brand());
        sourceSpreadPct = sourceSpread(facts);
    }

    /// The rank tables of a brand, one for each place, table and measure with at least one quarter of shares between `from` and `to` (such as 2016Q1).
    public static List<RankTable> of(List<MarketFact> market, String brand, String from, String to) {
        MarketRank ranks = new MarketRank(market, brand);
        Map<String, List<MarketFact>> tables = new LinkedHashMap<>();
        for (MarketFact f : ranks.facts)
            if (f.period().compareTo(from) >= 0 && f.period().compareTo(to) <= 0) tables.computeIfAbsent(table(f), _ -> new ArrayList<>()).add(f);
        return tables.values().stream().map(rows -> ranks.table(rows, from, to)).toList();
    }

    private static String table(MarketFact f) {
        return String.join("\n", f.place(), f.table(), f.measure());
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

    /// A brand's share in one quarter: an interval in percent, and whether it is published, hidden in Others, or below what a list of the largest names.
    private record Share(String brand, double low, double high, Where where) {
        boolean published() {
            return where == Where.PUBLISHED;
        }

        boolean unlisted() {
            return where == Where.UNLISTED;
        }
    }

    private enum Where { PUBLISHED, HIDDEN, UNLISTED }

    private Quarter quarter(String period, List<MarketFact> rows) {
        MarketFact first = rows.getFirst();
        int top = first.listsTop() == null ? 0 : first.listsTop();
        Set<String> named = listed.getOrDefault(table(first) + "\n" + period, Set.of());
        int bounding = top - (int) named.stream().filter(n -> rows.stream().noneMatch(f -> f.brand().equals(n))).count();
        List<Share> shares = shares(rows, named, top, bounding);
        Share ours = shares.stream().filter(s -> s.brand().equals(brand)).findFirst().orElse(null);
        if (ours == null) return Quarter.absent(period);
        boolean hidden = !ours.published();
        double topFive = ours.unlisted() && top >= TOP ? 0 : topFive(shares, ours, bounding, period.hashCode());
        return new Quarter(period, true, hidden, top == 0 ? null : top, hidden ? null : (ours.low() + ours.high()) / 2, ours.low(), ours.high(),
                best(shares, ours, top), hidden ? null : worst(shares, ours, top), topFive, first.provenance().source());
    }

    private static int best(List<Share> shares, Share ours, int top) {
        int above = (int) shares.stream().filter(s -> s.low() > ours.high()).count();
        return 1 + (ours.unlisted() ? Math.max(top, above) : above);
    }

    /// A brand sure to be among the n largest cannot fall behind one that the list leaves out.
    private static int worst(List<Share> shares, Share ours, int top) {
        List<Share> above = shares.stream().filter(s -> !s.equals(ours) && s.high() >= ours.low()).toList();
        int amongListed = 1 + (int) above.stream().filter(s -> !s.unlisted()).count();
        return amongListed <= top ? amongListed : 1 + above.size();
    }

    /// Shares of the brands published in `rows`, and of those known to be hidden. `bounding`: which published share, counted from the largest, bounds
    /// what the list leaves out; a brand listed without a share may be any of the n largest, so each of those moves it up by one; none below 1.
    private List<Share> shares(List<MarketFact> rows, Set<String> named, int top, int bounding) {
        List<Share> shares = new ArrayList<>();
        double others = 100;
        double sum = 0;
        for (MarketFact f : rows) {
            double pct = pct(f);
            if (f.brand().equals(OTHERS)) others = pct;
            if (NO_BRAND.contains(f.brand())) continue;
            sum += pct;
            shares.add(new Share(f.brand(), Math.max(0, pct - f.roundingPct() / 2), pct + f.roundingPct() / 2, Where.PUBLISHED));
        }
        double room = Math.min(others, 100 - sum);
        double bound = nth(shares.stream().mapToDouble(Share::high).toArray(), bounding);
        for (String other : namedElsewhere(rows)) {
            double most = Math.min(room, ROOM_ABOVE_PUBLISHED * largest(rows.getFirst().place(), other));
            boolean unlisted = top > 0 && !named.contains(other);
            shares.add(new Share(other, 0, unlisted ? Math.min(most, bound) : most, unlisted ? Where.UNLISTED : Where.HIDDEN));
        }
        return shares;
    }

    /// The n-th largest of some numbers, from 1; infinite if there is none.
    private static double nth(double[] values, int n) {
        Arrays.sort(values);
        return n < 1 || n > values.length ? Double.POSITIVE_INFINITY : values[values.length - n];
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

    private double topFive(List<Share> shares, Share ours, int bounding, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[shares.size()];
        int published = (int) shares.stream().filter(Share::published).count();
        int at = shares.indexOf(ours);
        int hits = 0;
        for (int d = 0; d < DRAWS; d++) {
            // Published shares stand first, so that a brand the list leaves out can be kept below the share drawn of its last one.
            double bound = Double.POSITIVE_INFINITY;
            for (int s = 0; s < drawn.length; s++) {
                if (s == published) bound = nth(Arrays.copyOf(drawn, s), bounding);
                drawn[s] = draw(shares.get(s), bound, random);
            }
            int above = 0;
            for (double other : drawn) if (other > drawn[at]) above++;
            if (above < TOP) hits++;
        }
        return (double) hits / DRAWS;
    }

    private double draw(Share s, double bound, SplittableRandom random) {
        double high = s.unlisted() ? Math.max(0, Math.min(s.high(), bound)) : s.high();
        double inside = s.low() + (high - s.low()) * random.nextDouble();
        return s.published() ? inside + sourceSpreadPct * random.nextGaussian() : inside;
    }

    /// The standard error of one source, from pairs of sources on the same brand, place, measure and quarter: the root of half the mean squared difference. 0 if there is no pair.
    static double sourceSpread(List<MarketFact> facts) {
        Map<String, List<MarketFact>> same = new TreeMap<>();
        for (MarketFact f : facts) if (!NO_BRAND.contains(f.brand())) same.computeIfAbsent(String.join("\n", f.place(), f.period(), f.measure(), f.brand()), _ -> new ArrayList<>()).add(f);
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
