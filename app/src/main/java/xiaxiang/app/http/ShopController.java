package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import xiaxiang.core.account.AuditStore;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;
import xiaxiang.core.register.PlaceStore;
import xiaxiang.core.register.ShopEdits;
import xiaxiang.core.register.ShopStore;
import xiaxiang.core.register.StoredShop;

/// Shops.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "shops", description = "Own, partner and rival shops / 门店")
final class ShopController {
    private final Database database;
    private final Downloads downloads;

    ShopController(Database database, Downloads downloads) {
        this.database = database;
        this.downloads = downloads;
    }

    @GetMapping("/shops")
    @Needs(Right.READ_SHOPS)
    @Operation(summary = "The open shops of a place or of my territory, by place and id / 某地或辖区内在营的门店")
    Page<ShopJson.Item> list(Caller caller, @Parameter(example = "410329") @RequestParam(required = false) @Nullable String place, @Parameter(example = "rival") @RequestParam(required = false) @Nullable String owner,
            @Parameter(example = "oppo") @RequestParam(required = false) @Nullable String brand, @Parameter(example = "observed") @RequestParam(required = false) @Nullable String kind,
            @Parameter(description = "part of a name, or an id") @RequestParam(required = false) @Nullable String q, @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
        int most = Page.limit(limit);
        ShopStore.Key after = after(cursor);
        List<StoredShop> found = database.as(caller.scope(), handle -> ShopStore.list(handle, caller.territory(),
                new ShopStore.Filter(path(handle, caller, place), given(owner), given(brand), given(kind), given(q)), after, most + 1));
        return Page.of(found, most, ShopController::key, ShopJson::item);
    }

    private static @Nullable String given(@Nullable String asked) {
        return asked == null || asked.isBlank() ? null : asked.length() > 200 ? asked.substring(0, 200) : asked;
    }

    static ShopStore.Key after(@Nullable String cursor) {
        List<String> key = Cursor.read(cursor, 2);
        return key == null ? ShopStore.START : new ShopStore.Key(key.getFirst(), key.getLast());
    }

    private static List<String> key(StoredShop one) {
        return List.of(one.path(), one.shop().id());
    }

    /// The path of a place that was asked for, null where none was; refuses one outside the territory.
    static @Nullable String path(Handle handle, Caller caller, @Nullable String place) {
        if (place == null || place.isEmpty()) return null;
        return PlaceStore.path(handle, caller.territory(), place).orElseThrow(() -> Refusal.notFound(place));
    }

    @GetMapping("/shops/{id}")
    @Needs(Right.READ_SHOPS)
    @Operation(summary = "A shop, open or closed / 门店详情")
    ResponseEntity<ShopJson.Card> one(Caller caller, @Parameter(example = "s1") @PathVariable String id) {
        return answer(HttpStatus.OK, database.as(caller.scope(), handle -> card(handle, caller, ShopStore.shop(handle, caller.territory(), id).orElseThrow(() -> Refusal.notFound(id)))));
    }

    static ShopJson.Card card(Handle handle, Caller caller, StoredShop shop) {
        return ShopJson.card(shop, PlaceStore.way(handle, caller.territory(), shop.path()));
    }

    private static ResponseEntity<ShopJson.Card> answer(HttpStatus status, ShopJson.Card card) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).eTag(card.etag());
        if (status == HttpStatus.CREATED) answer.location(URI.create("/api/v1/shops/" + card.id()));
        return answer.body(card);
    }

    @PostMapping("/shops")
    @Needs({Right.READ_SHOPS, Right.EDIT_SHOPS})
    @Operation(summary = "Add a shop / 新增门店")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(content = @Content(schema = @Schema(implementation = ShopJson.Change.class)))
    ResponseEntity<ShopJson.Card> add(Caller caller, @RequestBody JsonNode body) {
        Map<String, String> cells = TypedCells.of(body, TypedCells.SHOP, caller.locale());
        return answer(HttpStatus.CREATED, database.as(caller.scope(), handle -> card(handle, caller, Edits.done(ShopEdits.add(handle, caller.territory(), cells), "shop", caller.locale()))));
    }

    @PatchMapping("/shops/{id}")
    @Needs({Right.READ_SHOPS, Right.EDIT_SHOPS})
    @Operation(summary = "Change a shop; an invented one becomes a sketch, or observed where a source is named / 修改门店")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(content = @Content(schema = @Schema(implementation = ShopJson.Change.class)))
    ResponseEntity<ShopJson.Card> change(Caller caller, @PathVariable String id, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch, @RequestBody JsonNode body) {
        int version = Versions.expected(ifMatch);
        Map<String, String> cells = TypedCells.of(body, TypedCells.SHOP, caller.locale());
        return answer(HttpStatus.OK, database.as(caller.scope(), handle -> card(handle, caller, Edits.done(ShopEdits.change(handle, caller.territory(), id, version, cells), id, caller.locale()))));
    }

    @DeleteMapping("/shops/{id}")
    @Needs({Right.READ_SHOPS, Right.EDIT_SHOPS})
    @Operation(summary = "Close a shop; it stays with its history / 关闭门店（保留历史）")
    ResponseEntity<ShopJson.Card> close(Caller caller, @PathVariable String id, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        int version = Versions.expected(ifMatch);
        return answer(HttpStatus.OK, database.as(caller.scope(), handle -> card(handle, caller, Edits.done(ShopEdits.close(handle, caller.territory(), id, version), id, caller.locale()))));
    }

    @PostMapping("/shops/{id}/restore")
    @Needs({Right.READ_SHOPS, Right.EDIT_SHOPS})
    @Operation(summary = "Open a closed shop again; or take back one's own last change of it, its kind and source too / 恢复已关闭的门店，或撤销自己最后一次修改")
    ResponseEntity<ShopJson.Card> restore(Caller caller, @PathVariable String id,
            @Parameter(description = "the id of a change in the shop's history, if not its closing is meant: one's own, with none after it") @RequestParam(required = false) @Nullable Long change) {
        return answer(HttpStatus.OK, database.as(caller.scope(), handle -> card(handle, caller, Edits.done(change == null ? ShopEdits.restore(handle, caller.territory(), id)
                : ShopEdits.undo(handle, caller.territory(), id, change), id, caller.locale()))));
    }

    @GetMapping("/shops/{id}/history")
    @Needs(Right.READ_SHOPS)
    @Operation(summary = "What was changed of a shop, the latest first / 变更历史")
    Page<AuditStore.Entry> history(Caller caller, @PathVariable String id, @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "50") int limit) {
        return Histories.page(database, caller, "shop", id, cursor, limit);
    }

    @GetMapping(path = "/shops.geojson", produces = GeoJson.TYPE)
    @Needs(Right.READ_SHOPS)
    @Operation(summary = "The open shops of a place as points / 门店的 GeoJSON")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = GeoJson.TYPE, schema = @Schema(type = "object")))
    void points(Caller caller, HttpServletResponse response, @Parameter(example = "410329") @RequestParam(required = false) @Nullable String place) throws IOException {
        downloads.send(caller, response, (handle, answer) -> {
            String path = path(handle, caller, place);
            try (Stream<StoredShop> shops = ShopStore.all(handle, caller.territory(), path)) {
                OutputStream out = answer.begin(GeoJson.TYPE, null);
                GeoJson.points(shops.map(one -> new GeoJson.Point(one.shop().point().lon(), one.shop().point().lat(), ShopJson.item(one))).iterator(), out);
                out.flush();
            }
        });
    }
}
