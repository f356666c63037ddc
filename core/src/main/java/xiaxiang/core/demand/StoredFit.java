package xiaxiang.core.demand;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A fit of demand as the database keeps it. `summary` is fit.json; plans of its place and below start from it from `usedSince` on, until `usedUntil`.
public record StoredFit(long id, String place, String path, JsonNode summary, long person, Instant createdAt, @Nullable Instant usedSince, @Nullable Instant usedUntil,
                        @Nullable String personName, @Nullable String placeName) {
    /// Whether plans start from it now.
    public boolean isUsed() {
        return usedSince != null && usedUntil == null;
    }
}
