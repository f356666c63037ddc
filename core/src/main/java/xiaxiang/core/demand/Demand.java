package xiaxiang.core.demand;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Brand;
import xiaxiang.core.atlas.DemandPoint;
import xiaxiang.core.atlas.Division;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.atlas.Tier;
import xiaxiang.engine.choice.BrandChoice;
import xiaxiang.engine.choice.BrandChoice.Constants;
import xiaxiang.engine.choice.BrandChoiceFit;
import xiaxiang.engine.choice.ShareInversion;

/// What is believed of demand in a region: phones a year by point, and how they are shared between brands, shops, the net and buying nothing.
///
/// Every nest is measured against buying nothing, whose worth is 1. Immutable. Units are phones a year.
public final class Demand {
    private static final Tier[] TIERS = Tier.values();
    /// A relative error of a brand's units above this is no rounding: the shares cannot be met.
    private static final double UNMET = 1e-6;

    private final List<DemandPoint> points;
    private final List<Shop> shops;
    private final List<Brand> brands;
    private final DemandSettings settings;
    private final Coefficients coefficients;
    private final ShopUtility utility;
    private final ChoiceSets sets;
    private final Map<String, Tier> tiers;
    private final int ours;
    private final double[] weight;
    private final double[] fit;
    private final double[] ourMarginFen;
    /// Offline attraction by point, brand and tier of the shop: `double[points][brands][tiers]`.
    private final double[] byTier;
    /// By shop: the attraction of ours at its door, 0 where ours is not carried; and the shop's tier.
    private final double[] ourDoors;
    private final int[] doorTier;
    private final BrandChoice market;
    private final Constants constants;
    private final double[] nests;
    private final double calibrationError;

    private Demand(Atlas atlas, List<DemandPoint> points, DemandSettings settings, Coefficients coefficients, ChoiceSets sets, @Nullable Demand start) {
        this.points = points;
        this.settings = settings;
        this.coefficients = coefficients;
        this.sets = sets;
        shops = atlas.shops();
        PublicShares shares = PublicShares.of(atlas, settings);
        brands = shares.brands();
        ours = indexOf(settings.brand());
        utility = new ShopUtility(coefficients);
        tiers = tiers(atlas);
        PriceFit prices = new PriceFit(brands, atlas.models(), coefficients);
        int n = points.size();
        weight = new double[n];
        fit = new double[n * brands.size()];
        ourMarginFen = new double[n];
        for (int i = 0; i < n; i++) fillPoint(i, prices);
        ourDoors = shops.stream().mapToDouble(s -> s.brands().contains(settings.brand()) ? attraction(s) : 0).toArray();
        doorTier = shops.stream().mapToInt(s -> tierOf(s.division()).index()).toArray();
        byTier = attractions();
        market = new BrandChoice(brands.size(), nest(), weight, sumTiers(), online());
        ShareInversion.Solution solved = ShareInversion.solve(market, targets(shares), onlineTargets(), start == null ? ShareInversion.flat(brands.size()) : start.constants);
        constants = solved.constants();
        calibrationError = solved.error();
        nests = market.nests(constants);
    }

    /// Demand of the region's points, calibrated so that the region's brand shares equal the public table of `settings`.
    /// Throws IllegalArgumentException if the table lacks a brand or the period, or if its shares cannot be met by the shops there are. Cost: O(points x (shops considered x brands carried + brands^2)).
    public static Demand calibrate(Atlas atlas, List<DemandPoint> points, DemandSettings settings, Coefficients coefficients) {
        Demand demand = new Demand(atlas, points, settings, coefficients, ChoiceSets.of(points, atlas.shops(), settings), null);
        if (!(demand.calibrationError <= UNMET)) throw new IllegalArgumentException("The public shares of " + settings.table() + " " + settings.period()
                + " cannot be met (a brand's units differ by " + Math.round(100 * demand.calibrationError) + "%): too few people reach a brand's shops."
                + " Add its shops to shops.csv, raise its online_share in brands.csv, or raise reach_meters in scenario.yaml.");
        return demand;
    }

    /// Demand under other coefficients, and perhaps other shops or only some of the points: calibrated anew, starting from these constants. The choice sets
    /// are kept where points and shops are the same lists.
    public Demand recalibrate(Atlas atlas, List<DemandPoint> at, Coefficients other) {
        boolean same = at.equals(points) && atlas.shops().equals(shops);
        return new Demand(atlas, at, settings, other, same ? sets : ChoiceSets.of(at, atlas.shops(), settings), this);
    }

    /// The same points under other coefficients, and perhaps other shops.
    public Demand recalibrate(Atlas atlas, Coefficients other) {
        return recalibrate(atlas, points, other);
    }

