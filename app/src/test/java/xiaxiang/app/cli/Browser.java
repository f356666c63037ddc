package xiaxiang.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Opens a page in Chromium and runs its checks; skips, except where everything must be there, if there is no Chromium.
final class Browser {
    private static final long MOST_SECONDS = 600;

    private Browser() {}

    /// `script` stands in the folder web; screenshots go to `out`, what was said beside it.
    static void look(String script, Path page, Path out) throws IOException, InterruptedException {
        run(out.resolveSibling(out.getFileName() + ".log"), script, page.toString(), out.toString());
    }

    /// Runs a script of the folder web with its arguments; what it says goes to `log`.
    static void run(Path log, String... script) throws IOException, InterruptedException {
        boolean there = Files.isExecutable(Path.of("/usr/bin/chromium"));
        Assumptions.assumeTrue(there || System.getenv("CI") != null, "No /usr/bin/chromium: the page is not opened in a browser.");
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(script));
        Process node = new ProcessBuilder(command).directory(CommandLines.projectFolder().resolve("web").toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        boolean ended = node.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        if (!ended) node.destroyForcibly();
        assertThat(ended).as("the browser's checks end within %d s: %s", MOST_SECONDS, Files.readString(log)).isTrue();
        assertThat(node.exitValue()).as(Files.readString(log)).isZero();
    }
}
