package xiaxiang.core.atlas;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.geo.LonLat;

/// A shop (门店) that sells phones today.
///
/// `owner` says whose it is; `brands` the brands carried, by id; `unitsMonth` units sold a month by brand, empty where not known;
/// `dealerMarginFen` the dealer's margin on a phone by brand, in fen, empty where not known; `promoters` brand-paid staff;
/// `closingFen` what closing it costs, null if it cannot be closed (only own shops can); `runningFenYear` what the brand pays a year to keep it.
public record Shop(String id, String name, String nameEn, String division, LonLat point, Owner owner, Format format, List<String> brands,
                   Map<String, Integer> unitsMonth, Map<String, Long> dealerMarginFen, int promoters, boolean sign,
                   @Nullable Long closingFen, long runningFenYear, double breakEvenUnitsYear, Provenance provenance) {
    /// Whose a shop is, seen from the brand that plans.
    public enum Owner { OWN, PARTNER, RIVAL }
    /// What kind of point of sale it is (GLOSSARY: brand shop 专卖店, shop-in-shop 店中店, owner-run shop 夫妻店, authorised shop 授权店, carrier 运营商).
    public enum Format { BRAND_SHOP, AUTHORISED_SHOP, SHOP_IN_SHOP, OWNER_RUN, CARRIER }
    public Shop {
        brands = List.copyOf(brands);
        unitsMonth = Map.copyOf(unitsMonth);
        dealerMarginFen = Map.copyOf(dealerMarginFen);
        if (promoters < 0 || runningFenYear < 0 || breakEvenUnitsYear < 0) throw new IllegalArgumentException("The shop " + id + " has a negative figure.");
    }
}
