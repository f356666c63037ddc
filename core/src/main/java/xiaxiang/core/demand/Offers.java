package xiaxiang.core.demand;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Brand;
import xiaxiang.core.atlas.DemandPoint;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.atlas.Tier;
import xiaxiang.engine.choice.BrandChoiceData;

/// What each point may choose, as the engine's fit takes it: every brand in every shop considered, and every brand online.
///
/// The features of an offer are those of [ShopUtility#TERMS], then one for each brand's online sale. Entries of a point and brand are its shops, nearest first, then online.
final class Offers {
    private static final int TIERS = Tier.values().length;

    private final List<DemandPoint> points;
    private final List<Brand> brands;
    private final List<Shop> shops;
    private final ChoiceSets sets;
    private final Map<String, Integer> pointIndex = new HashMap<>();
    private final Map<String, Integer> brandIndex = new HashMap<>();
    private final Map<String, Integer> shopIndex = new HashMap<>();
    /// The first offer of each shop, whose carried brands follow in order; then the online offers by tier and brand.
    private final int[] firstOffer;
    private final int[] start;
    private final int[] offer;
    private final float[] km;

    Offers(List<DemandPoint> points, List<Brand> brands, List<Shop> shops, ChoiceSets sets) {
        this.points = points;
        this.brands = brands;
        this.shops = shops;
        this.sets = sets;
        for (int i = 0; i < points.size(); i++) pointIndex.put(points.get(i).code(), i);
        for (int b = 0; b < brands.size(); b++) brandIndex.put(brands.get(b).id(), b);
        for (int s = 0; s < shops.size(); s++) shopIndex.put(shops.get(s).id(), s);
        firstOffer = new int[shops.size() + 1];
        for (int s = 0; s < shops.size(); s++) firstOffer[s + 1] = firstOffer[s] + shops.get(s).brands().size();
        int nb = brands.size();
        start = new int[points.size() * nb + 1];
        for (int i = 0; i < points.size(); i++) {
            for (int at = sets.start[i]; at < sets.start[i + 1]; at++) for (String b : shops.get(sets.shop[at]).brands()) start[i * nb + brand(b) + 1]++;
            for (int b = 0; b < nb; b++) start[i * nb + b + 1]++;
        }
        for (int k = 0; k < points.size() * nb; k++) start[k + 1] = Math.addExact(start[k + 1], start[k]);
        offer = new int[start[start.length - 1]];
        km = new float[offer.length];
        fill();
    }

    private void fill() {
        int nb = brands.size();
        int[] next = Arrays.copyOf(start, start.length - 1);
        for (int i = 0; i < points.size(); i++) {
            for (int at = sets.start[i]; at < sets.start[i + 1]; at++) {
                List<String> carried = shops.get(sets.shop[at]).brands();
                for (int x = 0; x < carried.size(); x++) {
                    int to = next[i * nb + brand(carried.get(x))]++;
                    offer[to] = firstOffer[sets.shop[at]] + x;
                    km[to] = sets.km[at];
                }
            }
            for (int b = 0; b < nb; b++) offer[next[i * nb + b]] = online(points.get(i).tier(), b);
        }
    }

    int brand(String id) {
        Integer b = brandIndex.get(id);
        if (b == null) throw new IllegalArgumentException("The brand (" + id + ") is not in brands.csv.");
        return b;
    }

    /// How many features an offer has.
    int features() {
        return ShopUtility.TERMS.size() + brands.size();
    }

    /// The offer of a brand in a shop; -1 if there is no such shop, or it does not carry the brand.
    int inShop(String shop, String brand) {
        Integer s = shopIndex.get(shop);
        if (s == null) return -1;
        int x = shops.get(s).brands().indexOf(brand);
        return x < 0 ? -1 : firstOffer[s] + x;
    }

    int online(Tier tier, int brand) {
        return firstOffer[shops.size()] + tier.index() * brands.size() + brand;
    }

    /// The index of the point with this code, or -1.
    int point(String code) {
        return pointIndex.getOrDefault(code, -1);
    }

    /// The entry of an offer at a point, or -1 if the point does not consider it.
    int entry(int point, int brand, int wanted) {
        for (int e = start[point * brands.size() + brand]; e < start[point * brands.size() + brand + 1]; e++) if (offer[e] == wanted) return e;
        return -1;
    }

    /// The first entry of a brand at a point.
    int start(int point, int brand) {
        return start[point * brands.size() + brand];
    }

    /// The first entry of a point that is not of this brand any more.
    int end(int point, int brand) {
        return start[point * brands.size() + brand + 1];
    }

    /// The shop of an offer; null where it is online.
    @Nullable Shop shopOf(int offer) {
        if (offer >= firstOffer[shops.size()]) return null;
        int found = Arrays.binarySearch(firstOffer, offer);
        // Shops without brands have no offers: of several that begin here the last has it.
        int s = found >= 0 ? found : -found - 2;
        while (firstOffer[s + 1] <= offer) s++;
        return shops.get(s);
    }

    /// How many offers there are.
    int count() {
        return firstOffer[shops.size()] + TIERS * brands.size();
    }

    int offerAt(int entry) {
        return offer[entry];
    }

    double kmAt(int entry) {
        return km[entry];
    }

    /// The market with what was observed of it. `prices` says how well each brand's price bands meet each point's incomes.
    BrandChoiceData data(Atlas atlas, PriceFit prices, BrandChoiceData.Answers answers, BrandChoiceData.Totals totals) {
        int nb = brands.size();
        double[] factor = new double[points.size() * nb];
        for (int i = 0; i < points.size(); i++) {
            double[] bands = prices.bandShares(points.get(i).incomeIndex());
            for (int b = 0; b < nb; b++) factor[i * nb + b] = prices.logFit(b, bands);
        }
        return new BrandChoiceData(nb, features(), features(atlas), start, offer, km, factor, points.stream().mapToDouble(DemandPoint::persons).toArray(),
                points.stream().mapToDouble(p -> Math.log(p.incomeIndex())).toArray(), answers, totals);
    }

    private double[] features(Atlas atlas) {
        Map<String, Tier> tiers = Demand.tiers(atlas);
        int k = features();
        double[] out = new double[count() * k];
        for (int s = 0; s < shops.size(); s++) {
            Shop shop = shops.get(s);
            Tier tier = tiers.getOrDefault(shop.division(), Tier.TOWNSHIP);
            for (int x = 0; x < shop.brands().size(); x++) copy(ShopUtility.features(shop, tier, shop.brands().get(x)), out, (firstOffer[s] + x) * k);
        }
        for (Tier tier : Tier.values())
            for (int b = 0; b < brands.size(); b++) {
                int at = online(tier, b) * k;
                copy(ShopUtility.onlineFeatures(tier), out, at);
                out[at + ShopUtility.TERMS.size() + b] = 1;
            }
        return out;
    }

    private static void copy(double[] from, double[] to, int at) {
        System.arraycopy(from, 0, to, at, from.length);
    }
}
