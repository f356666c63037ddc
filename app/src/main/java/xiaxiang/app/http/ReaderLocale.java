package xiaxiang.app.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Locale;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.LocaleResolver;

/// The reader's language: `?lang=zh` or `en`, else the first of Accept-Language that is either, else Chinese.
public final class ReaderLocale implements LocaleResolver {
    /// Made once.
    public ReaderLocale() {}

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return of(request);
    }

    /// The language of a request.
    public static Locale of(HttpServletRequest request) {
        String asked = lang(request);
        if (asked != null) return asked.startsWith("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
        for (Locale one : Collections.list(request.getLocales())) {
            if (one.getLanguage().equals("zh")) return Locale.SIMPLIFIED_CHINESE;
            if (one.getLanguage().equals("en") && request.getHeader("Accept-Language") != null) return Locale.ENGLISH;
        }
        return Locale.SIMPLIFIED_CHINESE;
    }

    private static @Nullable String lang(HttpServletRequest request) {
        try {
            return request.getParameter("lang");
        } catch (InvalidParameterException unreadable) {
            // Whoever is told so has a language too.
            return null;
        }
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("A request's language is its own.");
    }
}
