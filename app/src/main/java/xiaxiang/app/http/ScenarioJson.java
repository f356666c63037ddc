package xiaxiang.app.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import xiaxiang.core.door.Problem;
import xiaxiang.core.rollout.ScenarioBody;
import xiaxiang.core.rollout.ScenarioStore;
import xiaxiang.core.rollout.StoredScenario;

/// Scenarios as the interface takes and gives them.
final class ScenarioJson {
    private static final JsonNode DEFAULTS = JsonMapper.shared().readTree("""
            {"synthesizeSeed": null, "draws": 50, "require": [], "forbid": [], "coefficients": {}}""");

    private ScenarioJson() {}

    /// What is sent; the rules are those of scenario.yaml (docs/formats.md), by names such as budgetFen.
    @Schema(name = "ScenarioBody")
    record Body(@Schema(example = "2017Q2 first plan") String name, @Schema(example = "First plan") @Nullable String nameEn, @Schema(example = "410329") String place, @Schema(example = "Xiaomi") String brand,
                Shares publicShares, @Schema(example = "80000000") long budgetFen, @Schema(example = "60000000") long runningCapFen, List<Wave> waves, @Schema(example = "7") @Nullable Long synthesizeSeed,
                @Schema(example = "50") int draws, List<String> require, List<String> forbid, Map<String, Double> coefficients) {}

    /// The table of public shares that brand constants are solved by.
    record Shares(@Schema(example = "CN") String place, @Schema(example = "Counterpoint") String table, @Schema(example = "2017Q1") String period, @Nullable String measure) {}

    /// A wave: a quarter with its money.
    record Wave(@Schema(example = "2017Q2") String label, @Schema(example = "20000000") long budgetFen) {}

    /// What is given: what was sent, and who keeps it.
    @Schema(name = "Scenario")
    record Given(long id, @JsonUnwrapped Body body, @Nullable String placeName, @Nullable String placeNameEn, String by, Instant at, int plans, int approved, String etag) {}

    static ObjectNode of(StoredScenario s) {
        ObjectNode out = ScenarioBody.with(DEFAULTS, s.body());
        for (String key : List.of("synthesizeSeed")) if (!out.has(key)) out.putNull(key);
        out.put("id", s.id()).put("name", s.name()).put("nameEn", s.nameEn()).put("place", s.place()).put("placeName", s.placeName()).put("placeNameEn", s.placeNameEn()).put("by", Ids.orBlank(s.personName()))
                .put("at", s.updatedAt().toString()).put("plans", s.plans()).put("approved", s.approved()).put("etag", Versions.etag(s.version()));
        return out;
    }

    static ScenarioStore.Wish wish(JsonNode sent) {
        return new ScenarioStore.Wish(sent.path("name").asString("").strip(), sent.path("nameEn").asString("").strip(), sent.path("place").asString(""), ScenarioBody.with(JsonMapper.shared().createObjectNode(), sent));
    }

    /// All that is wrong with what was sent, field by field.
    static Refusal refusal(List<Problem> problems, Locale locale) {
        return Refusal.invalid(problems.stream().map(p -> new ProblemAdvice.FieldProblem(ScenarioBody.field(p), p.value(), says(p, locale))).toList());
    }

    private static String says(Problem p, Locale locale) {
        boolean zh = locale.getLanguage().equals("zh");
        String detail = ScenarioBody.detail(p);
        String says = zh ? p.rule().zh : p.rule().en;
        String next = zh ? p.rule().nextZh : p.rule().nextEn;
        boolean slot = says.contains("{}") || next.contains("{}");
        String shown = slot || detail.isEmpty() ? "" : zh ? "（" + detail + "）" : " (" + detail + ")";
        return says.replace("{}", detail) + shown + (zh ? "。" : ". ") + p.rule().next(zh, detail) + (zh ? "。" : ".");
    }
}
