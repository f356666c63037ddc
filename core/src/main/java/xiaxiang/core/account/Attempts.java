package xiaxiang.core.account;

import java.time.Duration;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/// Failures to sign in, by login, whether or not there is such a person: so the lock-out does not tell who has an account. Each failure from the fifth on locks the
/// login for twice as long as the one before, 15 s to 15 min; a day without any forgets them.
final class Attempts {
    private Attempts() {}

    /// What stands for a login: people type passwords into the wrong field, and those are not to be read here.
    static byte[] key(String login) {
        return Secrets.hash(login.strip().toLowerCase(Locale.ROOT));
    }

    /// Counts an attempt as failed until it proves right; zero if it may go on, else how long the login is still locked.
    static Duration count(Handle handle, byte[] key) {
        int admitted = handle.createUpdate("""
                INSERT INTO attempt AS a (login_sha256, failures, at) VALUES (:key, 1, clock_timestamp())
                ON CONFLICT (login_sha256) DO UPDATE SET at = clock_timestamp(),
                  failures = CASE WHEN a.at < clock_timestamp() - interval '1 day' THEN 1 ELSE least(a.failures + 1, 1000) END,
                  locked_until = CASE WHEN a.failures >= 4 AND a.at >= clock_timestamp() - interval '1 day' THEN clock_timestamp() + least(15 * power(2, least(a.failures - 4, 10)), 900) * interval '1 second' END
                WHERE a.locked_until IS NULL OR a.locked_until <= clock_timestamp()""").bind("key", key).execute();
        if (admitted == 1) return Duration.ZERO;
        double seconds = handle.createQuery("SELECT extract(epoch FROM locked_until - clock_timestamp())::float8 FROM attempt WHERE login_sha256 = :key").bind("key", key).mapTo(double.class).findOne().orElse(1.0);
        return Duration.ofSeconds((long) Math.max(1, Math.ceil(seconds)));
    }

    /// The attempt was neither right nor wrong: it counts for nothing.
    static void takeBack(Handle handle, byte[] key) {
        handle.createUpdate("UPDATE attempt SET failures = greatest(failures - 1, 0), locked_until = NULL WHERE login_sha256 = :key").bind("key", key).execute();
    }

    /// It was right: all is forgotten, and so are the stale failures of others.
    static void clear(Handle handle, byte[] key) {
        handle.createUpdate("DELETE FROM attempt WHERE login_sha256 = :key OR at < now() - interval '1 day'").bind("key", key).execute();
    }
}
