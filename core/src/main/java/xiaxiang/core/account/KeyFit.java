package xiaxiang.core.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import xiaxiang.core.db.Database;

/// How the key of a data folder fits the authenticators of a database: to be known before people stand at a door that no longer opens.
public enum KeyFit {
    /// Nobody has an authenticator: whatever key there is will do, or is made when the first needs it.
    UNUSED,
    /// It opens every secret.
    OPENS,
    /// The folder has none, and somebody needs it.
    MISSING,
    /// The file is no key, or cannot be read.
    BROKEN,
    /// It is the key of another database: some secret does not open.
    OTHER;

    /// Tries every authenticator in use; changes nothing. Cost: one small decryption for each.
    public static KeyFit of(Path data, Database database) {
        return database.<KeyFit, RuntimeException>guard(null, "doctor", handle -> of(data, handle));
    }

    private static KeyFit of(Path data, Handle handle) {
        Path file = data.resolve(Seal.FILE);
        try {
            Seal seal = Files.exists(file) ? Seal.read(file) : Seal.fresh();
            boolean used = !handle.createQuery("SELECT person, totp_secret FROM credential WHERE totp_secret IS NOT NULL AND totp_since IS NOT NULL").map((row, _) -> seal.open(row.getBytes(2), row.getLong(1)).length).list().isEmpty();
            return used ? OPENS : UNUSED;
        } catch (IOException e) {
            return BROKEN;
        } catch (Seal.Lost e) {
            return Files.exists(file) ? OTHER : MISSING;
        }
    }
}
