package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import xiaxiang.app.flow.PlanInBackground;
import xiaxiang.core.rollout.StoredPlan;

/// A plan in a list. Units are net phones a year; shares and gaps parts of 1; figures are null until there is a plan. `stopped`: the search was ended before its end, and this is the
/// best it had found by then.
@Schema(name = "Plan")
record PlanJson(@Schema(example = "12") long id, @Schema(example = "3") long scenario, boolean scenarioGone, @Schema(example = "First plan") String name, @Nullable String nameEn,
                @Schema(example = "410329") String place, @Nullable String placeName, @Schema(example = "draft") String state, boolean stopped,
                @Schema(example = "17182.8") @Nullable Double netUnits, @Nullable Double netLow, @Nullable Double netHigh,
                @Schema(example = "0.08") @Nullable Double shareBefore, @Schema(example = "0.129") @Nullable Double shareAfter, @Schema(example = "79850000") @Nullable Long costFen,
                @Schema(example = "0.0000008") @Nullable Double gap, @Nullable Double certifiedGap, String by, Instant at, @Nullable Long job, @Nullable String message) {
    static PlanJson of(StoredPlan p, Locale locale) {
        JsonNode s = p.summary() == null ? JsonNodeFactory.instance.objectNode() : p.summary();
        JsonNode net = s.path("netUnits");
        return new PlanJson(p.id(), p.scenario(), p.scenarioGone(), p.name(), p.asked().path("nameEn").asString(""), p.place(), p.placeName(), p.state().text(),
                s.path(PlanInBackground.STOPPED).asBoolean(false), number(net, "value"), number(net, "low"), number(net, "high"),
                number(s, "shareBefore"), number(s.path("shareAfter"), "value"), s.path("costFen").isNumber() ? (Long) s.path("costFen").asLong() : null, number(s, "gap"), number(s, "certifiedGap"),
                Ids.orBlank(p.personName()), p.createdAt(), p.job(), Said.of(locale, p.why()));
    }

    private static @Nullable Double number(JsonNode from, String key) {
        return from.path(key).isNumber() ? (Double) from.path(key).asDouble() : null;
    }
}
