package xiaxiang.app.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import xiaxiang.core.db.Database;

/// Idempotency-Key on POST: the same key with the same request is answered as the first time, without doing it again. What was refused may be tried again with its key.
/// A request that was cut off, or ended in a fault (a database that died as it committed may have committed), leaves its outcome unknown, and says so rather than do it twice.
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 10)
public final class Idempotency extends OncePerRequestFilter {
    private static final String HEADER = "Idempotency-Key";
    private static final int LARGEST = 1 << 20;
    private static final int KEPT_DAYS = 7;

    private static final List<String> SECRET = List.of("/api/v1/people", "/api/v1/tokens", "/api/v1/session");

    private final Database database;

    /// What a key was answered with; no status while it runs.
    private record Answer(String request, @Nullable Integer status, @Nullable String location, @Nullable String answer) {}

    Idempotency(Database database) {
        this.database = database;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || request.getHeader(HEADER) == null || caller() == null || isMultipart(request) || isSecret(request);
    }

    /// Answers that hold a link or a key are kept nowhere.
    private static boolean isSecret(HttpServletRequest request) {
        return SECRET.stream().anyMatch(request.getServletPath()::startsWith);
    }

    /// Files are judged first and applied by a request of its own, which may carry a key.
    private static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.startsWith(MediaType.MULTIPART_FORM_DATA_VALUE);
    }

    private static @Nullable Caller caller() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getPrincipal() instanceof Caller caller ? caller : null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        Caller caller = caller();
        String key = request.getHeader(HEADER);
        if (caller == null || !key.matches("[!-~]{1,200}")) {
            refuse(response, ReaderLocale.of(request), HttpStatus.BAD_REQUEST, "key-bad");
            return;
        }
        byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            refuse(response, caller.locale(), HttpStatus.CONTENT_TOO_LARGE, "too-large");
            return;
        }
        String hash = hash(request, body);
        Optional<Answer> before = claim(caller, key, hash);
        if (before.isPresent()) {
            again(before.get(), hash, response, caller.locale());
            return;
        }
        first(caller, key, new RepeatedBody(request, body), response, chain);
    }

    private void first(Caller caller, String key, HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        var kept = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, kept);
        HttpStatus.Series series = HttpStatus.Series.valueOf(kept.getStatus());
        if (series == HttpStatus.Series.CLIENT_ERROR) forget(caller, key);
        else if (series != HttpStatus.Series.SERVER_ERROR) keep(caller, key, kept);
        kept.copyBodyToResponse();
    }

    private static void again(Answer before, String hash, HttpServletResponse response, Locale locale) throws IOException {
        if (!before.request().equals(hash)) refuse(response, locale, HttpStatus.UNPROCESSABLE_CONTENT, "key-reused");
        else if (before.status() == null) refuse(response, locale, HttpStatus.CONFLICT, "key-open");
        else {
            response.setStatus(before.status());
            response.setHeader("Idempotency-Replayed", "true");
            if (before.location() != null) response.setHeader("Location", before.location());
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getOutputStream().write((before.answer() == null ? "" : before.answer()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void refuse(HttpServletResponse response, Locale locale, HttpStatus status, String key) throws IOException {
        ProblemJson.of(locale, status, key, List.of()).write(response);
    }

    /// Takes the key, and lets go of the person's old ones; or gives what it was taken for before.
    private Optional<Answer> claim(Caller caller, String key, String hash) {
        return database.as(caller.scope(), handle -> {
            int taken = handle.createUpdate("INSERT INTO idempotency (person, key, request_sha256) VALUES (:person, :key, decode(:hash, 'hex')) ON CONFLICT DO NOTHING")
                    .bind("person", caller.scope().person()).bind("key", key).bind("hash", hash).execute();
            if (taken == 1) {
                handle.createUpdate("DELETE FROM idempotency WHERE person = :person AND created_at < now() - make_interval(days => :days)").bind("person", caller.scope().person()).bind("days", KEPT_DAYS).execute();
                return Optional.<Answer>empty();
            }
            return handle.createQuery("SELECT encode(request_sha256, 'hex'), status, location, answer FROM idempotency WHERE person = :person AND key = :key").bind("person", caller.scope().person()).bind("key", key)
                    .map((row, _) -> new Answer(row.getString(1), row.getObject(2, Integer.class), row.getString(3), row.getString(4))).findOne();
        });
    }

    private void keep(Caller caller, String key, ContentCachingResponseWrapper answer) {
        database.as(caller.scope(), handle -> handle.createUpdate("UPDATE idempotency SET status = :status, location = :location, answer = :answer WHERE person = :person AND key = :key")
                .bind("status", answer.getStatus()).bind("location", answer.getHeader("Location")).bind("answer", new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8))
                .bind("person", caller.scope().person()).bind("key", key).execute());
    }

    private void forget(Caller caller, String key) {
        database.as(caller.scope(), handle -> handle.createUpdate("DELETE FROM idempotency WHERE person = :person AND key = :key AND status IS NULL")
                .bind("person", caller.scope().person()).bind("key", key).execute());
    }

    private static String hash(HttpServletRequest request, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((request.getRequestURI() + "\n" + request.getQueryString() + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
