package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import xiaxiang.app.flow.ImportFacts;
import xiaxiang.app.flow.JobRunner;
import xiaxiang.app.flow.JudgeFacts.Format;
import xiaxiang.app.flow.UploadLimits;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.Territory;
import xiaxiang.core.job.JobStore;
import xiaxiang.core.register.ImportStore;

/// Facts from files: uploaded, judged in the background, applied once somebody says so.
@RestController
@RequestMapping("/api/v1/imports")
@Tag(name = "imports")
final class ImportController {
    /// An import as it is told; `problems` in the reader's language, `problemCount` all of them, `by` the name of who brought it.
    record ImportJson(long id, String state, String format, JsonNode files, JsonNode counts, JsonNode problems, long problemCount, JsonNode changes, String by, Instant at, @Nullable Instant appliedAt) {}

    record Begun(long id, long job) {}

    record Applying(long job) {}

    private final Database database;
    private final ImportFacts imports;
    private final JobRunner jobs;

    ImportController(Database database, ImportFacts imports, JobRunner jobs) {
        this.database = database;
        this.imports = imports;
        this.jobs = jobs;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Needs(Right.IMPORT)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Upload facts and have them judged", description = "format: workspace (CSV, CSV.GZ, XLSX, boundaries.geojson, or one zip of them), shops_geojson, shops_osm, or national (no files: "
            + "the atlas folder on the server's machine; region, seed and brand choose what is made of it). Nothing changes until the import is applied, unless dryRun is false.")
    Begun begin(Caller caller, @RequestParam(required = false) @Nullable List<MultipartFile> files, @RequestParam(defaultValue = "workspace") String format,
            @RequestParam(defaultValue = "true") boolean dryRun, @RequestParam(defaultValue = "") String region, @RequestParam(required = false) @Nullable Long seed,
            @RequestParam(defaultValue = "") String brand) throws IOException {
        Format known = format(format);
        List<MultipartFile> sent = files == null ? List.of() : files;
        check(caller, known, sent, region);
        ObjectNode options = JsonMapper.shared().createObjectNode().put("apply", !dryRun).put("region", region).put("brand", brand);
        if (seed != null && !brand.isEmpty()) options.put("seed", seed);
        Path folder = imports.receive();
        ArrayNode told = JsonMapper.shared().createArrayNode();
        Set<String> names = new HashSet<>();
        for (MultipartFile file : sent) told.add(keep(file, folder, names));
        ImportFacts.Asked asked = database.as(caller.scope(), handle -> imports.ask(handle, caller.scope(), known, folder, told, options));
        jobs.wake();
        return new Begun(asked.id(), job(asked.job()));
    }

    private static Format format(String written) {
        for (Format one : Format.values()) if (one.name().toLowerCase(Locale.ROOT).equals(written)) return one;
        throw Refusal.of(HttpStatus.BAD_REQUEST, "mistyped", "format", written);
    }

    private void check(Caller caller, Format format, List<MultipartFile> files, String region) {
        if (format == Format.NATIONAL) {
            if (!imports.hasAtlas()) throw Refusal.of(HttpStatus.CONFLICT, "no-atlas");
            if (!caller.territory().equals(Territory.everywhere())) throw Refusal.of(HttpStatus.FORBIDDEN, "beyond-territory");
            if (!region.matches("\\d{0,12}")) throw Refusal.of(HttpStatus.BAD_REQUEST, "mistyped", "region", region);
        } else if (files.isEmpty()) throw Refusal.of(HttpStatus.BAD_REQUEST, "no-files");
        if (files.size() > UploadLimits.FILES) throw Refusal.of(HttpStatus.CONTENT_TOO_LARGE, "too-many-files", UploadLimits.FILES);
    }

    /// The name somebody gives a file is only ever a label: what it becomes on disk holds no path.
    private static JsonNode keep(MultipartFile file, Path folder, Set<String> names) throws IOException {
        String given = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
        String name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1).replaceAll("[\\p{Cntrl}:*?\"<>|]", "_");
        if (name.isBlank() || name.startsWith(".") || name.length() > 200 || !names.add(name.toLowerCase(Locale.ROOT))) throw Refusal.of(HttpStatus.BAD_REQUEST, "file-name", given.length() > 80 ? given.substring(0, 80) : given);
        try (InputStream in = file.getInputStream(); OutputStream to = Files.newOutputStream(folder.resolve(name)); DigestOutputStream hashed = new DigestOutputStream(to, MessageDigest.getInstance("SHA-256"))) {
            long bytes = in.transferTo(hashed);
            return JsonMapper.shared().createObjectNode().put("name", name).put("bytes", bytes).put("sha256", HexFormat.of().formatHex(hashed.getMessageDigest().digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long job(JobStore.Asked asked) {
        return switch (asked) {
            case JobStore.Asked.Waiting(var job) -> job.id();
            case JobStore.Asked.Full(int most) -> throw Refusal.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-jobs", most);
        };
    }

    @GetMapping
    @Needs(Right.IMPORT)
    @Operation(summary = "My imports, the newest first")
    Page<ImportJson> list(Caller caller, @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "50") int limit) {
        List<String> key = Cursor.read(cursor, 1);
        int most = Page.limit(limit);
        long before = key == null ? Long.MAX_VALUE : Numbers.id(key.getFirst());
        List<ImportStore.Import> found = database.as(caller.scope(), handle -> ImportStore.list(handle, caller.scope().person(), all(caller), before, most + 1));
        Page<ImportStore.Import> page = Page.of(found, most, one -> List.of(Long.toString(one.id())));
        return new Page<>(page.items().stream().map(one -> json(one, caller.locale(), false)).toList(), page.next());
    }

    /// Whoever reads the audit of everywhere finds everybody's imports.
    private static boolean all(Caller caller) {
        return caller.may(Right.READ_AUDIT) && caller.territory().equals(Territory.everywhere());
    }

    @GetMapping("/{id}")
    @Needs(Right.IMPORT)
    @Operation(summary = "One import: its state, what is wrong with it, what it would change")
    ImportJson one(Caller caller, @PathVariable long id) {
        ImportStore.Import found = database.as(caller.scope(), handle -> ImportStore.find(handle, caller.scope().person(), all(caller), id));
        if (found == null) throw Refusal.notFound(id);
        return json(found, caller.locale(), true);
    }

    @PostMapping("/{id}/apply")
    @Needs(Right.IMPORT)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Apply an import that is ready")
    Applying apply(Caller caller, @PathVariable long id) {
        ImportStore.Import found = database.as(caller.scope(), handle -> ImportStore.find(handle, caller.scope().person(), false, id));
        if (found == null) throw Refusal.notFound(id);
        JobStore.Asked asked = database.as(caller.scope(), handle -> ImportFacts.apply(handle, caller.scope(), id));
        if (asked == null) throw Refusal.of(HttpStatus.CONFLICT, "import-not-ready", found.state().text());
        jobs.wake();
        return new Applying(job(asked));
    }

    private static ImportJson json(ImportStore.Import one, Locale locale, boolean whole) {
        JsonNode none = JsonMapper.shared().createArrayNode();
        return new ImportJson(one.id(), one.state().text(), one.format(), one.files(), one.counts(), whole ? problems(one.problems(), locale) : none, one.problemCount(), whole ? one.changes() : none,
                one.by(), one.at(), one.appliedAt());
    }

    private static JsonNode problems(JsonNode kept, Locale locale) {
        ArrayNode out = JsonMapper.shared().createArrayNode();
        for (JsonNode one : kept) {
            JsonNode said = one.path(locale.getLanguage().equals("zh") ? "zh" : "en");
            ObjectNode problem = out.addObject();
            for (String key : List.of("file", "row", "column", "value", "rule")) problem.set(key, one.path(key));
            problem.set("message", said.path("message"));
            problem.set("nextStep", said.path("nextStep"));
        }
        return out;
    }
}
