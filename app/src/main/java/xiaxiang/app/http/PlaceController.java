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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import xiaxiang.core.account.AuditStore;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;
import xiaxiang.core.register.PlaceEdits;
import xiaxiang.core.register.PlaceStore;
import xiaxiang.core.register.StoredPlace;

/// The tree of places.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "places", description = "The tree of places / 行政区划")
final class PlaceController {
    private final Database database;
    private final Downloads downloads;

    PlaceController(Database database, Downloads downloads) {
        this.database = database;
        this.downloads = downloads;
    }

    @GetMapping("/places")
    @Needs(Right.READ_PLACES)
    @Operation(summary = "The tops of my territory, the places below one, or those a word finds / 辖区的最上级、某地的下级，或按名称代码查找")
    Page<PlaceJson.Item> list(Caller caller, @Parameter(example = "410329") @RequestParam(required = false) @Nullable String parent, @Parameter(example = "鸣皋") @RequestParam(required = false) @Nullable String q,
            @Parameter(example = "township") @RequestParam(required = false) @Nullable String level, @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
        int most = Page.limit(limit);
        return q != null && !q.isBlank() ? search(caller, q, level, cursor, most) : below(caller, parent, cursor, most);
    }

    private Page<PlaceJson.Item> search(Caller caller, String q, @Nullable String level, @Nullable String cursor, int most) {
        List<String> key = Cursor.read(cursor, 2);
        PlaceStore.Key after = key == null ? PlaceStore.START : new PlaceStore.Key((int) Numbers.id(key.getFirst()), key.getLast());
        List<StoredPlace> found = database.as(caller.scope(), handle -> PlaceStore.search(handle, caller.territory(), shortened(q), level, after, most + 1));
        return Page.of(found, most, one -> List.of(Integer.toString(one.depth()), one.code()), PlaceJson::item);
    }

    /// No name is longer.
    private static String shortened(String q) {
        return q.length() > 100 ? q.substring(0, 100) : q;
    }

    private Page<PlaceJson.Item> below(Caller caller, @Nullable String parent, @Nullable String cursor, int most) {
        List<String> key = Cursor.read(cursor, 1);
        List<StoredPlace> found = database.as(caller.scope(), handle -> below(handle, caller, parent, key == null ? "" : key.getFirst(), most + 1));
        return Page.of(found, most, one -> List.of(one.code()), PlaceJson::item);
    }

    private static List<StoredPlace> below(Handle handle, Caller caller, @Nullable String parent, String after, int most) {
        if (parent == null || parent.isEmpty()) return PlaceStore.tops(handle, caller.territory(), after, most);
        if (PlaceStore.path(handle, caller.territory(), parent).isEmpty()) throw Refusal.notFound(parent);
        return PlaceStore.children(handle, caller.territory(), parent, after, most);
    }

    @GetMapping("/places/{code}")
    @Needs(Right.READ_PLACES)
    @Operation(summary = "A place with its way from the top, its people and its box / 某地的详情")
    ResponseEntity<PlaceJson.Card> one(Caller caller, @Parameter(example = "410329101") @PathVariable String code) {
        return answer(database.as(caller.scope(), handle -> card(handle, caller, PlaceStore.place(handle, caller.territory(), code).orElseThrow(() -> Refusal.notFound(code)))));
    }

    private static PlaceJson.Card card(Handle handle, Caller caller, StoredPlace place) {
        return PlaceJson.card(place, PlaceStore.way(handle, caller.territory(), place.path()), PlaceStore.people(handle, caller.territory(), place.code()),
                PlaceStore.bounds(handle, caller.territory(), place.path(), place.code()).orElse(null));
    }

    private static ResponseEntity<PlaceJson.Card> answer(PlaceJson.Card card) {
        return ResponseEntity.ok().eTag(card.etag()).body(card);
    }

    @PatchMapping("/places/{code}")
    @Needs(Right.IMPORT)
    @Operation(summary = "Correct a place's names or point / 更正名称或坐标")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(content = @Content(schema = @Schema(implementation = PlaceJson.Change.class)))
    ResponseEntity<PlaceJson.Card> change(Caller caller, @PathVariable String code, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch, @RequestBody JsonNode body) {
        int version = Versions.expected(ifMatch);
        Map<String, String> cells = TypedCells.of(body, TypedCells.PLACE, caller.locale());
        return answer(database.as(caller.scope(), handle -> card(handle, caller, Edits.done(PlaceEdits.change(handle, caller.territory(), code, version, cells), code, caller.locale()))));
    }

    @GetMapping("/places/{code}/history")
    @Needs(Right.READ_PLACES)
    @Operation(summary = "What was changed of a place, the latest first / 变更历史")
    Page<AuditStore.Entry> history(Caller caller, @PathVariable String code, @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "50") int limit) {
        return Histories.page(database, caller, "place", code, cursor, limit);
    }

    @GetMapping(path = "/places/{code}/boundary", produces = GeoJson.TYPE)
    @Needs(Right.READ_PLACES)
    @Operation(summary = "A place's boundary as a GeoJSON feature (WGS-84) / 边界")
    byte[] boundary(Caller caller, @PathVariable String code) {
        return database.as(caller.scope(), handle -> {
            StoredPlace place = PlaceStore.place(handle, caller.territory(), code).orElseThrow(() -> Refusal.notFound(code));
            String geometry = PlaceStore.boundary(handle, caller.territory(), code).orElseThrow(() -> Refusal.notFound(code));
            return GeoJson.feature(geometry, Map.of("code", code, "name", place.name(), "nameEn", place.nameEn()));
        });
    }

    @GetMapping(path = "/places.geojson", produces = GeoJson.TYPE)
    @Needs(Right.READ_PLACES)
    @Operation(summary = "The places below one as points (without a parent: the tops of my territory); those without a point have none / 下级地点的 GeoJSON")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = GeoJson.TYPE, schema = @Schema(type = "object")))
    void points(Caller caller, HttpServletResponse response, @Parameter(example = "410329") @RequestParam(required = false) @Nullable String parent) throws IOException {
        downloads.send(caller, response, (handle, answer) -> {
            List<StoredPlace> first = below(handle, caller, parent, "", Page.MOST);
            OutputStream out = answer.begin(GeoJson.TYPE, null);
            GeoJson.points(Stream.iterate(first, part -> !part.isEmpty(), part -> part.size() < Page.MOST ? List.<StoredPlace>of() : below(handle, caller, parent, part.getLast().code(), Page.MOST))
                    .flatMap(List::stream).map(one -> new GeoJson.Point(one.lon(), one.lat(), PlaceJson.item(one))).iterator(), out);
            out.flush();
        });
    }
}
