package xiaxiang.app.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Judges the fields of a body one after another and refuses it with all that is wrong at once. A field that is wrong gives something harmless until then.
final class Fields {
    private final Locale locale;
    private final List<ProblemAdvice.FieldProblem> problems = new ArrayList<>();

    Fields(Locale locale) {
        this.locale = locale;
    }

    /// A text of 1 to `longest` characters, stripped, without control characters.
    String text(String field, @Nullable String value, int longest) {
        String stripped = value == null ? "" : value.strip();
        if (stripped.isEmpty()) wrong(field, null, "field.missing");
        else if (stripped.length() > longest) wrong(field, null, "field.long", longest);
        else if (stripped.codePoints().anyMatch(Character::isISOControl)) wrong(field, null, "field.control");
        return stripped;
    }

    /// The same where it may be left out: null then.
    @Nullable String optional(String field, @Nullable String value, int longest) {
        return value == null || value.isBlank() ? null : text(field, value, longest);
    }

    /// A secret: never repeated in an answer.
    String secret(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) wrong(field, null, "field.missing");
        return value == null ? "" : value;
    }

    /// Notes a problem of a field; `value` is what was sent, null if it is not to be repeated.
    void wrong(String field, @Nullable Object value, String key, Object... arguments) {
        problems.add(new ProblemAdvice.FieldProblem(field, value, HttpWords.of(locale, key, arguments)));
    }

    /// Refuses if anything was wrong.
    void done() {
        if (!problems.isEmpty()) throw Refusal.invalid(problems);
    }
}
