package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;
import xiaxiang.core.register.ShopDuplicates;
import xiaxiang.core.register.ShopMerges;

/// Shops that were noted twice.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "shops")
final class MergeController {
    private final Database database;

    MergeController(Database database) {
        this.database = database;
    }

    /// Into which shop to merge; `giveUp` names fields in which the two contradict each other and the other shop's word is given up.
    @Schema(name = "NewMerge")
    record Into(@Schema(example = "s2") @Nullable String into, @Schema(example = "[\"owner\"]") @Nullable List<String> giveUp) {}

    /// A merge that was made, and the shop that stays.
    @Schema(name = "Merge")
    record Merged(long merge, ShopJson.Card shop) {}

    @GetMapping("/shops/duplicates")
    @Needs(Right.READ_SHOPS)
    @Operation(summary = "Pairs of open shops that may be one: alike by name within 200 m, or the same in all but the name within 30 m / 疑似重复的门店")
    Page<ShopJson.Pair> duplicates(Caller caller, @Parameter(example = "410329") @RequestParam(required = false) @Nullable String place, @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        int most = Page.limit(limit);
        ShopDuplicates.Part part = database.as(caller.scope(), handle -> ShopDuplicates.list(handle, caller.territory(), ShopController.path(handle, caller, place), ShopController.after(cursor), most));
        return new Page<>(part.pairs().stream().map(ShopJson::pair).toList(), part.next() == null ? null : Cursor.of(List.of(part.next().path(), part.next().id())));
    }

    @PostMapping("/shops/{id}/merge")
    @Needs({Right.READ_SHOPS, Right.EDIT_SHOPS})
    @Operation(summary = "Merge a shop into another; refused, with the fields named, where they contradict each other / 合并到另一门店")
    Merged merge(Caller caller, @PathVariable String id, @RequestBody Into body) {
        String into = body.into() == null ? "" : body.into();
        Set<String> givenUp = body.giveUp() == null ? Set.of() : Set.copyOf(body.giveUp().stream().map(TypedCells::column).toList());
        return database.as(caller.scope(), handle -> {
            ShopMerges.Merge merge = Edits.done(ShopMerges.merge(handle, caller.territory(), id, into, givenUp), id + ", " + into, caller.locale());
            return new Merged(merge.id(), ShopController.card(handle, caller, merge.into()));
        });
    }

    @PostMapping("/merges/{id}/undo")
    @Needs({Right.READ_SHOPS, Right.EDIT_SHOPS})
    @Operation(summary = "Make two shops of a merge again, as they were / 撤销合并")
    Merged undo(Caller caller, @PathVariable long id) {
        return database.as(caller.scope(), handle -> {
            ShopMerges.Merge merge = Edits.done(ShopMerges.undo(handle, caller.territory(), id), Long.toString(id), caller.locale());
            return new Merged(merge.id(), ShopController.card(handle, caller, merge.into()));
        });
    }
}
