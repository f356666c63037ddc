package xiaxiang.core.account;

import org.jspecify.annotations.Nullable;
import xiaxiang.core.db.Territory;

/// Somebody with an account: `login` is what they sign in with, `language` is zh or en, `version` counts the changes of the record.
public record Person(long id, String login, String name, @Nullable String email, Role role, Home home, String language, boolean disabled, int version) {
    /// Where they may look.
    public Territory territory() {
        return home.territory();
    }
}
