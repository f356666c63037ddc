package xiaxiang.core.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// A password's argon2id hash (RFC 9106) with all that is needed to check it, as the PHC string `$argon2id$v=19$m=65536,t=3,p=4$salt$hash`.
final class Argon2 {
    /// What a hash costs: memory in KiB, passes over it, and lanes.
    record Cost(int memoryKib, int passes, int lanes) {
        /// Whether it costs less than `other` in memory or passes.
        boolean below(Cost other) {
            return memoryKib < other.memoryKib || passes < other.passes;
        }
    }

    private static final Pattern PHC = Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})");
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final Cost cost;
    private final byte[] salt;
    private final byte[] hash;

    private Argon2(Cost cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    /// Hashes a password with a new salt of 128 bits into 256 bits.
    static Argon2 of(String password, Cost cost) {
        byte[] salt = Secrets.bytes(SALT_BYTES);
        return new Argon2(cost, salt, digest(password, cost, salt, HASH_BYTES));
    }

    /// A hash of the same cost that no password has: what an unknown login is checked against.
    static Argon2 ofNobody(Cost cost) {
        return new Argon2(cost, Secrets.bytes(SALT_BYTES), Secrets.bytes(HASH_BYTES));
    }

    /// Reads a PHC string; throws IllegalArgumentException unless it is one of argon2id, version 19.
    static Argon2 parse(String phc) {
        Matcher parts = PHC.matcher(phc);
        if (!parts.matches()) throw new IllegalArgumentException("This is not the PHC string of an argon2id hash.");
        Cost cost = new Cost(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        return new Argon2(cost, Base64.getDecoder().decode(parts.group(4)), Base64.getDecoder().decode(parts.group(5)));
    }

    Cost cost() {
        return cost;
    }

    /// Whether it is this password's; takes the same time whatever differs.
    boolean matches(String password) {
        return MessageDigest.isEqual(hash, digest(password, cost, salt, hash.length));
    }

    private static byte[] digest(String password, Cost cost, byte[] salt, int bytes) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13).withMemoryAsKB(cost.memoryKib).withIterations(cost.passes)
                .withParallelism(cost.lanes).withSalt(salt).build());
        byte[] out = new byte[bytes];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), out);
        return out;
    }

    @Override
    public String toString() {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s".formatted(cost.memoryKib, cost.passes, cost.lanes, base64.encodeToString(salt), base64.encodeToString(hash));
    }
}
