package xiaxiang.core.demand;

import java.util.List;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.atlas.Tier;

/// The utility of buying a brand in a shop, without the brand's constant, the distance and the price fit: channel, format, range, dealer's margin, promoter, sign.
final class ShopUtility {
    /// The terms a shop or an online sale is judged by, in the order of every features array.
    static final List<Term> TERMS = List.of(Term.CITY_SHOP, Term.COUNTY_TOWN_SHOP, Term.BRAND_SHOP, Term.AUTHORISED_SHOP, Term.SHOP_IN_SHOP, Term.CARRIER, Term.RANGE, Term.DEALER_MARGIN,
            Term.PROMOTER, Term.SIGN, Term.ONLINE_COUNTY_TOWN, Term.ONLINE_TOWNSHIP);

    private final double[] coefficient;

    ShopUtility(Coefficients coefficients) {
        coefficient = TERMS.stream().mapToDouble(coefficients::of).toArray();
    }

    /// Utility in utils; `rangeShare` in (0, 1] is the part of the brand's models on the shelf, `marginFen` the dealer's margin on a phone.
    double of(Tier tier, Shop.Format format, double rangeShare, long marginFen, int promoters, boolean sign) {
        return utility(features(tier, format, rangeShare, marginFen, promoters, sign));
    }

    /// The utility of buying online from a place of this tier.
    double online(Tier tier) {
        return utility(onlineFeatures(tier));
    }

    private double utility(double[] features) {
        double sum = 0;
        for (int k = 0; k < features.length; k++) sum += coefficient[k] * features[k];
        return sum;
    }

    /// What each of [#TERMS] counts for a brand in a shop.
    static double[] features(Tier tier, Shop.Format format, double rangeShare, long marginFen, int promoters, boolean sign) {
        double[] x = new double[TERMS.size()];
        Term channel = switch (tier) {
            case CITY -> Term.CITY_SHOP;
            case COUNTY_TOWN -> Term.COUNTY_TOWN_SHOP;
            case TOWNSHIP -> null;
        };
        if (channel != null) x[TERMS.indexOf(channel)] = 1;
        Term kind = switch (format) {
            case BRAND_SHOP -> Term.BRAND_SHOP;
            case AUTHORISED_SHOP -> Term.AUTHORISED_SHOP;
            case SHOP_IN_SHOP -> Term.SHOP_IN_SHOP;
            case CARRIER -> Term.CARRIER;
            case OWNER_RUN -> null;
        };
        if (kind != null) x[TERMS.indexOf(kind)] = 1;
        x[TERMS.indexOf(Term.RANGE)] = Math.log(rangeShare);
        x[TERMS.indexOf(Term.DEALER_MARGIN)] = marginFen / 10_000.0;
        x[TERMS.indexOf(Term.PROMOTER)] = Math.log1p(promoters);
        x[TERMS.indexOf(Term.SIGN)] = sign ? 1 : 0;
        return x;
    }

    /// What each of [#TERMS] counts for a sale online to a place of this tier.
    static double[] onlineFeatures(Tier tier) {
        double[] x = new double[TERMS.size()];
        if (tier == Tier.COUNTY_TOWN) x[TERMS.indexOf(Term.ONLINE_COUNTY_TOWN)] = 1;
        if (tier == Tier.TOWNSHIP) x[TERMS.indexOf(Term.ONLINE_TOWNSHIP)] = 1;
        return x;
    }

    /// What each of [#TERMS] counts for a brand in a shop of today; promoters and the sign work for the shop's first brand.
    static double[] features(Shop shop, Tier tier, String brand) {
        boolean first = shop.brands().getFirst().equals(brand);
        return features(tier, shop.format(), usualRange(shop.format()), shop.dealerMarginFen().getOrDefault(brand, 0L), first ? shop.promoters() : 0, first && shop.sign());
    }

    /// The utility of a brand in a shop of today.
    double of(Shop shop, Tier tier, String brand) {
        return utility(features(shop, tier, brand));
    }

    /// The part of a brand's models a shop of this format usually carries: an assumption where the shelf was not seen.
    static double usualRange(Shop.Format format) {
        return switch (format) {
            case BRAND_SHOP, AUTHORISED_SHOP -> 1;
            case SHOP_IN_SHOP -> .8;
            case OWNER_RUN -> .5;
            case CARRIER -> .4;
        };
    }
}
