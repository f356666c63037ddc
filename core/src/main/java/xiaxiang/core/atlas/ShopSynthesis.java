package xiaxiang.core.atlas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.geo.LonLat;

/// Invents the shops nobody has published, from a seed and the public outlet counts, and what the brand could do with them. True only
/// on average: everything added is [Kind#SYNTHETIC] and says by which seed and rule.
///
/// How many: [ShopRates], people by township and urban-rural class ([UrbanClass]), largest remainder; so the number of shops of a
/// township does not change with the seed, nor do the ids (S01 is the largest of its township). Observed shops count towards the number;
/// one that has the id of a synthetic shop is that shop, corrected: it stands in for it, and the others are made as if it were not known.
/// Where: at village points, cores first, 50 to 250 m off. What: mostly owner-run, some brand shops, authorised shops and carriers;
/// brands by [ShopRates], the larger shop the more. Each county town (the largest where there are several) has one own authorised shop
/// that can be kept, upgraded or closed; carriers sell the brand and stay (Xiaomi: 70% online, "the rest through carriers").
public final class ShopSynthesis {
    /// A place drawn for a shop: its size only ranks the shops of a township.
    private record Draw(DemandPoint at, LonLat point, double size) {}

    private static final double NEAREST_METERS = 50;
    private static final double FARTHEST_METERS = 250;
    private static final double SIZE_SPREAD = .6;
    private static final double MARGIN_SPREAD = .2;
    private static final long USUAL_MARGIN_FEN = 6_000;
    private static final int BRANDS_WITH_SHOPS = 3;

    private final Atlas atlas;
    private final String brand;
    private final long seed;
    private final @Nullable Long moveSeed;
    private final DivisionTree tree;
    private final ShopRates rates;
    private final List<Brand> brands;
    private final List<Brand> leaders;
    private final Map<String, Division> byCode = new HashMap<>();
    private final Map<String, List<DemandPoint>> pointsByTownship = new TreeMap<>();
    private final Map<String, Set<String>> observed = new HashMap<>();
    private final Map<String, Long> marginFen = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final List<Shop> shops = new ArrayList<>();
    private final Provenance provenance;

    private ShopSynthesis(Atlas atlas, String brand, long seed, @Nullable Long moveSeed) {
        this.atlas = atlas;
        this.brand = brand;
        this.seed = seed;
        this.moveSeed = moveSeed;
        tree = new DivisionTree(atlas);
        rates = ShopRates.of(atlas, brand);
        brands = atlas.brands().stream().sorted(Comparator.comparing(Brand::id)).toList();
        leaders = brands.stream().filter(one -> !one.rest() && !one.id().equals(brand) && rates.carried(one.id()) > 0)
                .sorted(Comparator.comparingDouble((Brand one) -> -rates.carried(one.id()))).limit(BRANDS_WITH_SHOPS).toList();
        for (Division one : tree.all()) byCode.put(one.code(), one);
        for (DemandPoint one : DemandPoints.of(atlas, tree)) pointsByTownship.computeIfAbsent(one.township(), _ -> new ArrayList<>()).add(one);
        for (Shop one : atlas.shops()) {
            ids.add(one.id());
            Division division = byCode.get(one.division());
            if (division != null) observed.computeIfAbsent(tree.township(division).code(), _ -> new HashSet<>()).add(one.id());
        }
        for (Brand one : atlas.brands()) marginFen.put(one.id(), meanMarginFen(one.id()));
        String per = String.format(Locale.ROOT, "%.3f", rates.shopsPerPerson() * 1_000);
        provenance = new Provenance("synthetic, seed " + seed + (moveSeed == null ? "" : ", moved by seed " + moveSeed) + ": " + per
                + " shops per 1,000 people (outlets of the leading brand / part of shops carrying it / people), by urban-rural"
                + " class; brands by outlet counts, else by units sold offline", Kind.SYNTHETIC);
    }

    /// The atlas with synthetic shops and candidate sites for `brand`, and a point for every village.
    /// Same atlas (in any order of its rows), brand and seed: same shops. Cost: linear; the 52,378 villages of Henan take under a second.
    /// Throws IllegalArgumentException if the brand is not one of the atlas, or as [DemandPoints#of].
    public static Atlas add(Atlas atlas, String brand, long seed) {
        return add(atlas, brand, seed, null);
    }

    /// The shops and sites of `seed`, each of the same format and with the same brands and sign, but standing elsewhere in its township, and
    /// with other dealer margins: drawn anew from `moveSeed`.
    public static Atlas addMoved(Atlas atlas, String brand, long seed, long moveSeed) {
        return add(atlas, brand, seed, Long.valueOf(moveSeed));
    }

    private static Atlas add(Atlas atlas, String brand, long seed, @Nullable Long moveSeed) {
        if (atlas.brands().stream().noneMatch(one -> one.id().equals(brand))) {
            throw new IllegalArgumentException("The brand (" + brand
                    + ") is not in the list of brands. Maybe the scenario names it differently than brands.csv?");
        }
        var synthesis = new ShopSynthesis(VillagePoints.fill(atlas), brand, seed, moveSeed);
        synthesis.addShops();
        return synthesis.result();
    }

