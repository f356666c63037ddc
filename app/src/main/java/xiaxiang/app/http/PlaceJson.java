package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.register.StoredPlace;

/// Places as they go over the wire.
final class PlaceJson {
    private PlaceJson() {}

    /// A place in a list.
    @Schema(name = "Place")
    record Item(@Schema(example = "410329101") String code, @Schema(example = "鸣皋镇") String name, String nameEn, @Schema(example = "township") String level, @Schema(example = "township") String tier,
                @Nullable Double lon, @Nullable Double lat, @Nullable String pointKind, @Nullable Long persons, long shops, long ownShops, long children, @Schema(example = "observed") String kind) {}

    /// A place with all that is known of it.
    @Schema(name = "PlaceCard")
    record Card(String code, String name, String nameEn, String level, String tier, @Nullable Double lon, @Nullable Double lat, @Nullable String pointKind, @Nullable Long persons, long shops, long ownShops,
                long children, String kind, List<StoredPlace.Step> path, String urbanRural, List<StoredPlace.Year> people, @Schema(description = "west, south, east, north") @Nullable List<Double> bounds,
                @Nullable LocalDate validFrom, @Nullable LocalDate validTo, List<String> successors, String source, String etag) {}

    /// What may be changed of a place; what is left out stays.
    @Schema(name = "PlaceChange")
    record Change(@Schema(example = "鸣皋镇") @Nullable String name, @Schema(example = "Minggao") @Nullable String nameEn, @Schema(example = "112.288") @Nullable Double lon, @Schema(example = "34.315") @Nullable Double lat,
                  @Schema(example = "WGS-84", description = "WGS-84 (if left out), GCJ-02 or BD-09") @Nullable String datum, @Schema(example = "visited on 3 May 2017") String source) {}

    static Item item(StoredPlace p) {
        return new Item(p.code(), p.name(), p.nameEn(), p.level(), p.tier(), p.lon(), p.lat(), p.pointKind(), p.persons(), p.shops(), p.ownShops(), p.children(), p.kind());
    }

    static Card card(StoredPlace p, List<StoredPlace.Step> path, List<StoredPlace.Year> people, StoredPlace.@Nullable Bounds box) {
        return new Card(p.code(), p.name(), p.nameEn(), p.level(), p.tier(), p.lon(), p.lat(), p.pointKind(), p.persons(), p.shops(), p.ownShops(), p.children(), p.kind(), path, p.urbanRural(), people,
                box == null ? null : List.of(box.west(), box.south(), box.east(), box.north()), p.validFrom(), p.validTo(), p.successors(), p.source(), Versions.etag(p.version()));
    }
}
