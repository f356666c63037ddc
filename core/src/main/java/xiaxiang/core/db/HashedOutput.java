package xiaxiang.core.db;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Passes bytes on, and knows how many, how many lines, and their SHA-256.
final class HashedOutput extends FilterOutputStream {
    private final MessageDigest digest = sha256Digest();
    private long bytes;
    private long lines;

    HashedOutput(OutputStream to) {
        super(to);
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        digest.update(from, offset, length);
        bytes += length;
        for (int i = offset; i < offset + length; i++) if (from[i] == '\n') lines++;
        out.write(from, offset, length);
    }

    long bytes() {
        return bytes;
    }

    /// Rows, in the text format of COPY: an end of line inside a value is written otherwise.
    long lines() {
        return lines;
    }

    /// The hash of everything so far, in hexadecimal; ends the hashing.
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
