package xiaxiang.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import xiaxiang.core.account.SignIn.Outcome;

@ExtendWith(Accounts.Shared.class)
class SignInTest {
    private static final String WRONG = "incorrect horse battery";

    private final Accounts accounts;
    private Person wang;

    SignInTest(Accounts accounts) {
        this.accounts = accounts;
        wang = person();
    }

    @BeforeEach
    void onePerson() {
        wang = person();
    }

    private Person person() {
        accounts.forgetPeople();
        return accounts.person("Wang", Role.COUNTY_MANAGER, Home.Kind.PLACE, "410329");
    }

    private Outcome tries(String login, String password, @Nullable String code) {
        return accounts.signIn.judge(login, password, code, "test");
    }

    private <T extends @Nullable Object> T guard(HandleCallback<T, RuntimeException> work) {
        return accounts.database.guard(wang.id(), "test", work);
    }

    @Test
    void theRightPasswordProvesWhoItIs() {
        assertThat(tries(" wang ", Accounts.PASSWORD, null)).isEqualTo(new Outcome.Proven(wang));
        assertThat(tries("wang", WRONG, null)).isEqualTo(new Outcome.Wrong());
        assertThat(tries("nobody", Accounts.PASSWORD, null)).isEqualTo(new Outcome.Wrong());
        assertThat(wang.home()).isEqualTo(new Home(Home.Kind.PLACE, "410329", "伊川县", "", "41/4103/410329/"));
    }

    /// What the audit holds of a login, the latest first: what was done, as whom, and why it was refused.
    private List<String> audited(String login) {
        return accounts.owner.withHandle(handle -> handle.createQuery("""
                SELECT concat_ws(' ', op, p.login, changes -> 'reason' ->> 1, a.path, origin) FROM xiaxiang.audit a LEFT JOIN xiaxiang.person p ON p.id = a.person
                WHERE table_name = 'session' AND row_key = :login AND (person IS NULL OR p.id = :me) ORDER BY a.id DESC LIMIT 10""").bind("login", login).bind("me", wang.id()).mapTo(String.class).list());
    }

    @Test
    void everySignInIsInTheAuditAndEveryOneThatWasRefused() {
        tries("WANG", WRONG, null);
        accounts.database.guard(null, "test", handle -> SessionStore.open(handle, wang.id(), "ip 10.1.2.3", null));
        assertThat(audited("Wang")).containsExactly("sign_in Wang 41/4103/410329/ ip 10.1.2.3", "sign_in_refused Wang password 41/4103/410329/ test");
        tries("my secret, in the wrong field", WRONG, null);
        assertThat(audited("").getFirst()).isEqualTo("sign_in_refused unknown  test");
        assertThat(accounts.owner.<String, RuntimeException>withHandle(handle -> handle.createQuery("SELECT string_agg(a::text, ' ') FROM xiaxiang.audit a").mapTo(String.class).one()))
                .as("what was typed is not written down").doesNotContain("wrong field", WRONG);
    }

    @Test
    void theFifthFailureLocksForKnownAndUnknownLoginsAlike() {
        for (String login : List.of("wang", "nobody")) {
            for (int i = 0; i < 5; i++) assertThat(tries(login, WRONG, null)).isEqualTo(new Outcome.Wrong());
            assertThat(tries(login, Accounts.PASSWORD, null)).isEqualTo(new Outcome.Locked(Duration.ofSeconds(15)));
            accounts.agesBy("15 seconds");
            assertThat(tries(login, WRONG, null)).isEqualTo(new Outcome.Wrong());
            assertThat(tries(login, Accounts.PASSWORD, null)).isEqualTo(new Outcome.Locked(Duration.ofSeconds(30)));
            for (int i = 0; i < 9; i++) {
                accounts.agesBy("15 minutes");
                assertThat(tries(login, WRONG, null)).isEqualTo(new Outcome.Wrong());
            }
            assertThat(tries(login, Accounts.PASSWORD, null)).isEqualTo(new Outcome.Locked(Duration.ofMinutes(15)));
        }
        accounts.agesBy("15 minutes");
        assertThat(tries("wang", Accounts.PASSWORD, null)).isInstanceOf(Outcome.Proven.class);
        assertThat(tries("wang", WRONG, null)).isEqualTo(new Outcome.Wrong());
        assertThat(tries("wang", Accounts.PASSWORD, null)).isInstanceOf(Outcome.Proven.class);
    }

