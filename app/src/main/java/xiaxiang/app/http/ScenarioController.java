package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
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
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.flow.JobRunner;
import xiaxiang.app.flow.PlanInBackground;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;
import xiaxiang.core.job.Job;
import xiaxiang.core.job.JobStore;
import xiaxiang.core.rollout.PlanStore;
import xiaxiang.core.rollout.ScenarioStore;
import xiaxiang.core.rollout.StoredScenario;

/// What planners ask: scenarios, changed until they please, and the wish for a plan of one.
@RestController
@RequestMapping("/api/v1/scenarios")
@Tag(name = "scenarios", description = "What a plan is asked for: place, brand, money, waves, locks")
final class ScenarioController {
    private final Database database;
    private final JobRunner runner;

    ScenarioController(Database database, JobRunner runner) {
        this.database = database;
        this.runner = runner;
    }

    /// How good a plan is good enough, and how long it may be searched for; the usual where left out.
    record LimitsBody(@Schema(example = "0.001") @Nullable Double gap, @Schema(example = "60") @Nullable Integer timeLimitSeconds) {}

    /// A plan that is being made, and the job that makes it.
    record AskedPlan(@Schema(example = "12") long plan, @Schema(example = "17") long job) {}

    @GetMapping
    @Needs(Right.READ_PLANS)
    @Operation(summary = "Scenarios of a place and below, the newest first", responses = @ApiResponse(responseCode = "200"))
    Page<JsonNode> list(Caller caller, @RequestParam(required = false) @Nullable String place, @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "50") int limit) {
        int most = Page.limit(limit);
        long before = Ids.before(cursor);
        List<StoredScenario> found = database.as(caller.scope(), handle -> ScenarioStore.list(handle, caller.territory(), place, before, most + 1));
        return Page.of(found.stream().<JsonNode>map(ScenarioJson::of).toList(), most, s -> List.of(s.path("id").asString()));
    }

    @GetMapping("/{id}")
    @Needs(Right.READ_PLANS)
    @Operation(summary = "One scenario", responses = @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ScenarioJson.Given.class))))
    ResponseEntity<JsonNode> one(@PathVariable long id, Caller caller) {
        StoredScenario found = database.as(caller.scope(), handle -> ScenarioStore.find(handle, caller.territory(), id));
        if (found == null) throw Refusal.notFound(id);
        return shown(found, HttpStatus.OK);
    }

    private static ResponseEntity<JsonNode> shown(StoredScenario s, HttpStatus status) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).eTag(Versions.etag(s.version()));
        if (status == HttpStatus.CREATED) answer.location(URI.create("/api/v1/scenarios/" + s.id()));
        return answer.body(ScenarioJson.of(s));
    }

    private static StoredScenario kept(ScenarioStore.Kept kept, Object id, Caller caller) {
        return switch (kept) {
            case ScenarioStore.Kept.Done(StoredScenario scenario) -> scenario;
            case ScenarioStore.Kept.Wrong(var problems) -> throw ScenarioJson.refusal(problems, caller.locale());
            case ScenarioStore.Kept.None _ -> throw Refusal.notFound(id);
            case ScenarioStore.Kept.Changed _ -> throw Versions.changed();
        };
    }

    private static JsonNode object(JsonNode sent) {
        if (!sent.isObject()) throw Refusal.of(HttpStatus.BAD_REQUEST, "unreadable");
        return sent;
    }

    @PostMapping
    @Needs({Right.READ_PLANS, Right.PLAN})
    @Operation(summary = "Keep a scenario", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(content = @Content(schema = @Schema(implementation = ScenarioJson.Body.class))),
            responses = @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ScenarioJson.Given.class))))
    ResponseEntity<JsonNode> post(@RequestBody JsonNode sent, Caller caller) {
        ScenarioStore.Wish wish = ScenarioJson.wish(object(sent));
        return shown(kept(database.as(caller.scope(), handle -> ScenarioStore.add(handle, caller.territory(), caller.scope().person(), wish)), "", caller), HttpStatus.CREATED);
    }

    @PatchMapping("/{id}")
    @Needs({Right.READ_PLANS, Right.PLAN})
    @Operation(summary = "Change a scenario", description = "Fields that are sent take the place of those that are there; null takes one away. Plans made before keep the scenario they answer.",
            requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(content = @Content(schema = @Schema(implementation = ScenarioJson.Body.class))),
            responses = @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ScenarioJson.Given.class))))
    ResponseEntity<JsonNode> patch(@PathVariable long id, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch, @RequestBody JsonNode sent, Caller caller) {
        int version = Versions.expected(ifMatch);
        object(sent);
        return shown(kept(database.as(caller.scope(), handle -> ScenarioStore.change(handle, caller.territory(), id, version, sent)), id, caller), HttpStatus.OK);
    }

    @DeleteMapping("/{id}")
    @Needs({Right.READ_PLANS, Right.PLAN})
    @Operation(summary = "Take a scenario out of the lists", description = "Its plans stay, and it can be taken back.", responses = @ApiResponse(responseCode = "204"))
    ResponseEntity<Void> delete(@PathVariable long id, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch, Caller caller) {
        int version = Versions.expected(ifMatch);
        kept(database.as(caller.scope(), handle -> ScenarioStore.remove(handle, caller.territory(), id, version)), id, caller);
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/{id}/restore")
    @Needs({Right.READ_PLANS, Right.PLAN})
    @Operation(summary = "Take a deleted scenario back into the lists", description = "The same one, with its number and its plans. One that was never deleted stays as it is.",
            responses = @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ScenarioJson.Given.class))))
    ResponseEntity<JsonNode> restore(@PathVariable long id, Caller caller) {
        return shown(kept(database.as(caller.scope(), handle -> ScenarioStore.restore(handle, caller.territory(), id)), id, caller), HttpStatus.OK);
    }

    @PostMapping("/{id}/copy")
    @Needs({Right.READ_PLANS, Right.PLAN})
    @Operation(summary = "Copy a scenario with changes", description = "For a lock, a ban or another budget beside the first; the body holds what changes and may be left out.",
            requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(content = @Content(schema = @Schema(implementation = ScenarioJson.Body.class))),
            responses = @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ScenarioJson.Given.class))))
    ResponseEntity<JsonNode> copy(@PathVariable long id, @RequestBody(required = false) @Nullable JsonNode sent, Caller caller) {
        JsonNode changes = sent == null || sent.isNull() ? JsonMapper.shared().createObjectNode() : object(sent);
        return shown(kept(database.as(caller.scope(), handle -> ScenarioStore.copy(handle, caller.territory(), caller.scope().person(), id, changes)), id, caller), HttpStatus.CREATED);
    }

    @PostMapping("/{id}/plans")
    @Needs({Right.READ_PLANS, Right.PLAN, Right.RUN_JOBS})
    @Operation(summary = "Ask for a plan of a scenario as it stands", responses = @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = AskedPlan.class))))
    ResponseEntity<AskedPlan> plan(@PathVariable long id, @RequestBody(required = false) @Nullable LimitsBody sent, Caller caller) {
        PlanStore.Limits limits = sent == null ? new PlanStore.Limits(null, null) : new PlanStore.Limits(sent.gap(), sent.timeLimitSeconds());
        judge(limits, caller);
        JobStore.Asked asked = database.as(caller.scope(), handle -> {
            StoredScenario scenario = ScenarioStore.find(handle, caller.territory(), id);
            if (scenario == null) throw Refusal.notFound(id);
            return PlanInBackground.ask(handle, caller.scope(), scenario, limits, caller.locale().getLanguage());
        });
        Job job = waiting(asked);
        runner.wake();
        long plan = job.asked().path("plan").asLong();
        return ResponseEntity.accepted().location(URI.create("/api/v1/plans/" + plan)).body(new AskedPlan(plan, job.id()));
    }

    /// The job that waits now; refuses where the queue is full.
    static Job waiting(JobStore.Asked asked) {
        return switch (asked) {
            case JobStore.Asked.Waiting(Job job) -> job;
            case JobStore.Asked.Full(int most) -> throw Refusal.of(HttpStatus.TOO_MANY_REQUESTS, "queue-full", most);
        };
    }

    private static void judge(PlanStore.Limits limits, Caller caller) {
        List<ProblemAdvice.FieldProblem> wrong = new java.util.ArrayList<>();
        Double gap = limits.gap();
        Integer seconds = limits.timeLimitSeconds();
        if (gap != null && !(gap >= 0 && gap < 1)) wrong.add(new ProblemAdvice.FieldProblem("gap", gap, HttpWords.of(caller.locale(), "field.range", "[0, 1)")));
        if (seconds != null && (seconds < 1 || seconds > 20_000)) wrong.add(new ProblemAdvice.FieldProblem("timeLimitSeconds", seconds, HttpWords.of(caller.locale(), "field.range", "[1, 20000]")));
        if (!wrong.isEmpty()) throw Refusal.invalid(wrong);
    }
}
