package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import xiaxiang.app.flow.FitInBackground;
import xiaxiang.app.flow.JobRunner;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;
import xiaxiang.core.demand.DemandFit;
import xiaxiang.core.demand.DemandStore;
import xiaxiang.core.demand.StoredFit;
import xiaxiang.core.job.Job;
import xiaxiang.core.rollout.ScenarioStore;
import xiaxiang.core.rollout.StoredScenario;

/// How people choose: the coefficients in force, and fits of them.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "demand", description = "Coefficients of demand and their fits")
final class DemandController {
    private final Database database;
    private final JobRunner runner;

    DemandController(Database database, JobRunner runner) {
        this.database = database;
        this.runner = runner;
    }

    /// The coefficients in force: those of the fit in use, null where none is, and the documented assumptions for all others.
    record CoefficientsJson(@Nullable Long fit, List<FitJson.Term> terms) {}

    /// Where to fit. `scenario` gives brand and public shares, the place's newest where left out; with `synthesizeSeed` answers are made up and marked synthetic.
    record FitBody(@Schema(example = "410329") @Nullable String place, @Schema(example = "3") @Nullable Long scenario, @Schema(example = "11") @Nullable Long synthesizeSeed) {}

    record AskedFit(@Schema(example = "17") long job) {}

    @GetMapping("/coefficients")
    @Needs(Right.READ_DEMAND)
    @Operation(summary = "The coefficients in force", description = "At a place: those of the fit in use there or nearest above. Without a place: those of the fit put to use last.")
    CoefficientsJson coefficients(Caller caller, @RequestParam(required = false) @Nullable String place) {
        StoredFit fit = database.as(caller.scope(), handle -> place == null ? DemandStore.lastUsed(handle, caller.territory()) : DemandStore.inForce(handle, caller.territory(), place));
        return fit == null ? new CoefficientsJson(null, FitJson.documented()) : new CoefficientsJson(fit.id(), FitJson.terms(fit));
    }

    @PostMapping("/fits")
    @Needs({Right.READ_DEMAND, Right.FIT, Right.RUN_JOBS})
    @Operation(summary = "Fit a place's coefficients to its answers and sell-out")
    ResponseEntity<AskedFit> post(@RequestBody FitBody body, Caller caller) {
        Long seed = body.synthesizeSeed();
        if (seed != null && (seed < 0 || seed > Integer.MAX_VALUE)) throw wrong("synthesizeSeed", seed, "field.range", "[0, 2147483647]", caller);
        Job job = ScenarioController.waiting(database.as(caller.scope(), handle -> {
            List<StoredScenario> of = body.place() == null ? List.of() : ScenarioStore.list(handle, caller.territory(), body.place(), Long.MAX_VALUE, Page.MOST).stream().filter(s -> s.place().equals(body.place())).toList();
            StoredScenario scenario = body.scenario() != null ? ScenarioStore.find(handle, caller.territory(), body.scenario()) : of.isEmpty() ? null : of.getFirst();
            if (scenario == null) throw wrong(body.scenario() == null ? "place" : "scenario", body.scenario() == null ? body.place() : body.scenario(), "field.no_scenario", "", caller);
            if (seed == null && DemandStore.answers(handle, caller.territory(), scenario.place()) < DemandFit.FEWEST_ANSWERS)
                throw wrong("place", scenario.place(), "field.few_answers", Integer.toString(DemandFit.FEWEST_ANSWERS), caller);
            return FitInBackground.ask(handle, caller.scope(), scenario, seed, caller.locale().getLanguage());
        }));
        runner.wake();
        return ResponseEntity.accepted().location(URI.create("/api/v1/jobs/" + job.id())).body(new AskedFit(job.id()));
    }

    private static Refusal wrong(String field, @Nullable Object value, String key, String argument, Caller caller) {
        return Refusal.invalid(List.of(new ProblemAdvice.FieldProblem(field, value, HttpWords.of(caller.locale(), key, argument))));
    }

    @GetMapping("/fits")
    @Needs(Right.READ_DEMAND)
    @Operation(summary = "Fits of a place and below, the newest first")
    Page<FitJson.Row> list(Caller caller, @RequestParam(required = false) @Nullable String place, @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "50") int limit) {
        int most = Page.limit(limit);
        long before = Ids.before(cursor);
        List<StoredFit> found = database.as(caller.scope(), handle -> DemandStore.list(handle, caller.territory(), place, before, most + 1));
        return Page.of(found.stream().map(FitJson::row).toList(), most, f -> List.of(Long.toString(f.id())));
    }

    @GetMapping("/fits/{id}")
    @Needs(Right.READ_DEMAND)
    @Operation(summary = "One fit: coefficients with errors, diagnostics, what held-out answers say")
    FitJson one(@PathVariable long id, Caller caller) {
        return shown(database.as(caller.scope(), handle -> DemandStore.find(handle, caller.territory(), id)), id);
    }

    private static FitJson shown(@Nullable StoredFit fit, long id) {
        if (fit == null) throw Refusal.notFound(id);
        return FitJson.of(fit);
    }

    @PostMapping("/fits/{id}/use")
    @Needs({Right.READ_DEMAND, Right.FIT})
    @Operation(summary = "Use a fit at its place and below", description = "Plans asked for from now on start from it, in the place of the one used before.")
    FitJson use(@PathVariable long id, Caller caller) {
        return shown(database.as(caller.scope(), handle -> DemandStore.use(handle, caller.territory(), id, true)), id);
    }

    @DeleteMapping("/fits/{id}/use")
    @Needs({Right.READ_DEMAND, Right.FIT})
    @Operation(summary = "Stop using a fit")
    FitJson stop(@PathVariable long id, Caller caller) {
        return shown(database.as(caller.scope(), handle -> DemandStore.use(handle, caller.territory(), id, false)), id);
    }
}