    @Test
    void aDayWithoutFailuresForgetsThem() {
        for (int i = 0; i < 5; i++) tries("wang", WRONG, null);
        accounts.agesBy("1 day 1 second");
        for (int i = 0; i < 4; i++) assertThat(tries("wang", WRONG, null)).isEqualTo(new Outcome.Wrong());
        assertThat(tries("wang", Accounts.PASSWORD, null)).isInstanceOf(Outcome.Proven.class);
    }

    @Test
    void guessesAtTheSameTimeAreAllCounted() throws Exception {
        try (var pool = Executors.newFixedThreadPool(8)) {
            List<Callable<Outcome>> guesses = IntStream.range(0, 40).mapToObj(_ -> (Callable<Outcome>) () -> tries("wang", WRONG, null)).toList();
            long tried = 0;
            for (var guess : pool.invokeAll(guesses)) if (guess.get() instanceof Outcome.Wrong) tried++;
            assertThat(tried).isEqualTo(5);
        }
    }

    @Test
    void aCodeIsNeededOnceItIsSetUpAndWorksOnce() {
        Totp totp = Objects.requireNonNull(guard(handle -> AccountStore.newTotp(handle, accounts.seal, wang.id())));
        assertThat(tries("wang", Accounts.PASSWORD, null)).isInstanceOf(Outcome.Proven.class);
        assertThat(confirm("000000")).isFalse();
        assertThat(confirm(codeOf(totp, 0))).isTrue();
        assertThat(accounts.database.<@Nullable Object, RuntimeException>guard(wang.id(), "test", handle -> AccountStore.newTotp(handle, accounts.seal, wang.id()))).isNull();
        assertThat(tries("wang", Accounts.PASSWORD, null)).isEqualTo(new Outcome.CodeNeeded());
        assertThat(tries("wang", WRONG, null)).isEqualTo(new Outcome.Wrong());
        assertThat(tries("wang", Accounts.PASSWORD, codeOf(totp, 0))).as("used to confirm").isEqualTo(new Outcome.Wrong());
        assertThat(tries("wang", WRONG, codeOf(totp, 1))).isEqualTo(new Outcome.Wrong());
        assertThat(tries("wang", Accounts.PASSWORD, codeOf(totp, 1))).isInstanceOf(Outcome.Proven.class);
        assertThat(tries("wang", Accounts.PASSWORD, codeOf(totp, 1))).as("used").isEqualTo(new Outcome.Wrong());
        assertThat(tries("wang", Accounts.PASSWORD, codeOf(totp, 0))).as("older than the last used").isEqualTo(new Outcome.Wrong());
        accounts.now.updateAndGet(now -> now.plusSeconds(60));
        assertThat(tries("wang", Accounts.PASSWORD, codeOf(totp, 0))).isInstanceOf(Outcome.Proven.class);
        guard(handle -> {
            AccountStore.endTotp(handle, wang.id());
            return true;
        });
        assertThat(tries("wang", Accounts.PASSWORD, null)).isInstanceOf(Outcome.Proven.class);
    }

    /// Whoever reads the database or a backup of it makes no codes; a database without its key lets nobody past the second factor.
    @Test
    void theSecretIsSealedInTheDatabase() {
        Totp totp = Objects.requireNonNull(guard(handle -> AccountStore.newTotp(handle, accounts.seal, wang.id())));
        assertThat(confirm(codeOf(totp, 0))).isTrue();
        byte[] kept = accounts.owner.withHandle(handle -> handle.createQuery("SELECT totp_secret FROM xiaxiang.credential WHERE person = :id").bind("id", wang.id()).mapTo(byte[].class).one());
        assertThat(HexFormat.of().formatHex(kept)).doesNotContain(HexFormat.of().formatHex(totp.secret()));
        SignIn elsewhere = new SignIn(accounts.database, Accounts.PASSWORDS, Seal.fresh(), accounts.now::get);
        assertThatThrownBy(() -> elsewhere.judge("wang", Accounts.PASSWORD, codeOf(totp, 1), "test")).isInstanceOf(Seal.Lost.class).hasMessageContaining("account.key");
        assertThatThrownBy(() -> elsewhere.judge("wang", Accounts.PASSWORD, null, "test")).isInstanceOf(Seal.Lost.class);
        assertThat(tries("wang", Accounts.PASSWORD, codeOf(totp, 1))).isInstanceOf(Outcome.Proven.class);
    }