    private int indexOf(String brand) {
        for (int b = 0; b < brands.size(); b++) if (brands.get(b).id().equals(brand)) return b;
        throw new IllegalArgumentException("The brand (" + brand + ") is not in brands.csv. Choose one of " + brands.stream().map(Brand::id).toList() + ".");
    }

    static Map<String, Tier> tiers(Atlas atlas) {
        Map<String, Tier> tiers = new HashMap<>();
        for (Division d : atlas.divisions()) tiers.put(d.code(), d.tier());
        return tiers;
    }

    private void fillPoint(int i, PriceFit prices) {
        DemandPoint p = points.get(i);
        double bought = p.persons() * coefficients.of(Term.PHONES_PER_PERSON) * Math.pow(p.incomeIndex(), coefficients.of(Term.INCOME_ELASTICITY));
        weight[i] = bought / (1 - coefficients.of(Term.OUTSIDE_SHARE));
        double[] bands = prices.bandShares(p.incomeIndex());
        for (int b = 0; b < brands.size(); b++) fit[i * brands.size() + b] = coefficients.of(Term.PRICE_FIT) * prices.logFit(b, bands);
        ourMarginFen[i] = prices.marginFen(ours, bands);
    }

    /// Sums exp(u / mu) over the shops each point considers. The shop's part of the utility is raised once a shop and brand, the distance once a pair.
    private double[] attractions() {
        int nb = brands.size();
        double[][] factor = new double[shops.size()][];
        int[][] carried = new int[shops.size()][];
        for (int s = 0; s < factor.length; s++) {
            Shop shop = shops.get(s);
            carried[s] = shop.brands().stream().mapToInt(this::indexOf).toArray();
            factor[s] = new double[carried[s].length];
            for (int x = 0; x < carried[s].length; x++) factor[s][x] = Math.exp(utility.of(shop, tierOf(shop.division()), brands.get(carried[s][x]).id()) / nest());
        }
        double perKm = coefficients.of(Term.DISTANCE) / nest();
        double[] out = new double[points.size() * nb * TIERS.length];
        IntStream.range(0, points.size()).parallel().forEach(i -> {
            for (int at = sets.start[i]; at < sets.start[i + 1]; at++) {
                int s = sets.shop[at];
                double near = Math.exp(perKm * sets.km[at]);
                for (int x = 0; x < carried[s].length; x++) out[(i * nb + carried[s][x]) * TIERS.length + doorTier[s]] += near * factor[s][x];
            }
            for (int b = 0; b < nb; b++) {
                double fits = Math.exp(fit[i * nb + b] / nest());
                for (int t = 0; t < TIERS.length; t++) out[(i * nb + b) * TIERS.length + t] *= fits;
            }
        });
        return out;
    }

    private double[] sumTiers() {
        double[] out = new double[points.size() * brands.size()];
        for (int k = 0; k < out.length; k++) for (int t = 0; t < TIERS.length; t++) out[k] += byTier[k * TIERS.length + t];
        return out;
    }

    private double[] online() {
        int nb = brands.size();
        double[] out = new double[points.size() * nb];
        for (int i = 0; i < points.size(); i++) {
            double reach = utility.online(points.get(i).tier());
            for (int b = 0; b < nb; b++) out[i * nb + b] = Math.exp((reach + fit[i * nb + b]) / nest());
        }
        return out;
    }

    private double[] targets(PublicShares shares) {
        double bought = totalWeight() * (1 - coefficients.of(Term.OUTSIDE_SHARE));
        return shares.shares().stream().mapToDouble(s -> s * bought).toArray();
    }

    /// Nobody sells all or nothing online: the ends are held 0.1% away, where the log-odds are finite.
    private double[] onlineTargets() {
        return brands.stream().mapToDouble(b -> Math.clamp(b.onlineShare(), .001, .999)).toArray();
    }

    private double totalWeight() {
        double sum = 0;
        for (double w : weight) sum += w;
        return sum;
    }

    private double nest() {
        return coefficients.of(Term.NEST);
    }

    /// The tier of a division, or of the shop that stands in it.
    public Tier tierOf(String division) {
        Tier tier = tiers.get(division);
        if (tier == null) throw new IllegalArgumentException("The division (" + division + ") is not in divisions.csv.");
        return tier;
    }

    /// The demand points, in the order of every per-point array.
    public List<DemandPoint> points() {
        return points;
    }

    /// The brands, in the order of every per-brand array.
    public List<Brand> brands() {
        return brands;
    }

    /// The coefficients this demand was computed with.
    public Coefficients coefficients() {
        return coefficients;
    }

    /// The index of the brand that plans.
    public int ours() {
        return ours;
    }

