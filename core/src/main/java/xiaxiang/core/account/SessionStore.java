package xiaxiang.core.account;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Who is signed in. A session's key is 256 random bits, of which the hash is kept; it ends after 12 hours unused, 7 days in all, at a new password, or when the person
/// is disabled. Every method works as the guard.
public final class SessionStore {
    /// A session that is open: whose, whether they have an authenticator, and whether it is a minute since it was last noted as used.
    public record Session(Person person, boolean totp, boolean stale) {}

    private static final int MOST = 20;

    private SessionStore() {}

    /// Opens a session and returns its key, which nobody sees again. Ends the one the caller had (`before`, if any), those that ran out, and the person's oldest beyond twenty.
    public static String open(Handle handle, long person, String origin, @Nullable String before) {
        String key = Secrets.fresh();
        if (before != null) end(handle, before);
        handle.createUpdate("INSERT INTO session (hash, person, expires_at, origin) VALUES (:hash, :person, now() + interval '7 days', :origin)").bind("hash", Secrets.hash(key)).bind("person", person)
                .bind("origin", origin).execute();
        handle.createUpdate("""
                DELETE FROM session WHERE expires_at <= now() OR seen_at <= now() - interval '12 hours'
                  OR hash IN (SELECT hash FROM session WHERE person = :person ORDER BY created_at DESC OFFSET :most)""").bind("person", person).bind("most", MOST).execute();
        return key;
    }

    /// The open session of a key; null if there is none. Notes that it was used, at most once a minute.
    public static @Nullable Session find(Handle handle, String key) {
        byte[] hash = Secrets.hash(key);
        Session found = handle.createQuery(PersonRows.GUARDED + ", c.totp_since IS NOT NULL AS totp, s.seen_at < now() - interval '1 minute' AS stale" + PersonRows.GUARDED_FROM + """
                        JOIN session s ON s.person = p.id LEFT JOIN credential c ON c.person = p.id
                        WHERE s.hash = :hash AND s.expires_at > now() AND s.seen_at > now() - interval '12 hours' AND p.disabled_at IS NULL""").bind("hash", hash)
                .map((row, _) -> new Session(PersonRows.person(row), row.getBoolean("totp"), row.getBoolean("stale"))).findOne().orElse(null);
        if (found != null && found.stale()) handle.createUpdate("UPDATE session SET seen_at = now() WHERE hash = :hash").bind("hash", hash).execute();
        return found;
    }

    /// Ends one session.
    public static void end(Handle handle, String key) {
        handle.createUpdate("DELETE FROM session WHERE hash = :hash").bind("hash", Secrets.hash(key)).execute();
    }

    static void endAll(Handle handle, long person) {
        handle.createUpdate("DELETE FROM session WHERE person = :person").bind("person", person).execute();
    }
}
