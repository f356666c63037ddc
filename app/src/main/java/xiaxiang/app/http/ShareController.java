package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.flow.PlanAgainstActual;
import xiaxiang.app.flow.PlanFiles;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;
import xiaxiang.core.rollout.PlanStore;
import xiaxiang.core.rollout.StoredPlan;

/// Where the brand stands at a place: by its plan in force, its public ranks, and what was sold since.
@RestController
@RequestMapping("/api/v1/share")
@Tag(name = "share", description = "Share by tier and channel, ranks, plan against actual")
final class ShareController {
    private final Database database;

    ShareController(Database database) {
        this.database = database;
    }

    /// `plan` is the place's newest approved plan, else its newest draft, null where it has none; `cells` are shares by tier, channel and brand before and after it; `ranks` the brand's
    /// public ranks with their probabilities; `actual` what the plan's sites sold, beside what it foretold for them.
    record Share(@Nullable PlanJson plan, @Schema(implementation = Object.class) JsonNode cells, @Schema(implementation = Object.class) JsonNode ranks, List<PlanAgainstActual.Compared> actual) {}

    @GetMapping
    @Needs({Right.READ_SHARE, Right.READ_PLANS})
    @Operation(summary = "Share at a place")
    Share of(@RequestParam String place, Caller caller) {
        return database.as(caller.scope(), handle -> {
            StoredPlan plan = PlanStore.current(handle, caller.territory(), place);
            byte[] page = plan == null ? null : PlanStore.file(handle, caller.territory(), plan.id(), PlanFiles.REPORT);
            if (plan == null || page == null) return new Share(null, JsonMapper.shared().createArrayNode(), JsonMapper.shared().createArrayNode(), List.of());
            JsonNode report = JsonMapper.shared().readTree(xiaxiang.app.flow.Page.dataOf(page));
            return new Share(PlanJson.of(plan, caller.locale()), report.path("share"), report.path("ranks"), PlanAgainstActual.of(handle, caller.territory(), report));
        });
    }
}
