package xiaxiang.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Sessions, one-time links, tokens and identities: what a key opens, and when it no longer does.
@ExtendWith(Accounts.Shared.class)
class KeysTest {
    private final Accounts accounts;

    KeysTest(Accounts accounts) {
        this.accounts = accounts;
    }

    @BeforeEach
    void nobodyThere() {
        accounts.forgetPeople();
    }

    private <T extends @Nullable Object> T guard(HandleCallback<T, RuntimeException> work) {
        return accounts.database.guard(null, "test", work);
    }

    private boolean yes(HandleCallback<Boolean, RuntimeException> work) {
        return guard(work);
    }

    private @Nullable Object thing(HandleCallback<@Nullable Object, RuntimeException> work) {
        return guard(work);
    }

    private Person wang() {
        return accounts.person("wang", Role.PLANNER, Home.Kind.PLACE, "410329");
    }

    private boolean open(String key) {
        return guard(handle -> SessionStore.find(handle, key)) != null;
    }

    @Test
    void aSessionEndsUnusedAfterTwelveHoursAndAfterSevenDaysInAll() {
        Person wang = wang();
        String key = guard(handle -> SessionStore.open(handle, wang.id(), "test", null));
        assertThat(key).matches("[A-Za-z0-9_-]{43}");
        for (int i = 0; i < 15; i++) {
            assertThat(open(key)).isTrue();
            accounts.agesBy("11 hours");
        }
        accounts.agesBy("3 hours");
        assertThat(open(key)).as("after 168 hours").isFalse();
        String other = guard(handle -> SessionStore.open(handle, wang.id(), "test", null));
        accounts.agesBy("12 hours");
        assertThat(open(other)).as("after 12 hours unused").isFalse();
    }

    @Test
    void signingInAnewEndsTheOldSessionAndOnlyHashesAreKept() {
        Person wang = wang();
        String first = guard(handle -> SessionStore.open(handle, wang.id(), "test", null));
        String second = guard(handle -> SessionStore.open(handle, wang.id(), "test", first));
        assertThat(open(first)).isFalse();
        assertThat(open(second)).isTrue();
        assertThat(open("")).isFalse();
        assertThat(open("x".repeat(100_000))).isFalse();
        String kept = guard(handle -> handle.createQuery("SELECT s::text FROM session s").mapTo(String.class).one());
        assertThat(kept).doesNotContain(second);
    }

    @Test
    void passwordsAndDisablingEndSessions() {
        Person wang = wang();
        String key = guard(handle -> SessionStore.open(handle, wang.id(), "test", null));
        String hash = Accounts.PASSWORDS.hash("another good password");
        guard(handle -> {
            AccountStore.setPassword(handle, wang.id(), hash);
            return 0;
        });
        assertThat(open(key)).isFalse();
        String next = guard(handle -> SessionStore.open(handle, wang.id(), "test", null));
        TokenStore.Made token = Objects.requireNonNull(guard(handle -> TokenStore.make(handle, wang.id(), "t", Set.of(Right.READ_SHOPS), 30)));
        guard(handle -> handle.execute("UPDATE person SET disabled_at = now()"));
        guard(handle -> handle.execute("UPDATE person SET disabled_at = NULL"));
        assertThat(open(next)).as("enabled again").isFalse();
        assertThat(thing(handle -> TokenStore.find(handle, token.key()))).isNull();
    }

