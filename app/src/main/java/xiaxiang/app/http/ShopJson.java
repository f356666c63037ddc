package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.CandidateSite;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.register.ShopDuplicates;
import xiaxiang.core.register.StoredPlace;
import xiaxiang.core.register.StoredShop;
import xiaxiang.core.register.StoredSite;

/// Shops and sites as they go over the wire. Money is whole fen, points are WGS-84.
final class ShopJson {
    private ShopJson() {}

    /// A shop in a list.
    @Schema(name = "Shop")
    record Item(@Schema(example = "s1") String id, @Schema(example = "镇东手机店") String name, String nameEn, @Schema(example = "410329101") String division, String divisionName, String divisionNameEn,
                double lon, double lat, @Schema(example = "rival") String owner, @Schema(example = "owner_run") String format, List<String> brands, int promoters, boolean sign,
                @Schema(example = "observed") String kind, String source) {}

    /// A shop with all that is known of it.
    @Schema(name = "ShopCard")
    record Card(String id, String name, String nameEn, String division, String divisionName, String divisionNameEn, double lon, double lat, String owner, String format, List<String> brands, int promoters,
                boolean sign, String kind, String source, Map<String, Integer> unitsMonth, Map<String, Long> dealerMarginFen, @Nullable Long closingFen, long runningFenYear, double breakEvenUnitsYear,
                @Nullable String distributor, boolean closed, @Nullable Instant closedAt, @Nullable String mergedInto, @Nullable Long importId, List<StoredPlace.Step> path, String etag) {}

    /// What a shop is made of; in a change, what is left out stays, and null empties a field that may be empty.
    @Schema(name = "ShopChange")
    record Change(@Schema(example = "镇东手机店") String name, @Nullable String nameEn, @Schema(example = "410329101") String division, @Schema(example = "112.2883") Double lon, @Schema(example = "34.315") Double lat,
                  @Schema(description = "WGS-84 (if left out), GCJ-02 or BD-09") @Nullable String datum, @Schema(example = "rival") String owner, @Schema(example = "owner_run") String format,
                  @Schema(example = "[\"oppo\"]") List<String> brands, @Nullable Map<String, Integer> unitsMonth, @Nullable Map<String, Long> dealerMarginFen, @Nullable Integer promoters, @Nullable Boolean sign,
                  @Schema(description = "own shops only") @Nullable Long closingFen, @Nullable Long runningFenYear, @Nullable Double breakEvenUnitsYear, @Nullable String distributor,
                  @Schema(example = "seen on 3 May 2017") String source, @Schema(description = "observed or sketch", example = "observed") @Nullable String kind) {}

    /// Two shops that may be one.
    @Schema(name = "Duplicate")
    record Pair(Item a, Item b, double meters, double nameSimilarity, @Schema(example = "similar_name") String reason) {}

    /// A candidate site.
    @Schema(name = "Site")
    record Site(String id, String name, String nameEn, String division, String divisionName, String divisionNameEn, double lon, double lat, @Schema(example = "open") String action, @Nullable String shop,
                String format, int promoters, boolean sign, int modelsCarried, long fitOutFen, long runningFenYear, long dealerMarginFen, double breakEvenUnitsYear, String kind, String source, String etag) {}

    /// What a site is made of. It is a sketch: nobody has seen what does not stand yet.
    @Schema(name = "NewSite")
    record NewSite(@Schema(example = "镇南新店") String name, @Nullable String nameEn, @Schema(example = "410329101") String division, @Schema(example = "112.288") Double lon, @Schema(example = "34.314") Double lat,
                   @Nullable String datum, @Schema(example = "open") String action, @Schema(description = "the shop it signs or upgrades; none to open") @Nullable String shop,
                   @Schema(example = "authorised_shop") String format, @Nullable Integer promoters, @Nullable Boolean sign, @Schema(example = "6") Integer modelsCarried, @Schema(example = "1500000") Long fitOutFen,
                   @Schema(example = "600000") Long runningFenYear, @Schema(example = "8000") Long dealerMarginFen, @Nullable Double breakEvenUnitsYear, @Schema(example = "proposed at the county meeting") String source) {}

    static String text(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    static Item item(StoredShop stored) {
        Shop s = stored.shop();
        return new Item(s.id(), s.name(), s.nameEn(), s.division(), stored.divisionName(), stored.divisionNameEn(), s.point().lon(), s.point().lat(), text(s.owner()), text(s.format()), s.brands(), s.promoters(),
                s.sign(), text(s.provenance().kind()), s.provenance().source());
    }

    static Card card(StoredShop stored, List<StoredPlace.Step> path) {
        Shop s = stored.shop();
        return new Card(s.id(), s.name(), s.nameEn(), s.division(), stored.divisionName(), stored.divisionNameEn(), s.point().lon(), s.point().lat(), text(s.owner()), text(s.format()), s.brands(), s.promoters(),
                s.sign(), text(s.provenance().kind()), s.provenance().source(), s.unitsMonth(), s.dealerMarginFen(), s.closingFen(), s.runningFenYear(), s.breakEvenUnitsYear(), stored.distributor(),
                stored.closedAt() != null, stored.closedAt(), stored.mergedInto(), stored.importId(), path, Versions.etag(stored.version()));
    }

    static Pair pair(ShopDuplicates.Pair pair) {
        return new Pair(item(pair.a()), item(pair.b()), Math.round(pair.meters() * 10) / 10.0, Math.round(pair.nameSimilarity() * 1000) / 1000.0, text(pair.reason()));
    }

    static Site site(StoredSite stored) {
        CandidateSite s = stored.site();
        return new Site(s.id(), s.name(), s.nameEn(), s.division(), stored.divisionName(), stored.divisionNameEn(), s.point().lon(), s.point().lat(), text(s.action()), s.shop(), text(s.format()), s.promoters(),
                s.sign(), s.modelsCarried(), s.fitOutFen(), s.runningFenYear(), s.dealerMarginFen(), s.breakEvenUnitsYear(), text(s.provenance().kind()), s.provenance().source(), Versions.etag(stored.version()));
    }
}
