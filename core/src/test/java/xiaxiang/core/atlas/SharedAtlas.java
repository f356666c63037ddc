package xiaxiang.core.atlas;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Finds the national atlas that lies beside the project, and the demo county inside it.
final class SharedAtlas {
    private SharedAtlas() {}

    /// The folder `shared/data/atlas` beside the project or above it; skips the test, saying so, where it is absent.
    static Path folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("shared/data/atlas");
            if (Files.isDirectory(folder)) return folder;
        }
        Assumptions.abort("No folder shared/data/atlas beside the project: this test needs the national atlas.");
        throw new AssertionError("not reached");
    }

    /// The folder of the demo county.
    static Path demo() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("demo/yichuan");
            if (Files.isDirectory(folder)) return folder;
        }
        throw new AssertionError("The folder demo/yichuan is part of the project.");
    }
}