    @Test
    void nobodyHasMoreThanTwentySessions() {
        Person wang = wang();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 22; i++) keys.add(guard(handle -> SessionStore.open(handle, wang.id(), "test", null)));
        assertThat(keys.stream().filter(this::open)).hasSize(20).doesNotContain(keys.getFirst());
    }

    @Test
    void theFirstLinkMakesOneAdministratorOnce() throws Exception {
        String withdrawn = Objects.requireNonNull(guard(InvitationStore::first));
        String key = Objects.requireNonNull(guard(InvitationStore::first));
        String hash = Accounts.PASSWORDS.hash(Accounts.PASSWORD);
        assertThat(thing(handle -> InvitationStore.makeFirst(handle, withdrawn, "a", "A", hash, "zh"))).isNull();
        try (var pool = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> tries = IntStream.range(0, 8).mapToObj(i -> (Callable<Boolean>) () -> guard(handle -> InvitationStore.makeFirst(handle, key, "admin" + i, "管理员", hash, "zh")) != null).toList();
            int made = 0;
            for (var one : pool.invokeAll(tries)) if (one.get()) made++;
            assertThat(made).isEqualTo(1);
        }
        assertThat(yes(InvitationStore::setUpNeeded)).isFalse();
        assertThat(thing(InvitationStore::first)).isNull();
        assertThat(yes(handle -> InvitationStore.isFirst(handle, key))).isFalse();
    }

    @Test
    void theFirstLinkRunsOutAfterADay() {
        String key = Objects.requireNonNull(guard(InvitationStore::first));
        assertThat(yes(handle -> InvitationStore.isFirst(handle, key))).isTrue();
        accounts.agesBy("1 day");
        assertThat(yes(handle -> InvitationStore.isFirst(handle, key))).isFalse();
    }

    @Test
    void anInvitationWorksOnceAndTheLatestOnly() {
        Person wang = wang();
        String old = guard(handle -> InvitationStore.invite(handle, wang.id()));
        String key = guard(handle -> InvitationStore.invite(handle, wang.id()));
        String hash = Accounts.PASSWORDS.hash("another good password");
        assertThat(yes(handle -> InvitationStore.accept(handle, old, hash))).isFalse();
        assertThat(thing(handle -> InvitationStore.invited(handle, key))).isEqualTo(wang);
        assertThat(yes(handle -> InvitationStore.accept(handle, key, hash))).isTrue();
        assertThat(yes(handle -> InvitationStore.accept(handle, key, hash))).isFalse();
        assertThat(accounts.signIn.judge("wang", "another good password", null, "test")).isInstanceOf(SignIn.Outcome.Proven.class);
        String late = guard(handle -> InvitationStore.invite(handle, wang.id()));
        accounts.agesBy("7 days");
        assertThat(yes(handle -> InvitationStore.accept(handle, late, hash))).isFalse();
    }

    @Test
    void aTokenHasTheRightsItWasGivenAndTheRoleStillHas() {
        Person wang = wang();
        TokenStore.Made made = Objects.requireNonNull(guard(handle -> TokenStore.make(handle, wang.id(), "nightly", Set.of(Right.READ_SHOPS, Right.PLAN), 30)));
        assertThat(made.key()).startsWith(TokenStore.PREFIX);
        assertThat(thing(handle -> TokenStore.find(handle, made.key()))).isEqualTo(new TokenStore.Bearer(wang, Set.of(Right.READ_SHOPS, Right.PLAN)));
        guard(handle -> handle.execute("UPDATE person SET role = 'shop', territory = 'shop', place = NULL, shop = 'S1'"));
        assertThat(Objects.requireNonNull(guard(handle -> TokenStore.find(handle, made.key()))).rights()).containsExactly(Right.READ_SHOPS);
        List<TokenStore.Token> tokens = guard(handle -> TokenStore.list(handle, wang.id()));
        assertThat(tokens).singleElement().satisfies(token -> assertThat(token.usedAt()).isNotNull());
        assertThat(yes(handle -> TokenStore.revoke(handle, wang.id() + 1, made.id()))).isFalse();
        assertThat(yes(handle -> TokenStore.revoke(handle, wang.id(), made.id()))).isTrue();
        assertThat(thing(handle -> TokenStore.find(handle, made.key()))).isNull();
        TokenStore.Made late = Objects.requireNonNull(guard(handle -> TokenStore.make(handle, wang.id(), "short", Set.of(Right.READ_SHOPS), 1)));
        accounts.agesBy("1 day");
        assertThat(thing(handle -> TokenStore.find(handle, late.key()))).isNull();
        assertThatThrownBy(() -> guard(handle -> TokenStore.make(handle, wang.id(), "long", Set.of(), 366))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdentityIsLinkedToWhoeverWasInvitedAtItsAddress() {
        Person wang = wang();
        guard(handle -> handle.execute("UPDATE person SET email = 'Wang@Example.com'"));
        assertThat(thing(handle -> AccountStore.link(handle, "https://id", "sub1", "wang@example.com"))).as("not invited").isNull();
        guard(handle -> InvitationStore.invite(handle, wang.id()));
        assertThat(thing(handle -> AccountStore.link(handle, "https://id", "sub1", "li@example.com"))).as("another address").isNull();
        assertThat(Objects.requireNonNull(guard(handle -> AccountStore.link(handle, "https://id", "sub1", "wang@example.com"))).id()).isEqualTo(wang.id());
        assertThat(Objects.requireNonNull(guard(handle -> AccountStore.identified(handle, "https://id", "sub1"))).id()).isEqualTo(wang.id());
        assertThat(thing(handle -> AccountStore.identified(handle, "https://other", "sub1"))).isNull();
        guard(handle -> InvitationStore.invite(handle, wang.id()));
        assertThat(thing(handle -> AccountStore.link(handle, "https://id", "sub2", "wang@example.com"))).as("linked already").isNull();
        guard(handle -> handle.execute("UPDATE person SET disabled_at = now()"));
        assertThat(thing(handle -> AccountStore.identified(handle, "https://id", "sub1"))).isNull();
    }

    @Test
    void twoPeopleInvitedAtOneAddressAreLinkedToNobody() {
        for (Person one : List.of(wang(), accounts.person("li", Role.PLANNER, Home.Kind.PLACE, "410328"))) guard(handle -> InvitationStore.invite(handle, one.id()));
        guard(handle -> handle.execute("UPDATE person SET email = 'office@example.com'"));
        assertThat(thing(handle -> AccountStore.link(handle, "https://id", "sub1", "office@example.com"))).isNull();
    }
}
