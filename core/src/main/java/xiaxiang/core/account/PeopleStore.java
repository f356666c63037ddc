package xiaxiang.core.account;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.db.Territory;

/// The people of a territory, under the scope of whoever looks after them. Nobody is given a territory beyond that of the giver.
public final class PeopleStore {
    private static final String MINE = "(" + Territory.insideSql("p") + " OR p.id = :me)";
    private static final String IS_LAST = """
            SELECT count(*) FILTER (WHERE id <> :id) = 0 AND count(*) FILTER (WHERE id = :id) = 1 FROM person
            WHERE role = 'administrator' AND territory = 'place' AND place IS NULL AND disabled_at IS NULL""";

    /// What a person is to be: everything but who they are. Their territory is a kind and the code or id of the place, distributor or shop, none for everywhere.
    public record Grant(String name, @Nullable String email, Role role, Home.Kind kind, @Nullable String code, boolean disabled) {}

    /// What came of a wish to add or change somebody.
    public sealed interface Outcome {
        /// As they are now.
        record Done(Person person) implements Outcome {}
        /// There is no such person here.
        record Unknown() implements Outcome {}
        /// There is no such place, distributor or shop in the giver's territory.
        record NoSuchHome() implements Outcome {}
        /// Another person signs in with this name.
        record LoginTaken() implements Outcome {}
        /// Somebody else changed the record meanwhile.
        record Changed() implements Outcome {}
        /// The last administrator of everywhere stays one: nobody could make another.
        record LastAdministrator() implements Outcome {}
    }

    private PeopleStore() {}

    /// At most `limit` people of the territory, and the one who asks, with ids above `after`, by id.
    public static List<Person> list(Handle handle, Territory territory, long me, long after, int limit) {
        return bound(handle.createQuery(PersonRows.SCOPED + PersonRows.SCOPED_FROM + "WHERE p.id > :after AND " + MINE + " ORDER BY p.id LIMIT :limit"), territory, me).bind("after", after)
                .bind("limit", limit).map(PersonRows.PERSON).list();
    }

    /// Whether somebody ever came, and until when an open link invites them (null: none is open).
    public record Arrival(boolean joined, @Nullable Instant invitedUntil) {}

    /// Of people whom the caller sees; the database tells nothing of it to who may not read people, and they are told that nobody came.
    public static Map<Long, Arrival> arrivals(Handle handle, Collection<Long> people) {
        return handle.createQuery("SELECT p.id, a.joined, a.invited_until FROM unnest(CAST(:people AS bigint[])) AS p (id) CROSS JOIN LATERAL arrival(p.id) a").bindArray("people", Long.class, people)
                .reduceRows(new HashMap<>(), (found, row) -> {
                    OffsetDateTime until = row.getColumn("invited_until", OffsetDateTime.class);
                    found.put(row.getColumn("id", Long.class), new Arrival(Boolean.TRUE.equals(row.getColumn("joined", Boolean.class)), until == null ? null : until.toInstant()));
                    return found;
                });
    }

    /// One of them; null if there is none.
    public static @Nullable Person one(Handle handle, Territory territory, long me, long id) {
        return bound(handle.createQuery(PersonRows.SCOPED + PersonRows.SCOPED_FROM + "WHERE p.id = :id AND " + MINE), territory, me).bind("id", id).map(PersonRows.PERSON).findOne().orElse(null);
    }

    /// Adds somebody, who cannot sign in before they are invited.
    public static Outcome add(Handle handle, Territory territory, long me, String login, Grant grant, String language) {
        if (!mayGive(handle, territory, grant)) return new Outcome.NoSuchHome();
        Long id = granted(handle.createQuery("""
                INSERT INTO person (login, name, email, role, territory, place, distributor, shop, language)
                VALUES (:login, :name, :email, :role, :kind, :place, :distributor, :shop, :language) ON CONFLICT ((lower(login))) DO NOTHING RETURNING id"""), grant).bind("login", login)
                .bind("language", language).mapTo(Long.class).findOne().orElse(null);
        if (id == null) return new Outcome.LoginTaken();
        Person added = one(handle, territory, me, id);
        return added == null ? new Outcome.Unknown() : new Outcome.Done(added);
    }

    /// Changes somebody of the territory whose record still has this version. Disabling ends their sessions and tokens.
    public static Outcome change(Handle handle, Territory territory, long me, long id, int version, Grant grant) {
        Person before = one(handle, territory, me, id);
        if (before == null || !territory.holds(before.home().path())) return new Outcome.Unknown();
        if (!mayGive(handle, territory, grant)) return new Outcome.NoSuchHome();
        handle.execute("SELECT pg_advisory_xact_lock(hashtext('xiaxiang last administrator'))");
        boolean staysOne = grant.role() == Role.ADMINISTRATOR && grant.kind() == Home.Kind.PLACE && grant.code() == null && !grant.disabled();
        if (!staysOne && handle.createQuery(IS_LAST).bind("id", id).mapTo(boolean.class).one()) return new Outcome.LastAdministrator();
        int changed = granted(handle.createUpdate("""
                UPDATE person p SET name = :name, email = :email, role = :role, territory = :kind, place = :place, distributor = :distributor, shop = :shop,
                  disabled_at = CASE WHEN :disabled THEN coalesce(disabled_at, now()) END, version = version + 1
                WHERE p.id = :id AND p.version = :version AND\s""" + Territory.insideSql("p")), grant).bindMap(territory.binds()).bind("disabled", grant.disabled()).bind("id", id).bind("version", version)
                .execute();
        if (changed == 0) return new Outcome.Changed();
        Person after = one(handle, territory, me, id);
        return after == null ? new Outcome.Unknown() : new Outcome.Done(after);
    }

    /// Whether the one who asks may look after this person; the database is asked in its own words, by a change that changes nothing.
    public static boolean mayManage(Handle handle, Territory territory, long id) {
        return handle.createUpdate("UPDATE person p SET name = name WHERE p.id = :id AND p.disabled_at IS NULL AND " + Territory.insideSql("p")).bindMap(territory.binds()).bind("id", id).execute() == 1;
    }

    private static boolean mayGive(Handle handle, Territory territory, Grant grant) {
        String code = grant.code();
        if (code == null) return grant.kind() == Home.Kind.PLACE && territory.equals(Territory.everywhere());
        String sql = switch (grant.kind()) {
            case PLACE -> "SELECT EXISTS (SELECT FROM place t WHERE t.code = :code AND ";
            case DISTRIBUTOR -> "SELECT EXISTS (SELECT FROM distributor t WHERE t.id = :code AND ";
            case SHOP -> "SELECT EXISTS (SELECT FROM shop t WHERE t.id = :code AND t.closed_at IS NULL AND ";
        };
        return handle.createQuery(sql + Territory.insideSql("t") + ")").bind("code", code).bindMap(territory.binds()).mapTo(boolean.class).one();
    }

    private static <S extends SqlStatement<S>> S granted(S statement, Grant grant) {
        return statement.bind("name", grant.name()).bind("email", grant.email()).bind("role", grant.role().text()).bind("kind", grant.kind().text())
                .bind("place", grant.kind() == Home.Kind.PLACE ? grant.code() : null).bind("distributor", grant.kind() == Home.Kind.DISTRIBUTOR ? grant.code() : null)
                .bind("shop", grant.kind() == Home.Kind.SHOP ? grant.code() : null);
    }

    private static <S extends SqlStatement<S>> S bound(S statement, Territory territory, long me) {
        return statement.bindMap(territory.binds()).bind("me", me);
    }
}
