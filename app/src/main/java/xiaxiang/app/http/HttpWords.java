package xiaxiang.app.http;

import java.util.Locale;
import java.util.ResourceBundle;

/// The words of the HTTP interface, in Chinese and English, from `words.properties` beside this class.
final class HttpWords {
    private HttpWords() {}

    /// A text with its arguments, formatted in the locale. Throws java.util.MissingResourceException if there is no such key.
    static String of(Locale locale, String key, Object... arguments) {
        return String.format(locale, bundle(locale).getString(key), arguments);
    }

    /// The text of a key, or blank where there is none.
    static String orBlank(Locale locale, String key, Object... arguments) {
        return bundle(locale).containsKey(key) ? of(locale, key, arguments) : "";
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle("xiaxiang.app.http.words", locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
