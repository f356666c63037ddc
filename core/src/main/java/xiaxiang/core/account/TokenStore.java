package xiaxiang.core.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Keys by which a program acts for a person, with some of their rights, for some days. Of the key only its hash is kept. Every method works as the guard.
public final class TokenStore {
    /// What a key begins with, so that one left in a file is recognised for what it is.
    public static final String PREFIX = "xiaxiang_";

    private static final int MOST = 50;

    /// A token as its owner sees it.
    public record Token(long id, String name, List<Right> rights, Instant createdAt, Instant expiresAt, @Nullable Instant usedAt) {
        public Token {
            rights = List.copyOf(rights);
        }
    }

    /// Whom a token acts for, and with which rights at most.
    public record Bearer(Person person, Set<Right> rights) {
        public Bearer {
            rights = Set.copyOf(rights);
        }
    }

    /// A token just made: its id, and the key, which nobody sees again.
    public record Made(long id, String key) {}

    private TokenStore() {}

    /// Makes a token; null if the person has fifty already. Days: 1 to 365.
    public static @Nullable Made make(Handle handle, long person, String name, Set<Right> rights, int days) {
        if (days < 1 || days > 365) throw new IllegalArgumentException("A token lasts 1 to 365 days, not " + days + ".");
        if (list(handle, person).size() >= MOST) return null;
        String key = PREFIX + Secrets.fresh();
        long id = handle.createQuery("INSERT INTO token (person, name, hash, rights, expires_at) VALUES (:person, :name, :hash, :rights, now() + :days * interval '1 day') RETURNING id").bind("person", person)
                .bind("name", name).bind("hash", Secrets.hash(key)).bindArray("rights", String.class, new TreeSet<>(rights).stream().map(Right::text).toList()).bind("days", days).mapTo(long.class).one();
        return new Made(id, key);
    }

    /// Somebody's tokens that still work, the newest first.
    public static List<Token> list(Handle handle, long person) {
        return handle.createQuery("SELECT id, name, rights, created_at, expires_at, used_at FROM token WHERE person = :person AND revoked_at IS NULL AND expires_at > now() ORDER BY id DESC").bind("person", person)
                .map((row, _) -> new Token(row.getLong("id"), row.getString("name"), rights(row), instant(row, "created_at"), instant(row, "expires_at"), row.getObject("used_at") == null ? null : instant(row, "used_at")))
                .list();
    }

    /// Ends a token of this person; false if they have no such one.
    public static boolean revoke(Handle handle, long person, long id) {
        return handle.createUpdate("UPDATE token SET revoked_at = now() WHERE id = :id AND person = :person AND revoked_at IS NULL").bind("id", id).bind("person", person).execute() == 1;
    }

    /// Whom a key acts for; null if it does not work. The rights are those of the token that the person's role still has. Notes that it was used, at most once a minute.
    public static @Nullable Bearer find(Handle handle, String key) {
        byte[] hash = Secrets.hash(key);
        Bearer found = handle.createQuery(PersonRows.GUARDED + ", t.rights" + PersonRows.GUARDED_FROM
                        + "JOIN token t ON t.person = p.id WHERE t.hash = :hash AND t.revoked_at IS NULL AND t.expires_at > now() AND p.disabled_at IS NULL").bind("hash", hash)
                .map((row, _) -> bearer(PersonRows.person(row), rights(row))).findOne().orElse(null);
        if (found != null) handle.createUpdate("UPDATE token SET used_at = now() WHERE hash = :hash AND (used_at IS NULL OR used_at < now() - interval '1 minute')").bind("hash", hash).execute();
        return found;
    }

    private static Bearer bearer(Person person, List<Right> rights) {
        Set<Right> both = new TreeSet<>(rights);
        both.retainAll(person.role().rights());
        return new Bearer(person, both);
    }

    private static List<Right> rights(ResultSet row) throws SQLException {
        String[] names = (String[]) row.getArray("rights").getArray();
        return Arrays.stream(names).map(name -> Right.valueOf(name.toUpperCase(Locale.ROOT))).toList();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
