package xiaxiang.app.http;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import xiaxiang.core.account.PasswordFault;
import xiaxiang.core.account.Passwords;

/// Takes passwords that people choose: judged as one more field of a body, and hashed.
@Component
final class NewPasswords {
    private final Passwords passwords;

    NewPasswords(Passwords passwords) {
        this.passwords = passwords;
    }

    /// Notes what is wrong with a new password of a login.
    void judge(Fields fields, String field, String login, @Nullable String password) {
        String given = fields.secret(field, password);
        if (given.isEmpty()) return;
        for (PasswordFault fault : passwords.faults(login, given)) fields.wrong(field, null, switch (fault) {
            case TOO_SHORT -> "password.short";
            case TOO_LONG -> "password.long";
            case HOLDS_LOGIN -> "password.login";
            case KNOWN -> "password.known";
        });
    }

    String hash(@Nullable String password) {
        return passwords.hash(password == null ? "" : password);
    }
}
