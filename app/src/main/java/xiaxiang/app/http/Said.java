package xiaxiang.app.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a job or plan says of itself: a key of the words, told in the reader's language, or text of the program that ran it, told as it is.
final class Said {
    private static final Pattern KEY = Pattern.compile("[a-z]+(\\.[a-z_]+)?");

    private Said() {}

    static @Nullable String of(Locale locale, @Nullable String said) {
        if (said == null || !KEY.matcher(said).matches()) return said;
        String known = HttpWords.orBlank(locale, "said." + said);
        return known.isEmpty() ? said : known;
    }
}