    private Atlas result() {
        var all = new ArrayList<>(atlas.shops());
        all.addAll(shops);
        var sites = new ArrayList<>(atlas.sites());
        sites.addAll(new SiteSynthesis(atlas, brand, seed, tree).sites(all, pointsByTownship));
        return new Atlas(atlas.levels(), atlas.divisions(), atlas.people(), atlas.brands(), atlas.models(), all, sites, atlas.channels(),
                atlas.market(), atlas.boundaries());
    }

    private void addShops() {
        List<String> townships = List.copyOf(pointsByTownship.keySet());
        double[] weights = townships.stream().mapToDouble(code -> points(code).stream().mapToDouble(ShopSynthesis::draw).sum()).toArray();
        long people = pointsByTownship.values().stream().flatMap(List::stream).mapToLong(DemandPoint::persons).sum();
        if (people == 0) return;
        long[] wanted = PopulationShare.largestRemainder(Math.round(people * rates.shopsPerPerson()), weights);
        Set<String> towns = townsWithOwnShop();
        for (int i = 0; i < wanted.length; i++) {
            String township = townships.get(i);
            boolean own = towns.contains(township);
            int count = count((int) wanted[i], township, own);
            if (count > 0) addShops(township, count, own);
        }
    }

    /// How many shops to draw for a township that lacks some of the number wanted: those that are observed, unless under the id of one that is drawn, are not.
    private int count(int wanted, String township, boolean own) {
        Set<String> there = observed.getOrDefault(township, Set.of());
        int count = wanted;
        for (int next = 0; next < count;) {
            int standIns = 0;
            for (int k = 0; k < count; k++) if (there.contains(id(township, own, k))) standIns++;
            next = wanted - (there.size() - standIns);
            count = Math.min(count, next);
        }
        return count;
    }

    /// The id of the k-th shop of a township: its own shop first if it has one, then S01, the largest of the others.
    private static String id(String township, boolean own, int k) {
        int rank = own ? k : k + 1;
        return rank == 0 ? ownId(township) : township + "-S" + (rank < 10 ? "0" : "") + rank;
    }

    private static String ownId(String township) {
        return township + "-OWN1";
    }

    private List<DemandPoint> points(String township) {
        return pointsByTownship.getOrDefault(township, List.of());
    }

    private static double draw(DemandPoint point) {
        return point.persons() * UrbanClass.of(point.urbanRural()).shops;
    }

    /// The largest county town of each county, unless the atlas knows an own shop there that is none of ours.
    private Set<String> townsWithOwnShop() {
        var largest = new HashMap<String, String>();
        for (Map.Entry<String, List<DemandPoint>> one : pointsByTownship.entrySet()) {
            Division township = byCode.get(one.getKey());
            if (township == null || township.tier() != Tier.COUNTY_TOWN) continue;
            Division county = tree.parent(township);
            // Townships come sorted by code: the first of equal ones stays.
            largest.merge(county == null ? "" : county.code(), one.getKey(), (a, b) -> persons(b) > persons(a) ? b : a);
        }
        var towns = new HashSet<>(largest.values());
        for (Shop shop : atlas.shops()) {
            Division at = byCode.get(shop.division());
            String town = at == null || shop.owner() != Shop.Owner.OWN ? null : tree.township(at).code();
            if (town != null && !shop.id().equals(ownId(town))) towns.remove(town);
        }
        return towns;
    }

    private long persons(String township) {
        return points(township).stream().mapToLong(DemandPoint::persons).sum();
    }

    private void addShops(String township, int count, boolean own) {
        Division division = byCode.get(township);
        if (division == null) throw new IllegalStateException("The township " + township + " is not in force.");
        SplittableRandom random = CodeSeed.random(seed, township);
        SplittableRandom moves = moveSeed == null ? null : CodeSeed.random(moveSeed, township);
        List<Draw> usual = draws(township, count, own, random);
        List<Draw> places = moves == null ? usual : draws(township, count, own, moves);
        if (own && ids.add(ownId(township))) shops.add(ownShop(division, places.getFirst()));
        int first = own ? 1 : 0;
        for (int k = first; k < count; k++) shop(id(township, own, k), division, places.get(k), k + 1 - first, count - first, random, moves);
    }

    /// Places for the shops of a township: that of the own shop if there is one, then the others by size.
    private List<Draw> draws(String township, int count, boolean own, SplittableRandom random) {
        var draws = new ArrayList<Draw>();
        for (int k = 0; k < count; k++) draws.add(drawn(points(township), random));
        draws.subList(own ? 1 : 0, count).sort(Comparator.comparingDouble((Draw one) -> -one.size()));
        return draws;
    }

