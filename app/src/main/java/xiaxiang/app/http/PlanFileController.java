package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.flow.Page;
import xiaxiang.app.flow.PlanFiles;
import xiaxiang.app.flow.PlanInBackground;
import xiaxiang.app.flow.PlanSites;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;
import xiaxiang.core.rollout.PlanStore;

/// The files of a plan, as they were made: a plan never changes, so neither do they.
@RestController
@RequestMapping("/api/v1/plans/{id}")
@Tag(name = "plans")
final class PlanFileController {
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    /// The page guards itself by a policy in its head; the sandbox keeps it away from the application's session.
    private static final String SANDBOX = "sandbox allow-scripts allow-downloads allow-modals; frame-ancestors 'none'";
    private static final Map<String, String> PACKED = Map.of(PlanFiles.PROBLEM, "application/gzip", PlanFiles.CERTIFICATE, "application/gzip", PlanInBackground.SNAPSHOT, "application/zip");

    private final Database database;

    PlanFileController(Database database) {
        this.database = database;
    }

    private byte[] file(long id, String name, Caller caller) {
        byte[] content = database.as(caller.scope(), handle -> PlanStore.file(handle, caller.territory(), id, name));
        if (content == null) throw Refusal.notFound(id + "/" + name);
        return content;
    }

    private static ResponseEntity<byte[]> download(byte[] content, String type, String name) {
        return ResponseEntity.ok().header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"").contentType(MediaType.parseMediaType(type)).body(content);
    }

    @GetMapping(path = "/report", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Right.READ_PLANS)
    @Operation(summary = "The report's data", description = "Towns, shops, sites with their why, waves, shares, ranks, intervals, sources: what the page of the plan shows.",
            responses = @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(type = "object"))))
    byte[] report(@PathVariable long id, Caller caller) {
        return Page.dataOf(file(id, PlanFiles.REPORT, caller));
    }

    @GetMapping(path = "/report.html", produces = "text/html")
    @Needs(Right.READ_PLANS)
    @Operation(summary = "The printable report", description = "One page that works offline, as the plan was made.")
    ResponseEntity<byte[]> page(@PathVariable long id, Caller caller) {
        return ResponseEntity.ok().header("Content-Security-Policy", SANDBOX).contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8)).body(file(id, PlanFiles.REPORT, caller));
    }

    @GetMapping(path = "/sites.csv", produces = "text/csv")
    @Needs({Right.READ_PLANS, Right.EXPORT})
    @Operation(summary = "The plan's sites as plan.csv")
    ResponseEntity<byte[]> csv(@PathVariable long id, Caller caller) {
        return download(file(id, PlanFiles.CSV, caller), "text/csv;charset=UTF-8", "plan-" + id + ".csv");
    }

    @GetMapping(path = "/sites.xlsx", produces = XLSX)
    @Needs({Right.READ_PLANS, Right.EXPORT})
    @Operation(summary = "The plan's sites as a workbook")
    ResponseEntity<byte[]> xlsx(@PathVariable long id, Caller caller) throws IOException {
        return download(PlanSites.xlsx(file(id, PlanFiles.CSV, caller)), XLSX, "plan-" + id + ".xlsx");
    }

    @GetMapping(path = "/sites.geojson", produces = "application/geo+json")
    @Needs(Right.READ_PLANS)
    @Operation(summary = "The plan's sites as GeoJSON points")
    ResponseEntity<byte[]> geojson(@PathVariable long id, Caller caller) {
        return download(PlanSites.geojson(JsonMapper.shared().readTree(file(id, PlanFiles.JSON, caller))), "application/geo+json", "plan-" + id + ".geojson");
    }

    @GetMapping("/{name:problem\\.bin\\.gz|certificate\\.bin\\.gz|snapshot\\.zip}")
    @Needs({Right.READ_PLANS, Right.EXPORT})
    @Operation(summary = "What the plan is proven from", description = "problem.bin.gz, certificate.bin.gz, or the facts it was made from, snapshot.zip; docs/formats.md describes them.")
    ResponseEntity<byte[]> packed(@PathVariable long id, @Parameter(schema = @Schema(allowableValues = {PlanFiles.PROBLEM, PlanFiles.CERTIFICATE, PlanInBackground.SNAPSHOT})) @PathVariable String name, Caller caller) {
        return download(file(id, name, caller), PACKED.getOrDefault(name, "application/octet-stream"), "plan-" + id + "-" + name);
    }
}
