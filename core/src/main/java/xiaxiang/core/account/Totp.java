package xiaxiang.core.account;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/// A secret of 160 bits shared with somebody's authenticator, and the codes of six digits it gives by the time (RFC 6238: HMAC-SHA-1, steps of 30 s, as every
/// authenticator has them).
public final class Totp {
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final int SECRET_BYTES = 20;
    private static final TimeBasedOneTimePasswordGenerator CODES = new TimeBasedOneTimePasswordGenerator(STEP, 6);

    private final byte[] secret;

    Totp(byte[] secret) {
        this.secret = secret.clone();
    }

    static Totp fresh() {
        return new Totp(Secrets.bytes(SECRET_BYTES));
    }

    byte[] secret() {
        return secret.clone();
    }

    /// The secret as people type it: 32 letters and digits.
    public String base32() {
        return new String(Base32.encode(secret), StandardCharsets.US_ASCII);
    }

    /// What the QR code says (the key URI format all authenticator apps read).
    public String uri(String login) {
        String label = URLEncoder.encode(login, StandardCharsets.UTF_8).replace("+", "%20");
        return "otpauth://totp/Xiaxiang:" + label + "?secret=" + base32() + "&issuer=Xiaxiang&algorithm=SHA1&digits=6&period=30";
    }

    /// The step whose code this is, among the current one and its two neighbours (clocks go wrong by half a minute); empty if none is.
    OptionalLong step(String code, Instant now) {
        long current = now.getEpochSecond() / STEP.toSeconds();
        OptionalLong found = OptionalLong.empty();
        for (long step = current - 1; step <= current + 1; step++)
            if (MessageDigest.isEqual(code(step).getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.UTF_8))) found = OptionalLong.of(step);
        return found;
    }

    /// The code of a step: seconds since 1970 over 30.
    public String code(long step) {
        try {
            return CODES.generateOneTimePasswordString(new SecretKeySpec(secret, CODES.getAlgorithm()), Instant.ofEpochSecond(step * STEP.toSeconds()), Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("A secret of 20 bytes is a key.", e);
        }
    }
}
