package xiaxiang.app.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The folders jobs work in, one each, under one folder of the data directory.
final class JobFolders {
    private static final Duration KEPT = Duration.ofDays(1);

    private final Path home;

    JobFolders(Path home) {
        this.home = home;
    }

    /// An empty folder for a job; what an earlier attempt left is removed.
    Path empty(long job) throws IOException {
        Path folder = home.resolve(Long.toString(job));
        remove(folder);
        return Files.createDirectories(folder);
    }

    void remove(long job) throws IOException {
        remove(home.resolve(Long.toString(job)));
    }

    /// Removes what failed jobs left more than a day before `now`.
    void tidy(Instant now) {
        try {
            if (!Files.isDirectory(home)) return;
            List<Path> all;
            try (Stream<Path> list = Files.list(home)) {
                all = list.toList();
            }
            for (Path folder : all) if (Files.getLastModifiedTime(folder).toInstant().isBefore(now.minus(KEPT))) remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes a folder with all in it, if it is there.
    static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (NoSuchFileException e) {
            // Nothing to remove.
        }
    }
}
