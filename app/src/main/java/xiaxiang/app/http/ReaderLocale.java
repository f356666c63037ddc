package xiaxiang.app.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Locale;
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
        String asked = request.getParameter("lang");
        if (asked != null) return asked.startsWith("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
        for (Locale one : Collections.list(request.getLocales())) {
            if (one.getLanguage().equals("zh")) return Locale.SIMPLIFIED_CHINESE;
            if (one.getLanguage().equals("en") && request.getHeader("Accept-Language") != null) return Locale.ENGLISH;
        }
        return Locale.SIMPLIFIED_CHINESE;
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("A request's language is its own.");
    }
}
