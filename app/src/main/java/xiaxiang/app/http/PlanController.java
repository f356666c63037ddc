package xiaxiang.app.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.flow.PlanFiles;
import xiaxiang.app.flow.PlanInBackground;
import xiaxiang.app.flow.PlanProof;
import xiaxiang.app.flow.PlanSites;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;
import xiaxiang.core.rollout.PlanComparison;
import xiaxiang.core.rollout.PlanStore;
import xiaxiang.core.rollout.StoredPlan;

/// Plans: what was proven, approved, and how two differ. Their files are [PlanFileController]'s.
@RestController
@RequestMapping("/api/v1/plans")
@Tag(name = "plans", description = "Certified plans: answers, proof, approval, comparison, files")
final class PlanController {
    private static final int LONGEST_NOTE = 2_000;
    private static final long WAIT_SECONDS = 20;

    private final Database database;
    /// A proof takes memory in proportion to the problem: one at a time.
    private final Semaphore verifying = new Semaphore(1);

    PlanController(Database database) {
        this.database = database;
    }

    /// One plan: its row, the figures of plan.json, what made it, and who approved it. The sites are [#sites].
    @Schema(name = "PlanCard")
    record Card(@JsonUnwrapped PlanJson plan, @Schema(implementation = Object.class) @Nullable JsonNode summary, @Schema(implementation = Object.class) @Nullable JsonNode made,
                @Nullable String approvedBy, @Nullable Instant approvedAt, @Nullable String approvedNote, String etag) {}

    /// What the verifier found: `gap` is what is proven; `why` says what was refused.
    record Proof(boolean proven, @Schema(example = "0.0000008") @Nullable Double gap, @Nullable Double lower, @Nullable Double upper, @Nullable String why) {}

    record NoteBody(@Schema(example = "Agreed in the spring review") @Nullable String note) {}

    /// Two plans side by side: sites only one acts at, sites of both, and their figures.
    record Comparison(PlanJson a, PlanJson b, @JsonUnwrapped PlanComparison difference) {}

