package xiaxiang.app.http;

import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import xiaxiang.core.account.Passwords;
import xiaxiang.core.account.Seal;

/// Turns whatever a handler throws into a problem the reader can act on. What is not the caller's fault says nothing of the inside; it is logged under a number the
/// answer names.
@RestControllerAdvice
public final class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String BEYOND = "42501";
    /// A text with the character NUL, which PostgreSQL keeps in no text.
    private static final String NO_TEXT = "22021";
    private static final String FROZEN = "55000";

    /// One field that is wrong: its name, the value sent, the rule it breaks.
    record FieldProblem(String field, @Nullable Object value, String message) {}

    @ExceptionHandler
    ResponseEntity<ProblemJson> refusal(Refusal refusal, Locale locale) {
        return ProblemJson.of(locale, refusal).answer();
    }

    @ExceptionHandler
    ResponseEntity<ProblemJson> fields(MethodArgumentNotValidException e, Locale locale) {
        List<FieldProblem> problems = e.getBindingResult().getFieldErrors().stream()
                .map(f -> new FieldProblem(f.getField(), f.getRejectedValue(), f.getDefaultMessage() == null ? "" : f.getDefaultMessage())).toList();
        return ProblemJson.of(locale, HttpStatus.UNPROCESSABLE_CONTENT, "invalid", problems, problems.size()).answer();
    }

    @ExceptionHandler
    ResponseEntity<ProblemJson> unreadable(HttpMessageNotReadableException e, Locale locale) {
        for (Throwable t = e; t != null; t = t.getCause())
            if (t instanceof BodyLimit.TooLarge) return ProblemJson.of(locale, HttpStatus.CONTENT_TOO_LARGE, "too-large", List.of()).answer();
        return ProblemJson.of(locale, HttpStatus.BAD_REQUEST, "unreadable", List.of()).answer();
    }

    /// The part of the address after the question mark is not written as one.
    @ExceptionHandler
    ResponseEntity<ProblemJson> unreadable(InvalidParameterException e, Locale locale) {
        return ProblemJson.of(locale, HttpStatus.BAD_REQUEST, "unreadable", List.of()).answer();
    }

    /// All connections to the database are lent out, and stayed so for as long as a request may wait.
    @ExceptionHandler
    ResponseEntity<ProblemJson> crowded(ConnectionException e, Locale locale) {
        LOG.debug("No connection was free", e);
        return ProblemJson.of(locale, crowded()).answer();
    }

    static Refusal crowded() {
        return Refusal.later(HttpStatus.SERVICE_UNAVAILABLE, "busy", Duration.ofSeconds(10));
    }

    /// The key that opens authenticators' secrets is not that of the database.
    @ExceptionHandler
    ResponseEntity<ProblemJson> lost(Seal.Lost e, Locale locale) {
        LOG.warn("{}", e.getMessage());
        return ProblemJson.of(locale, HttpStatus.CONFLICT, "seal-lost", List.of()).answer();
    }

    /// Too many passwords wait to be checked.
    @ExceptionHandler
    ResponseEntity<ProblemJson> busy(Passwords.Busy e, Locale locale) {
        return ProblemJson.of(locale, crowded()).answer();
    }

    @ExceptionHandler
    ResponseEntity<ProblemJson> mistyped(MethodArgumentTypeMismatchException e, Locale locale) {
        return ProblemJson.of(locale, HttpStatus.BAD_REQUEST, "mistyped", List.of(), e.getName(), String.valueOf(e.getValue())).answer();
    }

    /// The browser went away: nobody is there to answer.
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {
        LOG.debug("The caller went away", e);
    }

    @ExceptionHandler
    ResponseEntity<ProblemJson> other(Exception e, HttpServletRequest request, Locale locale) {
        if (e instanceof ErrorResponse spring) return standard(spring.getStatusCode(), request, locale);
        String state = sqlState(e);
        if (BEYOND.equals(state)) return ProblemJson.of(locale, HttpStatus.FORBIDDEN, "beyond-territory", List.of()).answer();
        if (NO_TEXT.equals(state)) return ProblemJson.of(locale, HttpStatus.BAD_REQUEST, "unreadable", List.of()).answer();
        if (FROZEN.equals(state)) return ProblemJson.of(locale, HttpStatus.CONFLICT, "frozen", List.of()).answer();
        String number = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("Fault {} in {} {}", number, request.getMethod(), request.getRequestURI(), e);
        return ProblemJson.of(locale, HttpStatus.INTERNAL_SERVER_ERROR, "fault", List.of(), number).answer();
    }

    /// Spring's own: no such address, method, media type, too large.
    private static ResponseEntity<ProblemJson> standard(HttpStatusCode status, HttpServletRequest request, Locale locale) {
        String key = switch (status.value()) {
            case 404 -> "not-found";
            case 405 -> "method";
            case 406, 415 -> "media-type";
            case 413 -> "too-large";
            case 503 -> "busy";
            default -> status.is4xxClientError() ? "unreadable" : "fault";
        };
        return ProblemJson.of(locale, status, key, List.of(), key.equals("method") ? request.getMethod() : request.getRequestURI()).answer();
    }

    private static @Nullable String sqlState(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) if (t instanceof SQLException sql) return sql.getSQLState();
        return null;
    }
}
