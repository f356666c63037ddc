package xiaxiang.app.http;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// Versions of single things as ETags (RFC 9110): who changes something says which version they saw.
public final class Versions {
    private Versions() {}

    /// The ETag of a version.
    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    /// The version an If-Match header names; refuses a missing one (428) and one that is not a single strong ETag of ours (412).
    public static int expected(@Nullable String ifMatch) {
        if (ifMatch == null) throw Refusal.of(HttpStatus.PRECONDITION_REQUIRED, "if-match");
        if (!ifMatch.matches("\"\\d{1,9}\"")) throw changed();
        return Integer.parseInt(ifMatch.substring(1, ifMatch.length() - 1));
    }

    /// Somebody else changed it meanwhile.
    public static Refusal changed() {
        return Refusal.of(HttpStatus.PRECONDITION_FAILED, "changed");
    }
}