    @GetMapping
    @Needs(Right.READ_PLANS)
    @Operation(summary = "Plans of a scenario, or of a place and below, the newest first")
    Page<PlanJson> list(Caller caller, @RequestParam(required = false) @Nullable Long scenario, @RequestParam(required = false) @Nullable String place,
                        @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "50") int limit) {
        int most = Page.limit(limit);
        long before = Ids.before(cursor);
        List<StoredPlan> found = database.as(caller.scope(), handle -> PlanStore.list(handle, caller.territory(), scenario, place, before, most + 1));
        return Page.of(found.stream().map(p -> PlanJson.of(p, caller.locale())).toList(), most, p -> List.of(Long.toString(p.id())));
    }

    @GetMapping("/{id}")
    @Needs(Right.READ_PLANS)
    @Operation(summary = "One plan, with the figures of plan.json")
    ResponseEntity<Card> one(@PathVariable long id, Caller caller) {
        Card card = database.as(caller.scope(), handle -> {
            StoredPlan plan = PlanStore.find(handle, caller.territory(), id);
            if (plan == null) throw Refusal.notFound(id);
            return card(plan, caller);
        });
        return ResponseEntity.ok().eTag(card.etag()).body(card);
    }

    private static Card card(StoredPlan plan, Caller caller) {
        JsonNode figures = plan.summary();
        return new Card(PlanJson.of(plan, caller.locale()), figures, figures == null ? null : figures.path("made"), plan.approvedByName(), plan.approvedAt(), plan.approvalNote(),
                Versions.etag(version(plan.state())));
    }

    /// A site and its number in the plan.
    private record Numbered(int number, JsonNode site) {}

    @GetMapping("/{id}/sites")
    @Needs(Right.READ_PLANS)
    @Operation(summary = "The sites of a plan, each with its why, in its order", responses = @ApiResponse(responseCode = "200"))
    Page<JsonNode> sites(@PathVariable long id, Caller caller, @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
        List<String> key = Cursor.read(cursor, 1);
        int from = key == null ? 0 : 1 + (int) Math.min(Integer.MAX_VALUE - 1, Numbers.id(key.getFirst()));
        int most = Page.limit(limit);
        byte[] plan = database.as(caller.scope(), handle -> PlanStore.file(handle, caller.territory(), id, PlanFiles.JSON));
        if (plan == null) throw Refusal.notFound(id);
        List<Numbered> found = new ArrayList<>();
        for (JsonNode site : PlanSites.page(plan, from, most + 1)) found.add(new Numbered(from + found.size(), site));
        return Page.of(found, most, one -> List.of(Integer.toString(one.number())), Numbered::site);
    }

    /// A plan is made, then ended, then approved, and nothing else.
    private static int version(StoredPlan.State state) {
        return switch (state) {
            case PLANNING -> 1;
            case DRAFT, INFEASIBLE, FAILED -> 2;
            case APPROVED -> 3;
        };
    }

    @PostMapping("/{id}/verify")
    @Needs(Right.READ_PLANS)
    @Operation(summary = "Prove a plan anew", description = "Runs the verifier, which shares no code with the planner, on the stored problem and certificate.")
    Proof verify(@PathVariable long id, Caller caller) throws InterruptedException {
        if (!verifying.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, "busy");
        try {
            PlanProof proof = database.as(caller.scope(), handle -> PlanInBackground.verify(handle, caller.territory(), id));
            return switch (proof) {
                case null -> throw Refusal.notFound(id);
                case PlanProof.Proven(double lower, double upper, double gap) -> new Proof(true, gap, lower, upper, null);
                case PlanProof.Refused(String why) -> new Proof(false, null, null, null, why);
                case PlanProof.Contradicted(String key) -> new Proof(false, null, null, null, HttpWords.of(caller.locale(), "said.plan.contradicted", key));
            };
        } finally {
            verifying.release();
        }
    }

    @PostMapping("/{id}/approve")
    @Needs({Right.READ_PLANS, Right.APPROVE})
    @Operation(summary = "Approve a draft", description = "It is frozen then: nobody changes or deletes it.")
    PlanJson approve(@PathVariable long id, @RequestBody(required = false) @Nullable NoteBody body, Caller caller) {
        String note = body == null || body.note() == null ? "" : body.note().strip();
        if (note.length() > LONGEST_NOTE) throw Refusal.invalid(List.of(new ProblemAdvice.FieldProblem("note", note.substring(0, 80), HttpWords.of(caller.locale(), "field.long", LONGEST_NOTE))));
        return database.as(caller.scope(), handle -> {
            StoredPlan plan = PlanStore.find(handle, caller.territory(), id);
            if (plan == null) throw Refusal.notFound(id);
            StoredPlan approved = PlanStore.approve(handle, caller.territory(), id, caller.scope().person(), note);
            if (approved == null) throw Refusal.of(HttpStatus.CONFLICT, plan.state() == StoredPlan.State.APPROVED ? "frozen" : "not-a-draft");
            return PlanJson.of(approved, caller.locale());
        });
    }

    @GetMapping("/compare")
    @Needs(Right.READ_PLANS)
    @Operation(summary = "How two plans differ")
    Comparison compare(@RequestParam long a, @RequestParam long b, Caller caller) {
        return database.as(caller.scope(), handle -> new Comparison(row(handle, a, caller), row(handle, b, caller), PlanComparison.of(whole(handle, a, caller), whole(handle, b, caller))));
    }

    private static PlanJson row(Handle handle, long id, Caller caller) {
        StoredPlan plan = PlanStore.find(handle, caller.territory(), id);
        if (plan == null) throw Refusal.notFound(id);
        return PlanJson.of(plan, caller.locale());
    }

    private static JsonNode whole(Handle handle, long id, Caller caller) {
        byte[] summary = PlanStore.file(handle, caller.territory(), id, PlanFiles.JSON);
        if (summary == null) throw Refusal.notFound(id);
        return JsonMapper.shared().readTree(summary);
    }
}
