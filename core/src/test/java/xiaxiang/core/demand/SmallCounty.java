package xiaxiang.core.demand;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Brand;
import xiaxiang.core.atlas.CandidateSite;
import xiaxiang.core.atlas.DemandPoints;
import xiaxiang.core.atlas.Division;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.MarketFact;
import xiaxiang.core.atlas.Model;
import xiaxiang.core.atlas.People;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.atlas.Tier;
import xiaxiang.engine.geo.LonLat;

/// A county of a handful of townships drawn from a seed, with shops of every owner and sites of every action, to be changed by tests.
///
/// Brands Ours, Big and Others (the rest); every phone of ours earns [#MARGIN_FEN]. Without a break-even anywhere unless a test sets one.
public record SmallCounty(List<Division> divisions, List<People> people, List<Brand> brands, List<Shop> shops, List<CandidateSite> sites, List<MarketFact> market) {
    public static final long MARGIN_FEN = 20_000;
    public static final Provenance SEEN = new Provenance("test", Kind.OBSERVED);
    public static final DemandSettings SETTINGS = new DemandSettings("Ours", "CN", "Table", "2017Q1", "shipment", 15_000, 60);

    /// Every township lies within 15 km of it, so that every brand can reach everybody.
    private static final LonLat CENTER = new LonLat(112.2, 34.2);

    /// 3 to 7 townships, 4 to 8 shops of others, up to 2 own shops that may be closed, one that may not, 3 to 6 sites: at most 10 options in all.
    public static SmallCounty of(long seed) {
        var random = new SplittableRandom(seed);
        var divisions = new ArrayList<Division>();
        var people = new ArrayList<People>();
        divisions.add(division("10", "county", null, Tier.COUNTY_TOWN, CENTER));
        int townships = 3 + random.nextInt(5);
        for (int t = 0; t < townships; t++) {
            String code = "100" + t;
            divisions.add(division(code, "township", "10", t == 0 ? Tier.COUNTY_TOWN : Tier.TOWNSHIP, near(random)));
            people.add(new People(code, 2020, 10_000 + random.nextLong(60_000), .5 + random.nextDouble(), SEEN));
        }
        var shops = new ArrayList<Shop>();
        int others = 4 + random.nextInt(5);
        for (int s = 0; s < others; s++) shops.add(rival("r" + s, town(random, townships), s == 0 ? CENTER : near(random), s == 0 ? List.of("Big", "Others", "Ours") : s % 2 == 0 ? List.of("Big") : List.of("Others", "Big")));
        int closable = random.nextInt(3);
        for (int s = 0; s <= closable; s++) shops.add(own("o" + s, town(random, townships), near(random), s == 0 ? null : 100_000L * (1 + random.nextInt(9)), 500_000L * (1 + random.nextInt(4))));
        var sites = new ArrayList<CandidateSite>();
        for (int s = 0; s <= closable; s++) if (random.nextBoolean()) sites.add(site("u" + s, random, townships, CandidateSite.Action.UPGRADE, shops.get(others + s)));
        for (int s = 1; s < 3; s++) sites.add(site("g" + s, random, townships, CandidateSite.Action.SIGN, shops.get(s)));
        int opens = 1 + random.nextInt(3);
        for (int s = 0; s < opens; s++) sites.add(site("n" + s, random, townships, CandidateSite.Action.OPEN, null));
        return new SmallCounty(divisions, people, List.of(brand("Ours", .5, false), brand("Big", .1, false), brand("Others", .2, true)), shops, sites,
                List.of(fact("Ours", 10.0), fact("Big", 40.0)));
    }

    private static LonLat near(SplittableRandom random) {
        return new LonLat(112.1 + .2 * random.nextDouble(), 34.1 + .2 * random.nextDouble());
    }

    private static String town(SplittableRandom random, int townships) {
        return "100" + random.nextInt(townships);
    }

    public static Division division(String code, String level, @Nullable String parent, Tier tier, LonLat point) {
        return new Division(code, "地" + code, "", level, parent, tier, "", point, Kind.OBSERVED, null, null, List.of(), SEEN);
    }

