package xiaxiang.app.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/// A problem as it goes over the wire (RFC 9457, application/problem+json): what, why, and the next step, in the reader's language. `problems` is left out when empty.
@Schema(name = "Problem")
public record ProblemJson(String type, String title, int status, String detail, String nextStep, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<?> problems,
        @JsonIgnore @Nullable Duration after) {
    public ProblemJson {
        problems = List.copyOf(problems);
    }

    /// The problem of a key of the words.
    public static ProblemJson of(Locale locale, HttpStatusCode status, String key, List<?> problems, Object... arguments) {
        return new ProblemJson("/problems/" + key, HttpWords.of(locale, key + ".title"), status.value(), HttpWords.orBlank(locale, key + ".detail", arguments), HttpWords.orBlank(locale, key + ".next"), problems, null);
    }

    /// The problem of a refusal.
    static ProblemJson of(Locale locale, Refusal refusal) {
        ProblemJson plain = of(locale, refusal.status(), refusal.key(), refusal.problems(), refusal.arguments());
        return new ProblemJson(plain.type, plain.title, plain.status, plain.detail, plain.nextStep, plain.problems, refusal.after());
    }

    /// As an answer.
    ResponseEntity<ProblemJson> answer() {
        return ResponseEntity.status(status).headers(headers -> {
            if (after != null) headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(after.toSeconds()));
        }).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(this);
    }

    /// Writes it as the answer of a filter, before any handler.
    public void write(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        if (after != null) response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(after.toSeconds()));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(JsonMapper.shared().writeValueAsBytes(this));
    }
}
