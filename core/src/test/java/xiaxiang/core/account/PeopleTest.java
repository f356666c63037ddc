package xiaxiang.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xiaxiang.core.account.PeopleStore.Grant;
import xiaxiang.core.account.PeopleStore.Outcome;
import xiaxiang.core.db.Territory;

/// Who sees and changes whom, by the application's own check and by the database alone.
@ExtendWith(Accounts.Shared.class)
class PeopleTest {
    private final Accounts accounts;
    private Person top;
    private Person county;
    private Person sibling;

    PeopleTest(Accounts accounts) {
        this.accounts = accounts;
        accounts.forgetPeople();
        top = accounts.person("top", Role.ADMINISTRATOR, Home.Kind.PLACE, "");
        county = accounts.person("county", Role.ADMINISTRATOR, Home.Kind.PLACE, "410329");
        sibling = accounts.person("sibling", Role.PLANNER, Home.Kind.PLACE, "410328");
    }

    @BeforeEach
    void threePeople() {
        accounts.forgetPeople();
        top = accounts.person("top", Role.ADMINISTRATOR, Home.Kind.PLACE, "");
        county = accounts.person("county", Role.ADMINISTRATOR, Home.Kind.PLACE, "410329");
        sibling = accounts.person("sibling", Role.PLANNER, Home.Kind.PLACE, "410328");
    }

    private List<String> seenBy(Person person, Territory territory) {
        return accounts.database.as(Accounts.scope(person), handle -> PeopleStore.list(handle, territory, person.id(), 0, 100)).stream().map(Person::login).toList();
    }

    private Outcome add(Person by, Territory territory, Home.Kind kind, @Nullable String code) {
        Grant grant = new Grant("新人", null, Role.PLANNER, kind, code, false);
        return accounts.database.as(Accounts.scope(by), handle -> PeopleStore.add(handle, territory, by.id(), "new" + code, grant, "zh"));
    }

    private Outcome change(Person by, Person whom, Role role, String code, boolean disabled) {
        Grant grant = new Grant(whom.name(), null, role, Home.Kind.PLACE, code.isEmpty() ? null : code, disabled);
        return accounts.database.as(Accounts.scope(by), handle -> PeopleStore.change(handle, by.territory(), by.id(), whom.id(), whom.version(), grant));
    }

    @Test
    void rightsAreTheSameInJavaAndInTheDatabase() {
        Map<String, Set<String>> kept = new HashMap<>();
        accounts.owner.useHandle(handle -> handle.createQuery("SELECT role.name, role_right.name FROM xiaxiang.role LEFT JOIN xiaxiang.role_right ON role = role.name")
                .map((row, _) -> kept.computeIfAbsent(row.getString(1), _ -> new TreeSet<>()).add(row.getString(2))).list());
        Map<String, Set<String>> ours = new HashMap<>();
        for (Role role : Role.values()) for (Right right : role.rights()) ours.computeIfAbsent(role.text(), _ -> new TreeSet<>()).add(right.text());
        assertThat(kept).isEqualTo(ours);
        assertThat(new TreeSet<>(List.of(Right.values()))).allSatisfy(right -> assertThat(ours.values()).anySatisfy(some -> assertThat(some).contains(right.text())));
    }

    @Test
    void peopleOfTheTerritoryAreSeenByEitherEnforcement() {
        assertThat(seenBy(top, top.territory())).containsExactly("top", "county", "sibling");
        assertThat(seenBy(county, county.territory())).containsExactly("county");
        assertThat(seenBy(county, Territory.everywhere())).as("by the database alone").containsExactly("county");
        assertThat(seenBy(sibling, Territory.everywhere())).as("without the right to see people").containsExactly("sibling");
        Person shop = accounts.person("shop", Role.SHOP, Home.Kind.SHOP, "S1");
        accounts.person("dealer", Role.DISTRIBUTOR, Home.Kind.DISTRIBUTOR, "D2");
        assertThat(seenBy(county, county.territory())).containsExactly("county", "shop");
        assertThat(seenBy(shop, shop.territory())).containsExactly("shop");
        assertThat(accounts.owner.<List<String>, RuntimeException>withHandle(handle -> {
            handle.execute("SET search_path = xiaxiang");
            return PeopleStore.list(handle, county.territory(), county.id(), 0, 100).stream().map(Person::login).toList();
        })).as("by the application alone").containsExactly("county", "shop");
    }

