package xiaxiang.app.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What people sign in with: 2 to 100 letters and digits of any script, and . _ - + @.
final class Logins {
    private static final Pattern SHAPE = Pattern.compile("[\\p{L}\\p{N}._+@-]{2,100}");

    private Logins() {}

    static String judge(Fields fields, @Nullable String login) {
        String given = fields.text("login", login, 100);
        if (!given.isEmpty() && !SHAPE.matcher(given).matches()) fields.wrong("login", given, "field.login");
        return given;
    }
}
