package xiaxiang.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final Totp RFC = new Totp("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    /// RFC 6238, appendix B, the last six digits.
    @ParameterizedTest
    @CsvSource({"1111111109, 081804", "1111111111, 050471", "1234567890, 005924", "2000000000, 279037", "20000000000, 353130"})
    void codesOfTheStandard(long seconds, String code) {
        assertThat(RFC.step(code, Instant.ofEpochSecond(seconds))).hasValue(seconds / 30);
        assertThat(RFC.step(code, Instant.ofEpochSecond(seconds + 30))).hasValue(seconds / 30);
        assertThat(RFC.step(code, Instant.ofEpochSecond(seconds - 30))).hasValue(seconds / 30);
        assertThat(RFC.step(code, Instant.ofEpochSecond(seconds + 60))).isEmpty();
        assertThat(RFC.step(code, Instant.ofEpochSecond(seconds - 60))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"''", "28708", "2870821", "２８７０８２", "-87082", "0x4611a"})
    void otherTextIsNoCode(String code) {
        assertThat(RFC.step(code, Instant.ofEpochSecond(59))).isEmpty();
    }

    @Test
    void theAddressForAuthenticators() {
        assertThat(RFC.uri("王 wang@x&y")).isEqualTo("otpauth://totp/Xiaxiang:%E7%8E%8B%20wang%40x%26y?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Xiaxiang&algorithm=SHA1&digits=6&period=30");
        assertThat(Totp.fresh().base32()).matches("[A-Z2-7]{32}");
    }
}
