package xiaxiang.core.account;

import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Judges, hashes and checks passwords. Thread-safe; at most two hashes are worked out at once, for each takes 64 MiB and a core for a good part of a second.
///
/// Cost: the second recommended option of RFC 9106, section 4 (64 MiB, 3 passes, 4 lanes): the first one's 2 GiB a sign-in are more than the whole server has.
public final class Passwords {
    /// Too many people wait for a hash: try again in a moment.
    public static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static final int SHORTEST = 12;

    private static final int LONGEST = 1000;
    private static final int SHORTEST_LOGIN = 3;
    private static final int AT_ONCE = 2;
    private static final long WAIT_SECONDS = 10;
    private static final Argon2.Cost RFC_9106_SECOND = new Argon2.Cost(1 << 16, 3, 4);

    private final KnownPasswords known;
    private final Argon2.Cost cost;
    private final Argon2 nobody;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /// At another cost: for tests that sign in often.
    Passwords(KnownPasswords known, Argon2.Cost cost) {
        this.known = known;
        this.cost = cost;
        nobody = Argon2.ofNobody(cost);
    }

    /// With a list of passwords that are not taken.
    public static Passwords of(KnownPasswords known) {
        return new Passwords(known, RFC_9106_SECOND);
    }

    /// What is wrong with a new password of a login, all at once; empty if nothing is. Length counts characters after normalisation (NFKC).
    public Set<PasswordFault> faults(String login, String password) {
        Set<PasswordFault> faults = EnumSet.noneOf(PasswordFault.class);
        if (password.length() > LONGEST) return EnumSet.of(PasswordFault.TOO_LONG);
        String normal = normal(password);
        if (normal.codePointCount(0, normal.length()) < SHORTEST) faults.add(PasswordFault.TOO_SHORT);
        if (holdsLogin(normal, login)) faults.add(PasswordFault.HOLDS_LOGIN);
        if (known.holds(normal)) faults.add(PasswordFault.KNOWN);
        return faults;
    }

    /// The login, or the part of an e-mail address before the '@', if that is long enough not to turn up by chance.
    private static boolean holdsLogin(String password, String login) {
        String lower = password.toLowerCase(Locale.ROOT);
        String name = normal(login).toLowerCase(Locale.ROOT);
        int at = name.indexOf('@');
        String local = at < 0 ? name : name.substring(0, at);
        return local.length() >= SHORTEST_LOGIN && lower.contains(local);
    }

    /// The hash to keep, as a PHC string. Throws [Busy] after ten seconds of waiting for a turn.
    public String hash(String password) {
        takeTurn();
        try {
            return Argon2.of(normal(password), cost).toString();
        } finally {
            turns.release();
        }
    }

    /// Whether a kept hash is this password's; false, after the same work, where there is none. Throws [Busy].
    public boolean matches(String password, @Nullable String phc) {
        if (password.length() > LONGEST) return false;
        takeTurn();
        try {
            Argon2 kept = phc == null ? nobody : Argon2.parse(phc);
            return kept.matches(normal(password)) && phc != null;
        } finally {
            turns.release();
        }
    }

    /// Whether a kept hash costs less than new ones do: then hash the password anew at the next sign-in.
    public boolean outdated(String phc) {
        return Argon2.parse(phc).cost().below(cost);
    }

    private void takeTurn() {
        try {
            if (!turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) throw new Busy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy();
        }
    }

    /// What the same password typed on another keyboard is: full-width letters, composed accents.
    static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }
}
