package xiaxiang.app.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.Territory;
import xiaxiang.core.register.BrandStore;
import xiaxiang.core.register.SourceStore;
import xiaxiang.core.register.TileStore;

/// Brands, models, and where all rows come from.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "brands", description = "Brands, models and sources / 品牌、机型与来源")
final class BrandController {
    private final Database database;
    /// Sources need a pass over all rows; by what the reader may see, and what was changed.
    private final Cache<Asked, List<SourceStore.Source>> sources = Caffeine.newBuilder().maximumSize(100).build();

    private record Asked(Territory territory, long revision, String seen) {}

    /// A brand; `onlineShare` is the part of its units sold online.
    record BrandItem(String id, String name, String nameEn, String colour, double onlineShare, boolean rest, String source, String kind) {}

    /// A model with its suggested price.
    record ModelItem(String brand, String model, String band, long priceFen, long brandMarginFen, long dealerMarginFen, String source, String kind) {}

    /// A source of a table's rows; the licence is null where nobody noted one.
    record SourceItem(String source, String kind, String table, long rows, @Nullable String licence) {}

    /// A text, and the licence under which every source that contains it may be used; a blank licence forgets what was noted.
    record LicenceBody(@Schema(example = "example.org list of shops 2026") @Nullable String source, @Schema(example = "CC BY 4.0") @Nullable String licence) {}

    BrandController(Database database) {
        this.database = database;
    }

    @GetMapping("/brands")
    @Needs(Right.READ_PLACES)
    @Operation(summary = "All brands, in their order / 品牌")
    Page<BrandItem> brands(Caller caller) {
        return new Page<>(database.as(caller.scope(), BrandStore::brands).stream()
                .map(b -> new BrandItem(b.id(), b.name(), b.nameEn(), b.colour(), b.onlineShare(), b.rest(), b.provenance().source(), ShopJson.text(b.provenance().kind()))).toList(), null);
    }

    @GetMapping("/models")
    @Needs(Right.READ_DEMAND)
    @Operation(summary = "All models, by brand / 机型")
    Page<ModelItem> models(Caller caller) {
        return new Page<>(database.as(caller.scope(), BrandStore::models).stream()
                .map(m -> new ModelItem(m.brand(), m.name(), m.band(), m.priceFen(), m.brandMarginFen(), m.dealerMarginFen(), m.provenance().source(), ShopJson.text(m.provenance().kind()))).toList(), null);
    }

    @GetMapping("/sources")
    @Needs(Right.READ_SOURCES)
    @Operation(summary = "Where the rows I may see come from, and what they are worth / 数据来源")
    Page<SourceItem> sources(Caller caller) {
        List<SourceStore.Source> found = database.as(caller.scope(), handle -> sources.get(new Asked(caller.territory(), TileStore.revision(handle, "places", "shops", "boundaries"), Database.seen(handle)),
                _ -> SourceStore.list(handle, caller.territory())));
        List<SourceStore.Licence> licences = database.as(caller.scope(), SourceStore::licences);
        return new Page<>(found.stream().map(one -> new SourceItem(one.source(), one.kind(), one.table(), one.rows(), SourceStore.licence(one.source(), licences))).toList(), null);
    }

    @PutMapping("/sources/licence")
    @Needs({Right.READ_SOURCES, Right.EDIT_SOURCES})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Note the licence of a source / 记下来源的许可", description = "It holds for every source whose text contains this one, everywhere; so it takes somebody who looks after everywhere. A blank licence forgets it.")
    void licence(Caller caller, @RequestBody LicenceBody body) {
        Fields fields = new Fields(caller.locale());
        String part = fields.text("source", body.source(), SourceStore.LONGEST_PART);
        String licence = fields.optional("licence", body.licence(), SourceStore.LONGEST_LICENCE);
        fields.done();
        if (!caller.territory().equals(Territory.everywhere())) throw Refusal.of(HttpStatus.FORBIDDEN, "beyond-territory");
        boolean done = database.as(caller.scope(), handle -> {
            if (licence != null) return SourceStore.note(handle, new SourceStore.Licence(part, licence));
            SourceStore.forget(handle, part);
            return true;
        });
        if (!done) throw Refusal.of(HttpStatus.CONFLICT, "too-many-licences");
    }
}
