package xiaxiang.app.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// A problem as it goes over the wire (RFC 9457, application/problem+json): what, why, and the next step, in the reader's language. `problems` is left out when empty.
public record ProblemJson(String type, String title, int status, String detail, String nextStep, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<?> problems) {
    public ProblemJson {
        problems = List.copyOf(problems);
    }

    /// The problem of a key of the words.
    public static ProblemJson of(Locale locale, HttpStatusCode status, String key, List<?> problems, Object... arguments) {
        return new ProblemJson("/problems/" + key, HttpWords.of(locale, key + ".title"), status.value(), HttpWords.orBlank(locale, key + ".detail", arguments), HttpWords.orBlank(locale, key + ".next"), problems);
    }

    /// As an answer.
    ResponseEntity<ProblemJson> answer() {
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(this);
    }
}