    /// Phones that could be bought at point i in a year, those of people who buy nothing included.
    public double weight(int i) {
        return weight[i];
    }

    /// The brand's mean margin on a phone at point i, in fen.
    public double ourMarginFen(int i) {
        return ourMarginFen[i];
    }

    /// The distance up to which point i considers a shop, in metres.
    public double reachMeters(int i) {
        return sets.reachMeters[i];
    }

    /// The worth of brand b's nest at point i today, against 1 for buying nothing.
    public double nestWorth(int i, int b) {
        return nests[i * brands.size() + b];
    }

    /// The part of brand b's buyers at point i who buy online, or in a shop of each tier: index 0 online, then [Tier] in order. Sums to 1, or is all 0.
    public double[] channels(int i, int b) {
        int at = i * brands.size() + b;
        double[] parts = new double[1 + TIERS.length];
        parts[0] = constants.onlineFactor(b) * market.onlineAttraction(i, b);
        double sum = parts[0];
        for (int t = 0; t < TIERS.length; t++) {
            parts[1 + t] = byTier[at * TIERS.length + t];
            sum += parts[1 + t];
        }
        if (sum > 0) for (int t = 0; t < parts.length; t++) parts[t] /= sum;
        return parts;
    }

    /// All that is not ours at point i: rivals' nests and buying nothing.
    public double others(int i) {
        double sum = 1;
        for (int b = 0; b < brands.size(); b++) if (b != ours) sum += nestWorth(i, b);
        return sum;
    }

    /// What one unit of attraction of ours, exp(u / mu), is worth at point i as a ratio: exp(alpha / mu) / others^(1 / mu), the price fit included.
    public double ourRatio(int i) {
        return Math.exp((constants.alpha(ours) - Math.log(others(i)) + fit[i * brands.size() + ours]) / nest());
    }

    /// The ratio of our online sale at point i.
    public double onlineRatio(int i) {
        return ourRatio(i) * constants.onlineFactor(ours) * Math.exp(utility.online(points.get(i).tier()) / nest());
    }

    /// The ratio of the shops that carry our brand at point i, by tier of the shop, those left out for which `leaveOut` holds (own shops that may be closed,
    /// which the plan decides on).
    public double[] shopRatios(int i, Predicate<Shop> leaveOut) {
        double[] out = new double[TIERS.length];
        double ratio = ourRatio(i);
        for (int at = sets.start[i]; at < sets.start[i + 1]; at++) {
            int s = sets.shop[at];
            if (ourDoors[s] > 0 && !leaveOut.test(shops.get(s))) out[doorTier[s]] += ratio * ourDoors[s] * nearness(1000.0 * sets.km[at]);
        }
        return out;
    }

    /// The attraction exp(u / mu) of one of our shops of today at its door; distance takes [#nearness] of it.
    public double attraction(Shop shop) {
        return Math.exp(utility.of(shop, tierOf(shop.division()), settings.brand()) / nest());
    }

    /// The attraction at its door of a shop of ours as planned; `rangeShare` in (0, 1].
    public double attraction(Tier tier, Shop.Format format, double rangeShare, long marginFen, int promoters, boolean sign) {
        return Math.exp(utility.of(tier, format, rangeShare, marginFen, promoters, sign) / nest());
    }

    /// What is left of an attraction after a distance, in (0, 1].
    public double nearness(double meters) {
        return Math.exp(coefficients.of(Term.DISTANCE) / nest() * meters / 1000);
    }

    /// The constant of brand b in utils, against buying nothing.
    double constant(int b) {
        return constants.alpha(b);
    }

    /// What brand b's online sale is worth beside the channel's utility, in utils.
    double onlineConstant(int b) {
        return nest() * Math.log(constants.onlineFactor(b));
    }

    /// The points of each township, in the order of points.
    List<List<Integer>> townships() {
        Map<String, List<Integer>> out = new LinkedHashMap<>();
        for (int i = 0; i < points.size(); i++) out.computeIfAbsent(points.get(i).township(), _ -> new ArrayList<>()).add(i);
        return List.copyOf(out.values());
    }

    /// Units a year of every offer under these probabilities.
    double[] offerUnits(Offers offers, BrandChoiceFit.Probabilities probabilities) {
        double[] out = new double[offers.count()];
        for (int i = 0; i < points.size(); i++) {
            double[] at = probabilities.at(i);
            for (int k = 1; k < at.length; k++) out[offers.offerAt(offers.start(i, 0) + k - 1)] += weight[i] * at[k];
        }
        return out;
    }

    /// Which shops each point considers.
    ChoiceSets sets() {
        return sets;
    }

    /// The largest relative error left in a brand's units after calibration.
    public double calibrationError() {
        return calibrationError;
    }
}
