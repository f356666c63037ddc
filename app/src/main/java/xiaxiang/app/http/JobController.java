package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.flow.JobEvents;
import xiaxiang.app.flow.JobRunner;
import xiaxiang.core.db.Database;
import xiaxiang.core.job.Job;
import xiaxiang.core.job.JobStore;

/// Background work of whoever asks: one sees one's own jobs only.
@RestController
@RequestMapping("/api/v1/jobs")
@Tag(name = "jobs", description = "Background work: progress, result, cancel")
final class JobController {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Database database;
    private final JobRunner runner;
    private final JobEvents events;
    private final JsonMapper json;

    JobController(Database database, JobRunner runner, JobEvents events, JsonMapper json) {
        this.database = database;
        this.runner = runner;
        this.events = events;
        this.json = json;
    }

    @GetMapping
    @Needs
    @Operation(summary = "My jobs, the newest first")
    Page<JobJson> list(Caller caller, @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "50") int limit) {
        int most = Page.limit(limit);
        long before = Ids.before(cursor);
        List<JobJson> found = database.as(caller.scope(), handle -> {
            String by = Ids.name(handle, caller);
            return JobStore.list(handle, caller.scope().person(), before, most + 1).stream().map(job -> JobJson.of(job, by, caller.locale())).toList();
        });
        return Page.of(found, most, job -> List.of(Long.toString(job.id())));
    }

    @GetMapping("/{id}")
    @Needs
    @Operation(summary = "How far a job is")
    JobJson one(@PathVariable long id, Caller caller) {
        return read(id, caller);
    }

    private JobJson read(long id, Caller caller) {
        return database.as(caller.scope(), handle -> {
            Job job = JobStore.find(handle, caller.scope().person(), id);
            if (job == null) throw Refusal.notFound(id);
            return JobJson.of(job, Ids.name(handle, caller), caller.locale());
        });
    }

    @DeleteMapping("/{id}")
    @Needs
    @Operation(summary = "Cancel a job", description = "A plan keeps the best found so far. A job that has ended stays as it is.")
    JobJson cancel(@PathVariable long id, Caller caller) {
        if (runner.cancel(caller.scope(), id) == null) throw Refusal.notFound(id);
        return read(id, caller);
    }

    /// Written here and not by an emitter: the request has a virtual thread of its own, which may wait.
    @GetMapping(path = "/{id}/events", produces = "text/event-stream")
    @Needs
    @Operation(summary = "Follow a job", description = "Server-sent events: `progress` with the job, first as it is now, and `end` as the last one. A comment every 15 s shows that the server lives.")
    void events(@PathVariable long id, Caller caller, HttpServletResponse response) throws IOException, InterruptedException {
        try (JobEvents.Watch watch = events.watch(id)) {
            if (watch == null) throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, "busy");
            JobJson now = read(id, caller);
            response.setContentType("text/event-stream;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            OutputStream out = response.getOutputStream();
            while (send(out, now) && !watch.isOver()) {
                Job next = watch.next(HEARTBEAT);
                if (next == null) write(out, ":\n\n");
                // Another server of the same database may run the job: then only the table tells.
                now = next == null ? read(id, caller) : JobJson.of(next, now.by(), caller.locale());
            }
        }
    }

    /// Sends a state; false if it was the last.
    private boolean send(OutputStream out, JobJson job) throws IOException {
        boolean last = job.endedAt() != null;
        write(out, "event: " + (last ? "end" : "progress") + "\ndata: " + json.writeValueAsString(job) + "\n\n");
        return !last;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
