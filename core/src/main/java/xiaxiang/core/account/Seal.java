package xiaxiang.core.account;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Keeps the secrets of authenticators unreadable in the database and its backups: AES-256-GCM under a key that lies in a file of the data folder, which its owner alone can
/// read. Each is bound to its person, and opens for nobody else.
public final class Seal {
    /// The key's file in the data folder.
    public static final String FILE = "account.key";

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;

    /// The key is not the one a secret was closed with, or the secret was altered.
    public static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1;

        Lost(Throwable why) {
            super("The key in " + FILE + " does not open this secret: put the file of that database back, or invite the person anew.", why);
        }
    }

    private Seal(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /// With a key of this run only.
    static Seal fresh() {
        return new Seal(Secrets.bytes(KEY_BYTES));
    }

    /// With the key of a data folder, which is made if it is not there. Throws IOException if it can be neither read nor made.
    public static Seal of(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) make(file);
        return read(file);
    }

    /// With the key of a file. Throws IOException if it cannot be read or is no key.
    static Seal read(Path file) throws IOException {
        try {
            byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length == KEY_BYTES) return new Seal(key);
        } catch (IllegalArgumentException notBase64) {
            // Said below.
        }
        throw new IOException(file + " is no key of 32 bytes in Base64. Put it back from where you keep a copy, or move it away and invite everybody with an authenticator anew.");
    }

    /// Whole or not at all; of two servers that begin at once, one makes it.
    private static void make(Path file) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path half = Files.createTempFile(folder, FILE, ".half", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(half, Base64.getEncoder().encodeToString(Secrets.bytes(KEY_BYTES)) + "\n");
            Files.createLink(file, half);
        } catch (FileAlreadyExistsException other) {
            // The other one's is as good.
        } finally {
            Files.deleteIfExists(half);
        }
    }

    /// A secret as it is kept: a nonce of its own, then what is encrypted.
    byte[] close(byte[] secret, long person) {
        byte[] nonce = Secrets.bytes(NONCE_BYTES);
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, nonce, person).doFinal(secret);
            return ByteBuffer.allocate(nonce.length + closed.length).put(nonce).put(closed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM.", e);
        }
    }

    /// The secret again. Throws [Lost] if it does not open.
    byte[] open(byte[] kept, long person) {
        if (kept.length < NONCE_BYTES) throw new Lost(new AEADBadTagException("too short"));
        try {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(kept, NONCE_BYTES), person).doFinal(kept, NONCE_BYTES, kept.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new Lost(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM.", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, long person) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("authenticator of person " + person).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
