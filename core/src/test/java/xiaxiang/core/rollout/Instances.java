package xiaxiang.core.rollout;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Finds the solver instances that lie beside the project.
final class Instances {
    private Instances() {}

    /// A file or folder of `shared/data/optimizer` beside the project or above it; skips the test, saying so, where it is absent.
    static Path at(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("shared/data/optimizer").resolve(name);
            if (Files.exists(file)) return file;
        }
        Assumptions.abort("No " + name + " in a folder shared/data/optimizer beside the project: this test needs the solver instances.");
        throw new AssertionError("not reached");
    }
}
