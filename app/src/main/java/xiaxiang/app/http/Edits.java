package xiaxiang.app.http;

import java.util.Locale;
import org.springframework.http.HttpStatus;
import xiaxiang.core.register.Edited;

/// How a change by hand is answered.
final class Edits {
    private Edits() {}

    /// What was done; refuses, in the reader's language, whatever was not. `what` names the thing for who cannot find it.
    static <T> T done(Edited<T> edited, String what, Locale locale) {
        return switch (edited) {
            case Edited.Done<T>(T value) -> value;
            case Edited.Wrong<T>(var problems) -> throw TypedCells.refusal(problems, locale);
            case Edited.Missing<T>() -> throw Refusal.notFound(what);
            case Edited.Changed<T>() -> throw Versions.changed();
            case Edited.Barred<T>(String why, var details) -> throw Refusal.of(HttpStatus.CONFLICT, why, String.join(", ", details));
        };
    }
}
