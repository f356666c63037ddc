package xiaxiang.app.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/// The two cookies of a browser that is signed in: the session's key, which scripts cannot read, and the value that its requests repeat in a header.
///
/// The names' prefix __Host- makes browsers take them from this very host only, over TLS (or the loopback address), for all its paths.
final class Cookies {
    static final String SESSION = "__Host-session";
    static final String CSRF = "__Host-csrf";
    static final String OIDC = "__Host-oidc";

    private Cookies() {}

    /// The value of a cookie; null without it.
    static @Nullable String of(HttpServletRequest request, String name) {
        Cookie[] all = request.getCookies();
        if (all != null) for (Cookie one : all) if (one.getName().equals(name) && !one.getValue().isEmpty()) return one.getValue();
        return null;
    }

    static void signedIn(HttpServletResponse response, String session) {
        add(response, cookie(SESSION, session, true));
        csrf(response, csrfOf(session));
    }

    static void signedOut(HttpServletResponse response) {
        add(response, cookie(SESSION, "", true).maxAge(0));
        add(response, cookie(CSRF, "", false).maxAge(0));
    }

    static void csrf(HttpServletResponse response, String value) {
        add(response, cookie(CSRF, value, false));
    }

    /// Marks the browser that went to the identity provider; unlike the others it comes along when that site leads back here.
    static void atProvider(HttpServletResponse response, String value, Duration life) {
        add(response, cookie(OIDC, value, true).sameSite("Lax").maxAge(life));
    }

    /// What a session's requests must repeat: it follows from the session's key, so one of another session does not do.
    static String csrfOf(String session) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(session.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal("csrf".getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256.", e);
        }
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(String name, String value, boolean httpOnly) {
        return ResponseCookie.from(name, value).secure(true).httpOnly(httpOnly).sameSite("Strict").path("/");
    }

    private static void add(HttpServletResponse response, ResponseCookie.ResponseCookieBuilder cookie) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
    }
}
