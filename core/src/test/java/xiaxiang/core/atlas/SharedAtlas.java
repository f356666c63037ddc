package xiaxiang.core.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;
import xiaxiang.core.door.Problems;

/// Finds the national atlas that lies beside the project, and the demo county inside it.
public final class SharedAtlas {
    private static final Map<String, Atlas> READ = new ConcurrentHashMap<>();

    private SharedAtlas() {}

    /// The folder `shared/data/atlas` beside the project or above it; skips the test, saying so, where it is absent.
    public static Path folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("shared/data/atlas");
            if (Files.isDirectory(folder)) return folder;
        }
        Assumptions.abort("No folder shared/data/atlas beside the project: this test needs the national atlas.");
        throw new AssertionError("not reached");
    }

    /// A region of it, read once for all tests.
    public static Atlas region(String prefix) {
        Path folder = folder();
        return READ.computeIfAbsent(prefix, _ -> {
            var problems = new Problems();
            Atlas atlas = NationalAtlas.read(folder, prefix, problems);
            assertThat(problems.text(Locale.ENGLISH)).as("problems of region %s", prefix).isEmpty();
            return atlas;
        });
    }

    /// The folder of the demo county.
    public static Path demo() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("demo/yichuan");
            if (Files.isDirectory(folder)) return folder;
        }
        throw new AssertionError("The folder demo/yichuan is part of the project.");
    }
}
