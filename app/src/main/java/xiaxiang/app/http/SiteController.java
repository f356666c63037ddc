package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;
import xiaxiang.core.register.SiteStore;
import xiaxiang.core.register.StoredSite;

/// Candidate sites.
@RestController
@RequestMapping("/api/v1/sites")
@Tag(name = "sites", description = "Candidate sites / 候选点")
final class SiteController {
    private final Database database;

    SiteController(Database database) {
        this.database = database;
    }

    @GetMapping
    @Needs(Right.READ_PLANS)
    @Operation(summary = "The candidate sites of a place or of my territory / 某地或辖区的候选点")
    Page<ShopJson.Site> list(Caller caller, @Parameter(example = "410329") @RequestParam(required = false) @Nullable String place, @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        int most = Page.limit(limit);
        List<StoredSite> found = database.as(caller.scope(), handle -> SiteStore.list(handle, caller.territory(), ShopController.path(handle, caller, place), ShopController.after(cursor), most + 1));
        return Page.of(found, most, one -> List.of(one.path(), one.site().id()), ShopJson::site);
    }

    @PostMapping
    @Needs({Right.READ_PLANS, Right.PLAN})
    @Operation(summary = "Add a candidate site, as a sketch / 新增候选点（示意）")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(content = @Content(schema = @Schema(implementation = ShopJson.NewSite.class)))
    ResponseEntity<ShopJson.Site> add(Caller caller, @RequestBody JsonNode body) {
        Map<String, String> cells = TypedCells.of(body, TypedCells.SITE, caller.locale());
        ShopJson.Site site = ShopJson.site(database.as(caller.scope(), handle -> Edits.done(SiteStore.add(handle, caller.territory(), cells), "site", caller.locale())));
        return ResponseEntity.created(URI.create("/api/v1/sites/" + site.id())).eTag(site.etag()).body(site);
    }

    @DeleteMapping("/{id}")
    @Needs({Right.READ_PLANS, Right.PLAN})
    @Operation(summary = "Take a candidate site away / 移除候选点")
    ResponseEntity<Void> remove(Caller caller, @PathVariable String id, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        int version = Versions.expected(ifMatch);
        database.as(caller.scope(), handle -> Edits.done(SiteStore.remove(handle, caller.territory(), id, version), id, caller.locale()));
        return ResponseEntity.noContent().build();
    }
}
