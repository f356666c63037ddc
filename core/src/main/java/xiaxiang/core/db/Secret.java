package xiaxiang.core.db;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/// The passwords of a data folder's database: of the superuser, who only sets it up, and of the login that owns the data. In base64url: no quoting ever.
record Secret(String superuser, String owner) {
    private static final int BYTES = 32;

    static Secret random() {
        return new Secret(password(), password());
    }

    private static String password() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Secret read(Path file) {
        try {
            Properties kept = new Properties();
            kept.load(new StringReader(Files.readString(file)));
            String superuser = kept.getProperty("superuser");
            String owner = kept.getProperty("owner");
            if (superuser != null && owner != null) return new Secret(superuser, owner);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new DatabaseRefused(e, DatabaseRefused.Reason.SECRET_LOST, file);
        }
        throw new DatabaseRefused(DatabaseRefused.Reason.SECRET_LOST, file);
    }

    void write(Path file) throws IOException {
        Folders.writePrivately(file, "superuser=" + superuser + "\nowner=" + owner + "\n");
    }

    /// Without the passwords.
    @Override
    public String toString() {
        return "Secret";
    }
}
