package xiaxiang.core.account;

import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.db.Database;

/// Judges who somebody says they are. An unknown login is treated in every step like a known one: the same queries, the same hash, the same lock-out.
///
/// No connection is held while a password is hashed. Thread-safe.
public final class SignIn {
    /// What came of it.
    public sealed interface Outcome {
        /// It is them.
        record Proven(Person person) implements Outcome {}
        /// Login, password or code is wrong: which, nobody is told.
        record Wrong() implements Outcome {}
        /// The password is right; the code of the authenticator is missing.
        record CodeNeeded() implements Outcome {}
        /// Too many failures: nothing was tried, and will not be before `left` is over.
        record Locked(Duration left) implements Outcome {}
    }

    private final Database database;
    private final Passwords passwords;
    private final Seal seal;
    private final InstantSource clock;

    /// Works on a database, with the seal of its authenticators and the clock that codes go by.
    public SignIn(Database database, Passwords passwords, Seal seal, InstantSource clock) {
        this.database = database;
        this.passwords = passwords;
        this.seal = seal;
        this.clock = clock;
    }

    /// Judges a login, its password, and the code where the person has an authenticator. `origin` is what the audit says if the hash is renewed.
    /// Throws [Passwords.Busy] if too many sign in at once, [Seal.Lost] if the person has an authenticator that nobody can read any more.
    public Outcome judge(String login, String password, @Nullable String code, String origin) {
        return judge(login, password, code, true, origin);
    }

    /// Judges the password of somebody who is signed in, before they change what protects the account.
    public Outcome judgePassword(Person person, String password, String origin) {
        return judge(person.login(), password, null, false, origin);
    }

    private Outcome judge(String login, String password, @Nullable String code, boolean codeToo, String origin) {
        byte[] key = Attempts.key(login);
        // Counted before anything is tried, so that a thousand guesses at once are a thousand failures.
        Duration left = database.guard(null, origin, handle -> Attempts.count(handle, key));
        if (!left.isZero()) return new Outcome.Locked(left);
        AccountStore.Kept kept = database.guard(null, origin, handle -> AccountStore.kept(handle, login));
        boolean right = passwords.matches(password, kept == null ? null : kept.hash());
        if (kept == null || !right || kept.person().disabled()) return database.guard(null, origin, handle -> wrong(handle, login, kept == null ? "unknown" : right ? "disabled" : "password"));
        Outcome outcome = database.guard(kept.person().id(), origin, handle -> proven(handle, kept, key, codeToo, code));
        if (outcome instanceof Outcome.Proven) renew(kept, password, origin);
        return outcome;
    }

    /// What went wrong is for the audit only: unknown, password, disabled or code.
    private static Outcome wrong(Handle handle, String login, String why) {
        AccountStore.refused(handle, login, why);
        return new Outcome.Wrong();
    }

    /// Keeps a dearer hash where what a hash costs has grown since.
    private void renew(AccountStore.Kept kept, String password, String origin) {
        String old = kept.hash();
        if (old == null || !passwords.outdated(old)) return;
        String dearer = passwords.hash(password);
        database.guard(kept.person().id(), origin, handle -> AccountStore.rehash(handle, kept.person().id(), old, dearer));
    }

    private Outcome proven(Handle handle, AccountStore.Kept kept, byte[] key, boolean codeToo, @Nullable String code) {
        Totp totp = codeToo ? kept.totp(seal) : null;
        if (totp != null && (code == null || code.isBlank())) {
            Attempts.takeBack(handle, key);
            return new Outcome.CodeNeeded();
        }
        if (totp != null && code != null) {
            OptionalLong step = totp.step(code.strip(), clock.instant());
            if (step.isEmpty() || !AccountStore.useStep(handle, kept.person().id(), step.getAsLong())) return wrong(handle, kept.person().login(), "code");
        }
        Attempts.clear(handle, key);
        return new Outcome.Proven(kept.person());
    }
}
