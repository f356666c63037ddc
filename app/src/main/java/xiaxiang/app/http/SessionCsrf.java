package xiaxiang.app.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestHandler;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/// Guards against requests that another site makes a browser send: what changes something must carry in a header what the cookie __Host-csrf says. In a session that
/// value follows from the session's key; before signing in it is a random one. Programs with a token of their own send no cookies and need none.
public final class SessionCsrf implements CsrfTokenRepository, CsrfTokenRequestHandler {
    private static final String HEADER = "X-CSRF-TOKEN";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Keeps nothing.
    public SessionCsrf() {}

    /// Whether a request must carry the value.
    public static boolean guards(HttpServletRequest request) {
        return !SAFE.contains(request.getMethod()) && Arrival.bearer(request) == null;
    }

    /// Gives a browser the value it is to repeat, where it has none, or one of another session.
    static void offer(HttpServletRequest request, HttpServletResponse response) {
        String session = Cookies.of(request, Cookies.SESSION);
        String has = Cookies.of(request, Cookies.CSRF);
        if (session != null && !Cookies.csrfOf(session).equals(has)) Cookies.csrf(response, Cookies.csrfOf(session));
        if (session == null && (has == null || !wellFormed(has))) Cookies.csrf(response, fresh());
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return token(fresh());
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        if (token != null) Cookies.csrf(response, token.getToken());
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        String session = Cookies.of(request, Cookies.SESSION);
        if (session != null) return token(Cookies.csrfOf(session));
        String has = Cookies.of(request, Cookies.CSRF);
        return has != null && wellFormed(has) ? token(has) : null;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, Supplier<CsrfToken> token) {
        // Nothing is rendered here that would show it.
    }

    /// The header only: looking for a form field would read a whole upload first.
    @Override
    public @Nullable String resolveCsrfTokenValue(HttpServletRequest request, CsrfToken token) {
        return request.getHeader(HEADER);
    }

    private static CsrfToken token(String value) {
        return new DefaultCsrfToken(HEADER, "_csrf", value);
    }

    private static boolean wellFormed(String value) {
        return value.matches("[A-Za-z0-9_-]{43}");
    }

    /// 256 random bits, as 43 characters.
    static String fresh() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
