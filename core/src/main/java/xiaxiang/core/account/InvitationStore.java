package xiaxiang.core.account;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One-time links: to somebody who is to set a password, or to whoever is to be the first administrator. Every method works as the guard.
public final class InvitationStore {
    private InvitationStore() {}

    /// Invites somebody for 7 days and returns the key of the link; earlier links of theirs no longer work.
    public static String invite(Handle handle, long person) {
        withdraw(handle, person);
        String key = Secrets.fresh();
        handle.createUpdate("INSERT INTO invitation (hash, person, expires_at) VALUES (:hash, :person, now() + interval '7 days')").bind("hash", Secrets.hash(key)).bind("person", person).execute();
        return key;
    }

    /// Takes every open link of somebody back.
    public static void withdraw(Handle handle, long person) {
        handle.createUpdate("DELETE FROM invitation WHERE person = :person AND used_at IS NULL").bind("person", person).execute();
    }

    /// Who an open link invites; null if it is used up, has run out, or is none.
    public static @Nullable Person invited(Handle handle, String key) {
        return handle.createQuery(PersonRows.GUARDED + PersonRows.GUARDED_FROM + "JOIN invitation v ON v.person = p.id WHERE v.hash = :hash AND v.used_at IS NULL AND v.expires_at > now() AND p.disabled_at IS NULL")
                .bind("hash", Secrets.hash(key)).map(PersonRows.PERSON).findOne().orElse(null);
    }

    /// Uses up an open link: its person has this password from now on, and no authenticator (who lost theirs is invited anew). False if the link no longer works.
    public static boolean accept(Handle handle, String key, String passwordHash) {
        Long person = handle.createQuery("""
                UPDATE invitation v SET used_at = now() FROM person p
                WHERE v.hash = :hash AND v.used_at IS NULL AND v.expires_at > now() AND p.id = v.person AND p.disabled_at IS NULL RETURNING v.person""").bind("hash", Secrets.hash(key)).mapTo(Long.class)
                .findOne().orElse(null);
        if (person == null) return false;
        AccountStore.setPassword(handle, person, passwordHash);
        AccountStore.endTotp(handle, person);
        return true;
    }

    /// Whether nobody has an account yet.
    public static boolean setUpNeeded(Handle handle) {
        return handle.createQuery("SELECT NOT EXISTS (SELECT FROM person)").mapTo(boolean.class).one();
    }

    /// The key of a new link for the first administrator, good for a day; links made before no longer work. Null once there is anybody.
    public static @Nullable String first(Handle handle) {
        lock(handle);
        if (!setUpNeeded(handle)) return null;
        handle.execute("DELETE FROM invitation WHERE person IS NULL");
        String key = Secrets.fresh();
        handle.createUpdate("INSERT INTO invitation (hash, expires_at) VALUES (:hash, now() + interval '1 day')").bind("hash", Secrets.hash(key)).execute();
        return key;
    }

    /// Whether a link for the first administrator would work now.
    public static boolean isFirst(Handle handle, String key) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM invitation WHERE person IS NULL AND hash = :hash AND used_at IS NULL AND expires_at > now()) AND NOT EXISTS (SELECT FROM person)")
                .bind("hash", Secrets.hash(key)).mapTo(boolean.class).one();
    }

    /// Uses up the link: makes the first administrator, of everywhere. Null if it does not work, or somebody was made meanwhile.
    public static @Nullable Person makeFirst(Handle handle, String key, String login, String name, String passwordHash, String language) {
        lock(handle);
        if (!isFirst(handle, key)) return null;
        handle.createUpdate("UPDATE invitation SET used_at = now() WHERE hash = :hash").bind("hash", Secrets.hash(key)).execute();
        long id = handle.createQuery("INSERT INTO person (login, name, role, territory, language) VALUES (:login, :name, 'administrator', 'place', :language) RETURNING id").bind("login", login)
                .bind("name", name).bind("language", language).mapTo(long.class).one();
        AccountStore.setPassword(handle, id, passwordHash);
        return AccountStore.person(handle, id);
    }

    private static void lock(Handle handle) {
        handle.execute("LOCK TABLE invitation IN SHARE ROW EXCLUSIVE MODE");
    }
}
