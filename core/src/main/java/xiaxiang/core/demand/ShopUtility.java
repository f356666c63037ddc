package xiaxiang.core.demand;

import xiaxiang.core.atlas.Shop;
import xiaxiang.core.atlas.Tier;

/// The utility of buying a brand in a shop, without the brand's constant, the distance and the price fit: channel, format, range, dealer's margin, promoter, sign.
final class ShopUtility {
    private final Coefficients c;

    ShopUtility(Coefficients coefficients) {
        c = coefficients;
    }

    /// Utility in utils; `rangeShare` in (0, 1] is the part of the brand's models on the shelf, `marginFen` the dealer's margin on a phone.
    double of(Tier tier, Shop.Format format, double rangeShare, long marginFen, int promoters, boolean sign) {
        return channel(tier) + format(format) + c.of(Term.RANGE) * Math.log(rangeShare) + c.of(Term.DEALER_MARGIN) * marginFen / 10_000.0
                + c.of(Term.PROMOTER) * Math.log1p(promoters) + (sign ? c.of(Term.SIGN) : 0);
    }

    /// The utility of buying online from a place of this tier.
    double online(Tier tier) {
        return switch (tier) {
            case CITY -> 0;
            case COUNTY_TOWN -> c.of(Term.ONLINE_COUNTY_TOWN);
            case TOWNSHIP -> c.of(Term.ONLINE_TOWNSHIP);
        };
    }

    private double channel(Tier tier) {
        return switch (tier) {
            case CITY -> c.of(Term.CITY_SHOP);
            case COUNTY_TOWN -> c.of(Term.COUNTY_TOWN_SHOP);
            case TOWNSHIP -> 0;
        };
    }

    private double format(Shop.Format format) {
        return switch (format) {
            case BRAND_SHOP -> c.of(Term.BRAND_SHOP);
            case AUTHORISED_SHOP -> c.of(Term.AUTHORISED_SHOP);
            case SHOP_IN_SHOP -> c.of(Term.SHOP_IN_SHOP);
            case CARRIER -> c.of(Term.CARRIER);
            case OWNER_RUN -> 0;
        };
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
