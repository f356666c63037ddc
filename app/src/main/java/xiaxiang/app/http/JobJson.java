package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import xiaxiang.core.job.Job;

/// A job as the interface shows it. `total` is -1 where the end is not known; `lower` and `upper` bound what a search can reach; `result` names what it made, such as {"plan": 12}.
record JobJson(@Schema(example = "17") long id, @Schema(example = "plan") String kind, @Schema(example = "running") String state, @Schema(example = "draws") String stage, @Schema(example = "12") long done,
               @Schema(example = "50") long total, @Schema(example = "17182.77") @Nullable Double lower, @Schema(example = "17182.79") @Nullable Double upper, @Nullable String message,
               @Schema(implementation = Object.class, example = "{\"plan\": 12}") @Nullable JsonNode result, boolean cancelAsked, String by, Instant createdAt, @Nullable Instant startedAt,
               @Nullable Instant endedAt) {
    static JobJson of(Job job, String by, Locale locale) {
        Job.Progress at = job.progress();
        return new JobJson(job.id(), job.kind().text(), job.state().text(), at.stage(), at.done(), at.total(), at.lower(), at.upper(), Said.of(locale, job.message()), job.result(), job.cancelAsked(), by,
                job.createdAt(), job.startedAt(), job.endedAt());
    }
}