    public static Brand brand(String id, double online, boolean rest) {
        return new Brand(id, id, id, "#000000", online, rest, SEEN);
    }

    public static MarketFact fact(String brand, double pct) {
        return new MarketFact("CN", "2017Q1", "Table", brand, "shipment", pct, null, .1, null, "", SEEN);
    }

    public static Shop rival(String id, String division, LonLat point, List<String> brands) {
        return new Shop(id, id, id, division, point, Shop.Owner.RIVAL, Shop.Format.OWNER_RUN, brands, Map.of(), Map.of(), 0, false, null, 0, 0, SEEN);
    }

    public static Shop own(String id, String division, LonLat point, @Nullable Long closingFen, long runningFenYear) {
        return new Shop(id, id, id, division, point, Shop.Owner.OWN, Shop.Format.AUTHORISED_SHOP, List.of("Ours"), Map.of(), Map.of("Ours", 6_000L), 1, true, closingFen,
                runningFenYear, 0, SEEN);
    }

    private static CandidateSite site(String id, SplittableRandom random, int townships, CandidateSite.Action action, @Nullable Shop shop) {
        return new CandidateSite(id, id, id, shop == null ? town(random, townships) : shop.division(), shop == null ? near(random) : shop.point(), action, shop == null ? null : shop.id(),
                action == CandidateSite.Action.SIGN ? Shop.Format.OWNER_RUN : Shop.Format.BRAND_SHOP, random.nextInt(3), true, 2, 500_000L * (1 + random.nextInt(10)),
                200_000L * (1 + random.nextInt(10)), 6_000L + 1_000L * random.nextInt(5), 0, SEEN);
    }

    public Atlas atlas() {
        return new Atlas(List.of("county", "township"), divisions, people, brands, List.of(model("Ours", "A", "low", 90_000), model("Ours", "B", "high", 200_000),
                model("Big", "C", "low", 110_000), model("Big", "D", "high", 250_000)), shops, sites, List.of(), market, null);
    }

    private static Model model(String brand, String name, String band, long priceFen) {
        return new Model(brand, name, band, priceFen, MARGIN_FEN, 6_000, SEEN);
    }

    public Demand demand() {
        return demand(Coefficients.documented());
    }

    public Demand demand(Coefficients coefficients) {
        return Demand.calibrate(atlas(), DemandPoints.of(atlas()), SETTINGS, coefficients);
    }

    public SmallCounty withShops(List<Shop> other) {
        return new SmallCounty(divisions, people, brands, other, sites, market);
    }

    public SmallCounty withSites(List<CandidateSite> other) {
        return new SmallCounty(divisions, people, brands, shops, other, market);
    }

    public SmallCounty withPeople(UnaryOperator<People> change) {
        return new SmallCounty(divisions, people.stream().map(change).toList(), brands, shops, sites, market);
    }

    /// Every shop and site with a break-even of so many units a year.
    public SmallCounty withBreakEven(double units) {
        return withShops(shops.stream().map(s -> new Shop(s.id(), s.name(), s.nameEn(), s.division(), s.point(), s.owner(), s.format(), s.brands(), s.unitsMonth(), s.dealerMarginFen(),
                s.promoters(), s.sign(), s.closingFen(), s.runningFenYear(), units, s.provenance())).toList())
                .withSites(sites.stream().map(s -> new CandidateSite(s.id(), s.name(), s.nameEn(), s.division(), s.point(), s.action(), s.shop(), s.format(), s.promoters(), s.sign(),
                        s.modelsCarried(), s.fitOutFen(), s.runningFenYear(), s.dealerMarginFen(), units, s.provenance())).toList());
    }

    /// The rows of every table in another order.
    public SmallCounty shuffled(long seed) {
        return new SmallCounty(shuffled(divisions, seed), shuffled(people, seed + 1), shuffled(brands, seed + 2), shuffled(shops, seed + 3), shuffled(sites, seed + 4), shuffled(market, seed + 5));
    }

    private static <T> List<T> shuffled(List<T> rows, long seed) {
        var list = new ArrayList<>(rows);
        Collections.shuffle(list, new Random(seed));
        return list;
    }
}
