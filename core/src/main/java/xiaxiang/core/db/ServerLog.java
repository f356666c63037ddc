package xiaxiang.core.db;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/// What the server says, in a file that never grows beyond bounds: a full one becomes the one before, and is emptied.
///
/// A file, not a pipe to this program: a server that outlives it must be able to say so.
final class ServerLog {
    private static final long MOST_BYTES = 8L << 20;
    private static final int TAIL_BYTES = 1 << 16;

    private final Path file;

    ServerLog(Path home) throws IOException {
        file = home.resolve("postgres.log");
        if (!Files.exists(file)) FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), Folders.rights("rw-------")).close();
        bound();
    }

    Path file() {
        return file;
    }

    long size() throws IOException {
        return Files.size(file);
    }

    /// Starts the file anew if it is full. The server goes on: it always writes at the file's end.
    void bound() throws IOException {
        if (size() <= MOST_BYTES) return;
        Files.copy(file, file.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    void note(String text) throws IOException {
        Files.writeString(file, text + "\n", StandardOpenOption.APPEND);
    }

    /// The lines written since the file had this size, at most the last 64 KiB.
    List<String> since(long size) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(Math.min(size, in.length()), in.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (in.length() - from)];
            in.seek(from);
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }
    }
}
