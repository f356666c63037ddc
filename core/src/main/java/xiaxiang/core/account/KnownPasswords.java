package xiaxiang.core.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// Passwords that others have guessed before, as the administrator's file lists them: one a line, in UTF-8. Upper and lower case are the same here.
///
/// Kept as 64 bits of each one's SHA-256 in a sorted array: 8 bytes an entry; a password not listed is taken for a listed one once in 10^12 times.
public final class KnownPasswords {
    /// No list.
    public static final KnownPasswords NONE = new KnownPasswords(new long[0]);

    private static final long MAX_BYTES = 1L << 30;
    private static final int MAX_ENTRIES = 4_000_000;

    private final long[] sorted;

    private KnownPasswords(long[] sorted) {
        this.sorted = sorted;
    }

    /// Reads a list; lines too short to be a password are passed over. Throws IOException if the file cannot be read, is larger than 1 GiB, or names more than
    /// 4 million passwords that are long enough.
    public static KnownPasswords read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) throw new IOException("The list of known passwords (" + file + ") is larger than 1 GiB.");
        long[] found = new long[1024];
        int n = 0;
        try (var reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String password = Passwords.normal(line);
                if (password.codePointCount(0, password.length()) < Passwords.SHORTEST) continue;
                if (n == MAX_ENTRIES) throw new IOException("The list of known passwords (" + file + ") names more than " + MAX_ENTRIES + " that are long enough.");
                if (n == found.length) found = Arrays.copyOf(found, Math.min(n * 2, MAX_ENTRIES));
                found[n++] = key(password);
            }
        }
        long[] sorted = Arrays.copyOf(found, n);
        Arrays.sort(sorted);
        return new KnownPasswords(sorted);
    }

    /// How many are listed.
    public int size() {
        return sorted.length;
    }

    boolean holds(String normal) {
        return Arrays.binarySearch(sorted, key(normal)) >= 0;
    }

    private static long key(String password) {
        return ByteBuffer.wrap(Secrets.sha256(password.toLowerCase(Locale.ROOT))).getLong();
    }
}
