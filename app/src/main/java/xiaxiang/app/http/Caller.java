package xiaxiang.app.http;

import java.util.Locale;
import java.util.Set;
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
}