    private static Draw drawn(List<DemandPoint> points, SplittableRandom random) {
        double at = random.nextDouble() * points.stream().mapToDouble(ShopSynthesis::draw).sum();
        int chosen = 0;
        for (double passed = draw(points.getFirst()); passed <= at && chosen < points.size() - 1; passed += draw(points.get(chosen))) chosen++;
        DemandPoint point = points.get(chosen);
        double away = random.nextDouble(NEAREST_METERS, FARTHEST_METERS);
        LonLat near = VillagePoints.moved(point.point(), away, random.nextDouble(2 * Math.PI));
        double size = Math.sqrt(UrbanClass.of(point.urbanRural()).shops) * Math.exp(SIZE_SPREAD * random.nextGaussian());
        return new Draw(point, near, size);
    }

    private Shop ownShop(Division township, Draw draw) {
        String id = ownId(township.code());
        SiteCost cost = SiteCost.OWN_SHOP.spread(id);
        long margin = marginFen.getOrDefault(brand, USUAL_MARGIN_FEN);
        return new Shop(id, township.name() + " 授权店", "Authorised shop, " + english(township), draw.at().code(), draw.point(), Shop.Owner.OWN,
                Shop.Format.AUTHORISED_SHOP, List.of(brand), Map.of(), Map.of(brand, margin), cost.promoters(), true, cost.fitOutFen(),
                cost.runningFenYear(), cost.breakEvenUnits(margin), provenance);
    }

    static String english(Division division) {
        return division.nameEn().isBlank() ? division.name() : division.nameEn();
    }

    /// What the shop is comes from `random`; so do the dealer margins, unless `moves` draws them anew.
    private void shop(String id, Division township, Draw draw, int rank, int of, SplittableRandom random, @Nullable SplittableRandom moves) {
        Shop.Format format = format(township.tier(), random);
        // From 1.25 for the largest to .75 for the smallest: on average a brand is carried as often as ShopRates says.
        double reach = 1.25 - .5 * (rank - .5) / of;
        List<String> carried = carried(format, reach, random);
        boolean partner = carried.contains(brand);
        var margins = new HashMap<String, Long>();
        for (String one : carried) {
            double usual = random.nextDouble(1 - MARGIN_SPREAD, 1 + MARGIN_SPREAD);
            double spread = moves == null ? usual : moves.nextDouble(1 - MARGIN_SPREAD, 1 + MARGIN_SPREAD);
            margins.put(one, 100 * Math.round(marginFen.getOrDefault(one, USUAL_MARGIN_FEN) * spread / 100));
        }
        boolean sign = format == Shop.Format.BRAND_SHOP || format == Shop.Format.AUTHORISED_SHOP || random.nextDouble() < .4;
        int promoters = format == Shop.Format.BRAND_SHOP || (rank <= 2 && township.tier() != Tier.TOWNSHIP) ? 1 : 0;
        if (!ids.add(id)) return;
        shops.add(new Shop(id, township.name() + " " + rank + "号店", "Shop " + rank + ", " + english(township), draw.at().code(), draw.point(),
                partner ? Shop.Owner.PARTNER : Shop.Owner.RIVAL, format, carried, Map.of(), margins, promoters, sign, null, 0, 0, provenance));
    }

    /// Assumption: in a township .84 owner-run, .07 carriers, .05 authorised, .04 brand shops; in towns .70, .10, .10, .10.
    private static Shop.Format format(Tier tier, SplittableRandom random) {
        double chance = random.nextDouble();
        boolean rural = tier == Tier.TOWNSHIP;
        if (chance < (rural ? .07 : .10)) return Shop.Format.CARRIER;
        if (chance < (rural ? .11 : .20)) return Shop.Format.BRAND_SHOP;
        return chance < (rural ? .16 : .30) ? Shop.Format.AUTHORISED_SHOP : Shop.Format.OWNER_RUN;
    }

    /// Brands sorted by id; one at least.
    private List<String> carried(Shop.Format format, double reach, SplittableRandom random) {
        if (format == Shop.Format.BRAND_SHOP) return List.of(shopBrand(random));
        var carried = new ArrayList<String>();
        for (Brand one : brands) {
            boolean throughCarrier = one.id().equals(brand) && format == Shop.Format.CARRIER;
            if (random.nextDouble() < rates.carried(one.id()) * reach || throughCarrier) carried.add(one.id());
        }
        if (carried.isEmpty()) carried.add(fallback());
        return carried;
    }

    /// A shop that drew nothing sells what the tables call the others; where there is no such brand, the most carried one.
    private String fallback() {
        return brands.stream().max(Comparator.comparing(Brand::rest).thenComparingDouble(one -> rates.carried(one.id())).thenComparing(Brand::id))
                .orElseThrow().id();
    }

    /// The brand of a brand shop: one of the three most carried, by how much they are.
    private String shopBrand(SplittableRandom random) {
        double at = random.nextDouble() * leaders.stream().mapToDouble(one -> rates.carried(one.id())).sum();
        @Nullable String chosen = null;
        for (Brand one : leaders) {
            chosen = one.id();
            at -= rates.carried(one.id());
            if (at < 0) break;
        }
        return chosen == null ? fallback() : chosen;
    }

    private long meanMarginFen(String id) {
        return Math.round(atlas.models().stream().filter(one -> one.brand().equals(id)).mapToLong(Model::dealerMarginFen).average()
                .orElse(USUAL_MARGIN_FEN));
    }
}
