package xiaxiang.app.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// What a caller asked cannot be done, and that is theirs to mend: answered as a problem (RFC 9457) in their language.
///
/// `key` names the problem: its type is /problems/KEY, its texts are `KEY.title`, `KEY.detail` and `KEY.next` of the words. `problems` lists what is wrong
/// field by field or row by row, where there is more than one thing to say.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final HttpStatus status;
    private final String key;
    private final transient Object[] arguments;
    private final transient List<?> problems;
    private final @Nullable Duration wait;

    private Refusal(HttpStatus status, String key, List<?> problems, @Nullable Duration wait, Object... arguments) {
        super(status + " " + key, null, false, false);
        this.wait = wait;
        this.status = status;
        this.key = key;
        this.arguments = arguments.clone();
        this.problems = List.copyOf(problems);
    }

    /// A refusal with one thing to say.
    public static Refusal of(HttpStatus status, String key, Object... arguments) {
        return new Refusal(status, key, List.of(), null, arguments);
    }

    /// There is none, or not in the caller's territory: both look the same from outside.
    public static Refusal notFound(Object what) {
        return of(HttpStatus.NOT_FOUND, "not-found", what);
    }

    /// Several things are wrong with what was sent; `problems` are records that show as JSON.
    public static Refusal invalid(List<?> problems) {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "invalid", problems, null, problems.size());
    }

    /// Not now: the answer says after how long to try again (Retry-After), in whole seconds, which are its text's argument.
    public static Refusal later(HttpStatus status, String key, Duration wait) {
        long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
        return new Refusal(status, key, List.of(), Duration.ofSeconds(seconds), seconds);
    }

    @Nullable Duration after() {
        return wait;
    }

    HttpStatus status() {
        return status;
    }

    String key() {
        return key;
    }

    Object[] arguments() {
        return arguments.clone();
    }

    List<?> problems() {
        return problems;
    }
}
