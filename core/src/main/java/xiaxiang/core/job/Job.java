package xiaxiang.core.job;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One piece of background work as it stands.
///
/// `rights` are those of the token it was asked with, null for all of the person's; `path` is the place it is about, blank if it is about none; `asked` and `result`
/// are the kind's own; `attempts` counts how often it was begun: more than once only where a server died.
public record Job(long id, Kind kind, State state, long person, @Nullable List<String> rights, String path, JsonNode asked, Progress progress, String message, @Nullable JsonNode result,
                  boolean cancelAsked, int attempts, Instant createdAt, @Nullable Instant startedAt, @Nullable Instant endedAt) {
    public Job {
        if (rights != null) rights = List.copyOf(rights);
    }

    /// What is done.
    public enum Kind {
        IMPORT, APPLY, FIT, PLAN, SYNTHESIZE;

        /// The name in the database and on the wire.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How it stands; it moves forward only.
    public enum State {
        WAITING, RUNNING, DONE, FAILED, CANCELLED;

        /// The name in the database and on the wire.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether nothing follows any more.
        public boolean isEnd() {
            return this != WAITING && this != RUNNING;
        }
    }

    /// How far it is: `done` of `total` (-1 where unknown) of a stage, and the bounds of a search, null where it has none.
    public record Progress(String stage, long done, long total, @Nullable Double lower, @Nullable Double upper) {
        private static final int LONGEST = 60;

        public Progress {
            if (stage.length() > LONGEST) stage = stage.substring(0, LONGEST);
            if (lower != null && !Double.isFinite(lower)) lower = null;
            if (upper != null && !Double.isFinite(upper)) upper = null;
        }

        /// Of a stage whose end is not known.
        public static Progress of(String stage) {
            return new Progress(stage, 0, -1, null, null);
        }
    }
}
