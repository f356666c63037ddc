package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import xiaxiang.app.flow.ExportFacts;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Territory;
import xiaxiang.core.register.AtlasTables;
import xiaxiang.core.register.FactTable;

/// Facts as files, streamed.
@RestController
@RequestMapping("/api/v1/exports")
@Tag(name = "exports")
final class ExportController {
    private final Downloads downloads;

    ExportController(Downloads downloads) {
        this.downloads = downloads;
    }

    private interface Writing {
        void to(ExportFacts export, OutputStream out) throws IOException;
    }

    @GetMapping(value = "/{table}.csv", produces = "text/csv")
    @Needs(Right.EXPORT)
    @Operation(summary = "A table as CSV, exactly as docs/formats.md states it", description = "Tables: divisions, people, brands, models, market, channels, shops, sites, visits, answers, sellout.")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    void csv(Caller caller, HttpServletResponse response, @PathVariable String table, @RequestParam(required = false) @Nullable String place) throws IOException {
        FactTable known = table(caller, table);
        send(caller, place, response, "text/csv; charset=UTF-8", table + ".csv", (export, out) -> export.csv(known, out));
    }

    @GetMapping(value = "/{table}.xlsx", produces = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    @Needs(Right.EXPORT)
    @Operation(summary = "A table as a workbook of one sheet")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", schema = @Schema(type = "string", format = "binary")))
    void workbook(Caller caller, HttpServletResponse response, @PathVariable String table, @RequestParam(required = false) @Nullable String place) throws IOException {
        FactTable known = table(caller, table);
        send(caller, place, response, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table + ".xlsx", (export, out) -> {
            if (!export.fitsSheet(known)) throw Refusal.of(HttpStatus.UNPROCESSABLE_CONTENT, "too-many-rows", ExportFacts.SHEET_ROWS);
            export.workbook(known, out);
        });
    }

    @GetMapping(value = "/{table}.geojson", produces = "application/geo+json")
    @Needs(Right.EXPORT)
    @Operation(summary = "The points of divisions, shops or sites as GeoJSON")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/geo+json", schema = @Schema(type = "object")))
    void geojson(Caller caller, HttpServletResponse response, @PathVariable String table, @RequestParam(required = false) @Nullable String place) throws IOException {
        FactTable known = table(caller, table);
        if (!ExportFacts.hasPoints(known)) throw Refusal.notFound(table + ".geojson");
        send(caller, place, response, "application/geo+json", table + ".geojson", (export, out) -> export.geojson(known, out));
    }

    @GetMapping(value = "/workspace.zip", produces = "application/zip")
    @Needs({Right.EXPORT, Right.READ_DEMAND})
    @Operation(summary = "All tables of a place's subtree as a workspace folder in one zip")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary")))
    void workspace(Caller caller, HttpServletResponse response, @RequestParam(required = false) @Nullable String place) throws IOException {
        send(caller, place, response, "application/zip", "workspace.zip", ExportFacts::workspace);
    }

    private static FactTable table(Caller caller, String name) {
        FactTable table = ExportFacts.table(name);
        if (table == null) throw Refusal.notFound(name);
        Right right = table.equals(AtlasTables.SHOPS) ? Right.READ_SHOPS : table.equals(AtlasTables.SITES) ? Right.READ_PLANS : ExportFacts.isPlanning(table) ? Right.READ_DEMAND : Right.READ_PLACES;
        boolean may = caller.may(right) || (right != Right.READ_SHOPS && caller.may(Right.IMPORT));
        if (!may) throw caller.lacks(right);
        return table;
    }

    private void send(Caller caller, @Nullable String place, HttpServletResponse response, String type, String name, Writing writing) throws IOException {
        downloads.send(caller, response, (handle, answer) -> {
            String path = place == null || place.isEmpty() ? null : handle.createQuery("SELECT path FROM place p WHERE code = :place AND " + Territory.placesSql("p")).bind("place", place)
                    .bindMap(caller.territory().binds()).mapTo(String.class).findOne().orElseThrow(() -> Refusal.notFound(place));
            OutputStream out = answer.begin(type, name);
            writing.to(new ExportFacts(handle, caller.territory(), path), out);
            out.flush();
        });
    }
}
