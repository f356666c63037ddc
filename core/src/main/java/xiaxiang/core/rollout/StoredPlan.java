package xiaxiang.core.rollout;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A plan as the database keeps it: written once, then approved or not.
///
/// `asked` is the scenario as it was (name, nameEn, place, body, version) and the limits asked for (gap, timeLimitSeconds); `summary` is plan.json without its sites, and whether
/// the search was stopped, null until there is a plan; `why` says why there is none. `scenarioGone`: its scenario was deleted since, or lies elsewhere now.
public record StoredPlan(long id, long scenario, boolean scenarioGone, int scenarioVersion, JsonNode asked, String place, String path, State state, @Nullable Long job, @Nullable JsonNode summary,
                         @Nullable String why, long person, @Nullable String personName, @Nullable String placeName, Instant createdAt, @Nullable Long approvedBy, @Nullable String approvedByName,
                         @Nullable Instant approvedAt, @Nullable String approvalNote) {
    /// How it stands.
    public enum State {
        PLANNING, DRAFT, APPROVED, INFEASIBLE, FAILED;

        /// The name in the database and on the wire.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What the scenario was called when it was asked.
    public String name() {
        return asked.path("name").asString("");
    }

    /// Whether it holds a plan, and not only the wish for one.
    public boolean isPlanned() {
        return state == State.DRAFT || state == State.APPROVED;
    }
}