    @Test
    void nobodyGivesMoreThanTheyHave() {
        assertThat(add(county, county.territory(), Home.Kind.PLACE, "410329101")).isInstanceOf(Outcome.Done.class);
        assertThat(add(county, county.territory(), Home.Kind.SHOP, "S1")).isInstanceOf(Outcome.Done.class);
        assertThat(add(county, county.territory(), Home.Kind.DISTRIBUTOR, "D1")).isInstanceOf(Outcome.Done.class);
        assertThat(add(county, county.territory(), Home.Kind.PLACE, "410329101")).isInstanceOf(Outcome.LoginTaken.class);
        for (String code : new String[] {"410328", "4103", "41", null, "none"}) {
            assertThat(add(county, county.territory(), Home.Kind.PLACE, code)).isInstanceOf(Outcome.NoSuchHome.class);
            if (code != null) assertThat(add(county, Territory.everywhere(), Home.Kind.PLACE, code)).as("by the database alone").isInstanceOf(Outcome.NoSuchHome.class);
        }
        assertThat(add(county, county.territory(), Home.Kind.SHOP, "S2")).isInstanceOf(Outcome.NoSuchHome.class);
        assertThat(add(county, county.territory(), Home.Kind.DISTRIBUTOR, "D2")).isInstanceOf(Outcome.NoSuchHome.class);
        assertThatThrownBy(() -> add(county, Territory.everywhere(), Home.Kind.PLACE, null)).as("by the database alone").hasStackTraceContaining("row-level security");
        assertThatThrownBy(() -> add(sibling, Territory.everywhere(), Home.Kind.PLACE, "410328101")).as("without the right").hasStackTraceContaining("row-level security");
        assertThat(change(county, sibling, Role.PLANNER, "410329", false)).isInstanceOf(Outcome.Unknown.class);
        assertThat(change(county, top, Role.SHOP, "410329", true)).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void oneOfTwoChangesAtTheSameTimeIsTold() {
        assertThat(change(top, sibling, Role.ANALYST, "410328", false)).isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.person().version()).isEqualTo(2));
        assertThat(change(top, sibling, Role.FINANCE, "410328", false)).isInstanceOf(Outcome.Changed.class);
    }

    @Test
    void theLastAdministratorStaysOne() {
        assertThat(change(top, top, Role.ADMINISTRATOR, "", true)).isInstanceOf(Outcome.LastAdministrator.class);
        assertThat(change(top, top, Role.PLANNER, "", false)).isInstanceOf(Outcome.LastAdministrator.class);
        assertThat(change(top, top, Role.ADMINISTRATOR, "41", false)).isInstanceOf(Outcome.LastAdministrator.class);
        assertThatThrownBy(() -> accounts.database.as(Accounts.scope(top), handle -> handle.createUpdate("UPDATE person SET disabled_at = now() WHERE id = :id").bind("id", top.id()).execute()))
                .as("by the database alone").hasStackTraceContaining("last administrator");
        assertThat(change(top, top, Role.ADMINISTRATOR, "", false)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void twoAdministratorsCannotDemoteEachOtherAtOnce() throws Exception {
        Person second = accounts.person("second", Role.ADMINISTRATOR, Home.Kind.PLACE, "");
        try (var pool = Executors.newFixedThreadPool(2)) {
            List<Callable<Outcome>> both = List.of(() -> change(top, second, Role.PLANNER, "", false), () -> change(second, top, Role.PLANNER, "", false));
            int done = 0;
            for (var one : pool.invokeAll(both)) {
                try {
                    if (one.get() instanceof Outcome.Done) done++;
                } catch (java.util.concurrent.ExecutionException refused) {
                    assertThat(refused).hasStackTraceContaining("42501");
                }
            }
            assertThat(done).isEqualTo(1);
        }
        assertThat(accounts.database.<Long, RuntimeException>guard(null, "test", handle -> handle.createQuery("SELECT count(*) FROM person WHERE role = 'administrator' AND place IS NULL AND disabled_at IS NULL")
                .mapTo(Long.class).one())).isEqualTo(1);
    }

    @Test
    void theAuditTellsWhoChangedWhatWithinTheTerritory() {
        Instant before = Instant.now().minusSeconds(60);
        change(top, sibling, Role.ANALYST, "410328", false);
        accounts.database.as(Accounts.scope(county), handle -> handle.execute("UPDATE shop SET promoters = 2 WHERE id = 'S1'"));
        var all = audit(top, new AuditStore.Filter(null, null, top.id(), "410328", before, null), top.territory());
        assertThat(all).singleElement().satisfies(entry -> {
            assertThat(entry.table()).isEqualTo("person");
            assertThat(entry.personName()).isEqualTo("top");
            assertThat(entry.changes()).hasToString("{\"role\":[\"planner\",\"analyst\"]}");
        });
        var shops = audit(county, new AuditStore.Filter("shop", "S1", county.id(), null, before, null), county.territory());
        assertThat(shops).singleElement().satisfies(entry -> assertThat(entry.changes()).hasToString("{\"promoters\":[0,2]}"));
        for (Territory territory : List.of(county.territory(), Territory.everywhere()))
            assertThat(audit(county, new AuditStore.Filter(null, null, null, null, null, null), territory)).noneMatch(entry -> Objects.equals(entry.person(), top.id()));
        assertThat(audit(sibling, new AuditStore.Filter(null, null, null, null, null, null), sibling.territory())).as("without the right").noneMatch(entry -> entry.table().equals("person"));
    }

    private List<AuditStore.Entry> audit(Person by, AuditStore.Filter filter, Territory territory) {
        return accounts.database.as(Accounts.scope(by), handle -> AuditStore.list(handle, territory, by.role().rights().contains(Right.READ_AUDIT), true, true, filter, 100));
    }

    @Test
    void whoeverLooksAfterPeopleSeesWhoHasNotComeYet() {
        var added = add(county, county.territory(), Home.Kind.PLACE, "410329101");
        assertThat(added).isInstanceOf(Outcome.Done.class);
        long guest = ((Outcome.Done) added).person().id();
        assertThat(arrival(guest)).isEqualTo(new PeopleStore.Arrival(false, null));
        accounts.database.guard(county.id(), "test", handle -> InvitationStore.invite(handle, guest));
        assertThat(arrival(guest).joined()).isFalse();
        assertThat(arrival(guest).invitedUntil()).isAfter(Instant.now());
        withdraw(guest);
        assertThat(arrival(guest)).isEqualTo(new PeopleStore.Arrival(false, null));
        String key = accounts.database.guard(county.id(), "test", handle -> InvitationStore.invite(handle, guest));
        String hash = Accounts.PASSWORDS.hash(Accounts.PASSWORD);
        accounts.database.guard(null, "test", handle -> InvitationStore.accept(handle, key, hash));
        assertThat(arrival(guest)).isEqualTo(new PeopleStore.Arrival(true, null));
        assertThat(audit(top, new AuditStore.Filter("invitation", Long.toString(guest), null, null, null, null), top.territory())).extracting(AuditStore.Entry::op).containsExactly("insert", "delete", "insert");
    }

    private PeopleStore.Arrival arrival(long guest) {
        return Objects.requireNonNull(accounts.database.as(Accounts.scope(county), handle -> PeopleStore.arrivals(handle, List.of(guest))).get(guest));
    }

    private void withdraw(long guest) {
        accounts.database.guard(county.id(), "test", handle -> {
            InvitationStore.withdraw(handle, guest);
            return guest;
        });
    }

    @Test
    void distributorsAreThoseOfTheTerritory() {
        var mine = accounts.database.<List<DistributorStore.Distributor>, RuntimeException>as(Accounts.scope(county), handle -> DistributorStore.list(handle, county.territory(), "", 100));
        assertThat(mine).extracting(DistributorStore.Distributor::id).contains("D1").doesNotContain("D2");
        assertThat(addDistributor(county, "X1", "410328")).isEqualTo(DistributorStore.Outcome.NO_SUCH_PLACE);
        assertThat(addDistributor(county, "D2", "410329")).isEqualTo(DistributorStore.Outcome.ID_TAKEN);
        assertThat(addDistributor(county, "X" + county.id(), "410329101")).isEqualTo(DistributorStore.Outcome.DONE);
    }

    private DistributorStore.Outcome addDistributor(Person by, String id, String place) {
        return accounts.database.as(Accounts.scope(by), handle -> DistributorStore.add(handle, by.territory(), new DistributorStore.Distributor(id, "经销商", place)));
    }
}
