package xiaxiang.core.rollout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A scenario as the database keeps it. `name` and `nameEn` are its own, `body` holds everything else it asks, by the names of the HTTP interface (budgetFen, waves …);
/// `version` counts its changes from 1; `plans` is how many plans answer it, `approved` how many of them are approved.
public record StoredScenario(long id, String name, String nameEn, String place, String path, JsonNode body, long person, Instant createdAt, Instant updatedAt, int version, int plans, int approved,
                             @Nullable String personName, @Nullable String placeName, @Nullable String placeNameEn) {}
