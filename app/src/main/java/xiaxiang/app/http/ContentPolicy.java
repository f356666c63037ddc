package xiaxiang.app.http;

import jakarta.servlet.http.HttpServletResponse;

/// What browsers may do with an answer: scripts, styles and pictures of this server only.
public final class ContentPolicy {
    /// The Content-Security-Policy of every answer.
    public static final String TEXT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private ContentPolicy() {}

    /// Puts it on an answer that is made before the filters that put it on all others, to be kept nowhere.
    public static void guard(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", TEXT);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
    }
}