    @Test
    void howAKeyFitsADatabaseIsToldBeforeAnybodySignsIn(@TempDir Path temp) throws IOException {
        assertThat(KeyFit.of(temp, accounts.database)).isEqualTo(KeyFit.UNUSED);
        Path file = temp.resolve(Seal.FILE);
        Files.writeString(file, "no key");
        assertThat(KeyFit.of(temp, accounts.database)).isEqualTo(KeyFit.BROKEN);
        Files.delete(file);
        Seal seal = Seal.of(temp);
        assertThat(KeyFit.of(temp, accounts.database)).isEqualTo(KeyFit.UNUSED);
        Totp totp = Objects.requireNonNull(guard(handle -> AccountStore.newTotp(handle, seal, wang.id())));
        boolean confirmed = guard(handle -> AccountStore.confirmTotp(handle, seal, wang.id(), codeOf(totp, 0), accounts.now.get()));
        assertThat(confirmed).isTrue();
        assertThat(KeyFit.of(temp, accounts.database)).isEqualTo(KeyFit.OPENS);
        String key = Files.readString(file);
        Files.delete(file);
        assertThat(KeyFit.of(temp, accounts.database)).isEqualTo(KeyFit.MISSING);
        Seal.of(temp);
        assertThat(Files.readString(file)).isNotEqualTo(key);
        assertThat(KeyFit.of(temp, accounts.database)).isEqualTo(KeyFit.OTHER);
    }

    /// Asking which step is missing gives nobody more guesses at the code.
    @Test
    void codesCannotBeGuessedBetweenPasswordsThatAreRight() {
        Totp totp = Objects.requireNonNull(guard(handle -> AccountStore.newTotp(handle, accounts.seal, wang.id())));
        assertThat(confirm(codeOf(totp, 0))).isTrue();
        int guesses = 0;
        for (int i = 0; i < 20; i++) {
            tries("wang", Accounts.PASSWORD, null);
            if (tries("wang", Accounts.PASSWORD, "abcdef") instanceof Outcome.Wrong) guesses++;
        }
        assertThat(guesses).isEqualTo(5);
    }

    private boolean confirm(String code) {
        return guard(handle -> AccountStore.confirmTotp(handle, accounts.seal, wang.id(), code, accounts.now.get()));
    }

    private String codeOf(Totp totp, int later) {
        return totp.code(accounts.now.get().getEpochSecond() / 30 + later);
    }

    @Test
    void aDearerHashReplacesACheaperOneAtSignIn() {
        SignIn dearer = new SignIn(accounts.database, new Passwords(KnownPasswords.NONE, new Argon2.Cost(128, 1, 1)), accounts.seal, accounts.now::get);
        assertThat(dearer.judge("wang", Accounts.PASSWORD, null, "test")).isInstanceOf(Outcome.Proven.class);
        String phc = guard(handle -> handle.createQuery("SELECT password_hash FROM credential").mapTo(String.class).one());
        assertThat(phc).startsWith("$argon2id$v=19$m=128,");
        assertThat(tries("wang", Accounts.PASSWORD, null)).isInstanceOf(Outcome.Proven.class);
    }

    @Test
    void aDisabledPersonIsTreatedAsUnknown() {
        guard(handle -> handle.execute("UPDATE person SET disabled_at = now()"));
        assertThat(tries("wang", Accounts.PASSWORD, null)).isEqualTo(new Outcome.Wrong());
    }
}
