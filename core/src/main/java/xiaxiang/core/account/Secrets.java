package xiaxiang.core.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// Keys of 256 random bits that open a session, an invitation or a token. Only their SHA-256 is kept: as random as they are, they need no slow hash.
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final int LONGEST = 200;

    private Secrets() {}

    /// A new one, as 43 characters fit for links and headers.
    static String fresh() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(BYTES));
    }

    static byte[] bytes(int n) {
        byte[] bytes = new byte[n];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /// What is kept of it. Of a text longer than any key the beginning only, so that nobody makes the server hash megabytes.
    static byte[] hash(String secret) {
        return sha256(secret.length() <= LONGEST ? secret : secret.substring(0, LONGEST));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
