package xiaxiang.core.account;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What protects an account: password, authenticator, and identities at a provider. Every method works as the guard ([xiaxiang.core.db.Database#guard]).
public final class AccountStore {
    /// What is kept of a login: the person, the hash if they have a password, the sealed secret if an authenticator is in use.
    static final class Kept {
        private final Person person;
        private final @Nullable String hash;
        private final byte @Nullable [] sealed;

        Kept(Person person, @Nullable String hash, byte @Nullable [] sealed) {
            this.person = person;
            this.hash = hash;
            this.sealed = sealed;
        }

        Person person() {
            return person;
        }

        @Nullable String hash() {
            return hash;
        }

        /// The authenticator in use; null without one. Throws [Seal.Lost] if there is one that nobody can read any more.
        @Nullable Totp totp(Seal seal) {
            return sealed == null ? null : new Totp(seal.open(sealed, person.id()));
        }
    }

    private AccountStore() {}

    static @Nullable Kept kept(Handle handle, String login) {
        return handle.createQuery(PersonRows.GUARDED + ", c.password_hash, CASE WHEN c.totp_since IS NOT NULL THEN c.totp_secret END AS totp_secret" + PersonRows.GUARDED_FROM
                        + "LEFT JOIN credential c ON c.person = p.id WHERE lower(p.login) = lower(:login)").bind("login", login.strip())
                .map((row, _) -> new Kept(PersonRows.person(row), row.getString("password_hash"), row.getBytes("totp_secret"))).findOne().orElse(null);
    }

    /// Notes in the audit that an attempt to sign in was refused, and why; a login that nobody has is not written down.
    static void refused(Handle handle, String login, String why) {
        handle.createQuery("SELECT sign_in_refused(:login, :why)").bind("login", login.strip()).bind("why", why).mapTo(String.class).findOne();
    }

    /// Somebody by id; null if there is none.
    public static @Nullable Person person(Handle handle, long id) {
        return handle.createQuery(PersonRows.GUARDED + PersonRows.GUARDED_FROM + "WHERE p.id = :id").bind("id", id).map(PersonRows.PERSON).findOne().orElse(null);
    }

    /// Whether signing in needs the code of an authenticator.
    public static boolean hasTotp(Handle handle, long person) {
        return handle.createQuery("SELECT totp_since IS NOT NULL FROM credential WHERE person = :person").bind("person", person).mapTo(boolean.class).findOne().orElse(false);
    }

    /// Gives somebody a password by its hash, and ends every session they have: whoever stole the old one is out.
    public static void setPassword(Handle handle, long person, String hash) {
        handle.createUpdate("INSERT INTO credential (person, password_hash) VALUES (:person, :hash) ON CONFLICT (person) DO UPDATE SET password_hash = :hash, changed_at = now()")
                .bind("person", person).bind("hash", hash).execute();
        SessionStore.endAll(handle, person);
    }

    /// The same password under a dearer hash, unless it was changed meanwhile.
    static boolean rehash(Handle handle, long person, String old, String hash) {
        return handle.createUpdate("UPDATE credential SET password_hash = :hash WHERE person = :person AND password_hash = :old").bind("person", person).bind("old", old).bind("hash", hash).execute() == 1;
    }

    /// A new secret for somebody's authenticator, not in use before a code has proven that it arrived; null if one is in use already.
    public static @Nullable Totp newTotp(Handle handle, Seal seal, long person) {
        Totp totp = Totp.fresh();
        int changed = handle.createUpdate("""
                INSERT INTO credential AS c (person, totp_secret) VALUES (:person, :secret)
                ON CONFLICT (person) DO UPDATE SET totp_secret = :secret, totp_last_step = NULL WHERE c.totp_since IS NULL""").bind("person", person).bind("secret", seal.close(totp.secret(), person)).execute();
        return changed == 1 ? totp : null;
    }

    /// Puts the new secret to use if `code` is its code of `now`; false if it is not, or none is waiting.
    public static boolean confirmTotp(Handle handle, Seal seal, long person, String code, Instant now) {
        Totp waiting = handle.createQuery("SELECT totp_secret FROM credential WHERE person = :person AND totp_secret IS NOT NULL AND totp_since IS NULL FOR UPDATE").bind("person", person)
                .map((row, _) -> new Totp(seal.open(row.getBytes(1), person))).findOne().orElse(null);
        OptionalLong step = waiting == null ? OptionalLong.empty() : waiting.step(code.strip(), now);
        if (step.isEmpty()) return false;
        handle.createUpdate("UPDATE credential SET totp_since = now(), totp_last_step = :step WHERE person = :person").bind("person", person).bind("step", step.getAsLong()).execute();
        return true;
    }

    /// Notes that a code of this step was used; false if one of it or a later step was before.
    static boolean useStep(Handle handle, long person, long step) {
        return handle.createUpdate("UPDATE credential SET totp_last_step = :step WHERE person = :person AND (totp_last_step IS NULL OR totp_last_step < :step)").bind("person", person).bind("step", step)
                .execute() == 1;
    }

    /// Takes somebody's authenticator out of use.
    public static void endTotp(Handle handle, long person) {
        handle.createUpdate("UPDATE credential SET totp_secret = NULL, totp_since = NULL, totp_last_step = NULL WHERE person = :person").bind("person", person).execute();
    }

    /// The language somebody reads: zh or en.
    public static void setLanguage(Handle handle, long person, String language) {
        handle.createUpdate("UPDATE person SET language = :language WHERE id = :person").bind("person", person).bind("language", language).execute();
    }

    /// Who an identity at a provider belongs to; null while nobody is linked to it.
    public static @Nullable Person identified(Handle handle, String issuer, String subject) {
        return handle.createQuery(PersonRows.GUARDED + PersonRows.GUARDED_FROM + "JOIN identity i ON i.person = p.id WHERE i.issuer = :issuer AND i.subject = :subject AND p.disabled_at IS NULL")
                .bind("issuer", issuer).bind("subject", subject).map(PersonRows.PERSON).findOne().orElse(null);
    }

    /// Links an identity to the one person who was invited at this e-mail address, which the provider has verified, and uses up the invitation. Null if nobody
    /// or more than one was, or that person is linked at this provider already.
    public static @Nullable Person link(Handle handle, String issuer, String subject, String email) {
        List<Person> invited = handle.createQuery(PersonRows.GUARDED + PersonRows.GUARDED_FROM + """
                WHERE lower(p.email) = lower(:email) AND p.disabled_at IS NULL
                  AND EXISTS (SELECT FROM invitation v WHERE v.person = p.id AND v.used_at IS NULL AND v.expires_at > now())
                  AND NOT EXISTS (SELECT FROM identity i WHERE i.person = p.id AND i.issuer = :issuer) LIMIT 2""").bind("email", email).bind("issuer", issuer).map(PersonRows.PERSON).list();
        if (invited.size() != 1) return null;
        Person person = invited.getFirst();
        int linked = handle.createUpdate("INSERT INTO identity (issuer, subject, person) VALUES (:issuer, :subject, :person) ON CONFLICT DO NOTHING").bind("issuer", issuer).bind("subject", subject)
                .bind("person", person.id()).execute();
        if (linked == 0) return null;
        InvitationStore.withdraw(handle, person.id());
        return person;
    }
}
