package xiaxiang.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private static final Passwords CHEAP = Accounts.PASSWORDS;

    /// Hashes of the reference implementation (P-H-C/phc-winner-argon2, src/test.c), version 19, of argon2id.
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "password $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "password $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "password $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        "password $argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg",
        "differentpassword $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94"})
    void hashesOfTheReferenceImplementationMatch(String password, String phc) {
        assertThat(CHEAP.matches(password, phc)).isTrue();
        assertThat(CHEAP.matches(password + "x", phc)).isFalse();
        assertThat(Argon2.parse(phc)).hasToString(phc);
    }

    @Test
    void theStandardCostIsTheSecondOneOfTheStandard() {
        Passwords real = Passwords.of(KnownPasswords.NONE);
        String phc = real.hash("correct horse battery");
        assertThat(phc).matches("\\$argon2id\\$v=19\\$m=65536,t=3,p=4\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(real.matches("correct horse battery", phc)).isTrue();
        assertThat(real.outdated(phc)).isFalse();
        assertThat(real.outdated(CHEAP.hash("correct horse battery"))).isTrue();
        assertThat(CHEAP.outdated(phc)).isFalse();
        assertThat(real.hash("correct horse battery")).isNotEqualTo(phc);
    }

    @Test
    void nobodyHasNoPassword() {
        assertThat(CHEAP.matches("", null)).isFalse();
        assertThat(CHEAP.matches("correct horse battery", null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "$argon2id$v=16$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=99999999,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "$argon2id$v=19$m=8,t=1,p=1$$", "correct horse battery"})
    void whatIsNoHashOfOursIsRefused(String phc) {
        assertThatThrownBy(() -> Argon2.parse(phc)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wang         | elevenchars             | TOO_SHORT
            wang         | twelve chars            |
            wang         | 十一个字的口令不够长呀        | TOO_SHORT
            wang         | 十二个字的口令就够长了呀呀     |
            wang         | 😀😀😀😀😀😀😀😀😀😀😀     | TOO_SHORT
            wang         | the Wang of Yichuan     | HOLDS_LOGIN
            wang@x.cn    | ｗａｎｇ of Yichuan       | HOLDS_LOGIN
            li           | delightful evening      |
            wang         | wang                    | TOO_SHORT HOLDS_LOGIN
            """)
    void everythingWrongIsSaidAtOnce(String login, String password, String faults) {
        assertThat(CHEAP.faults(login, password).stream().map(Enum::name)).containsExactly(faults == null ? new String[0] : faults.split(" "));
    }

    @Test
    void longPassphrasesAreTakenAndEndlessOnesAreNot() {
        assertThat(CHEAP.faults("wang", "口令 ".repeat(300))).isEmpty();
        assertThat(CHEAP.faults("wang", "x".repeat(1001))).containsExactly(PasswordFault.TOO_LONG);
        assertThat(CHEAP.matches("x".repeat(1001), CHEAP.hash("x".repeat(1001)))).isFalse();
    }

    @Test
    void theSamePasswordFromAnotherKeyboardMatches() {
        String phc = CHEAP.hash("Caf\u00e9 in Yichuan");
        assertThat(CHEAP.matches("Cafe\u0301 in Yichuan", phc)).isTrue();
        assertThat(CHEAP.matches("Ｃａｆé in Yichuan", phc)).isTrue();
        assertThat(CHEAP.matches("cafe in Yichuan", phc)).isFalse();
    }

    @Test
    void knownPasswordsAreNotTaken(@TempDir Path temp) throws IOException {
        Path file = temp.resolve("known.txt");
        Files.write(file, ("short\nPassword123456\r\n口令口令口令口令口令口令\n" + "x".repeat(20) + "\n").getBytes(StandardCharsets.UTF_8));
        Files.write(file, new byte[] {'b', 'a', 'd', (byte) 0xFF, '\n'}, java.nio.file.StandardOpenOption.APPEND);
        KnownPasswords known = KnownPasswords.read(file);
        assertThat(known.size()).isEqualTo(3);
        Passwords passwords = new Passwords(known, new Argon2.Cost(64, 1, 1));
        for (String taken : Set.of("password123456", "ＰＡＳＳＷＯＲＤ123456", "口令口令口令口令口令口令")) assertThat(passwords.faults("wang", taken)).containsExactly(PasswordFault.KNOWN);
        assertThat(passwords.faults("wang", "password1234567")).isEmpty();
        assertThatThrownBy(() -> KnownPasswords.read(temp.resolve("none"))).isInstanceOf(IOException.class);
    }
}
