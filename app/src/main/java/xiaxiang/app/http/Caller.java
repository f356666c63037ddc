package xiaxiang.app.http;

import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpStatus;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Scope;
import xiaxiang.core.db.Territory;

/// Who calls: on whose behalf the database is asked, where they may look, what they may do, and their language. A handler takes it as an argument.
public record Caller(Scope scope, Territory territory, Set<Right> rights, Locale locale) {
    public Caller {
        rights = Set.copyOf(rights);
    }

    /// Whether a program calls, by a token, and not the person by signing in.
    public boolean byToken() {
        return scope.rights() != null;
    }

    /// Whether they have a right.
    public boolean may(Right right) {
        return rights.contains(right);
    }

    /// What to answer where they lack a right: of a token, whose person may well have it, another text than of a role.
    Refusal lacks(Right right) {
        return Refusal.of(HttpStatus.FORBIDDEN, byToken() ? "token-forbidden" : "forbidden", HttpWords.of(locale, "right." + right.text()));
    }
}
