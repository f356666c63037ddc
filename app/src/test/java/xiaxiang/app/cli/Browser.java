package xiaxiang.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Opens a page in Chromium and runs its checks; skips, except where everything must be there, if there is no Chromium.
final class Browser {
    private Browser() {}

    /// `script` stands in the folder web; screenshots go to `out`, what was said beside it.
    static void look(String script, Path page, Path out) throws IOException, InterruptedException {
        boolean there = Files.isExecutable(Path.of("/usr/bin/chromium"));
        Assumptions.assumeTrue(there || System.getenv("CI") != null, "No /usr/bin/chromium: the page is not opened in a browser.");
        Path log = out.resolveSibling(out.getFileName() + ".log");
        Process node = new ProcessBuilder("node", script, page.toString(), out.toString()).directory(CommandLines.projectFolder().resolve("web").toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        boolean ended = node.waitFor(300, TimeUnit.SECONDS);
        if (!ended) node.destroyForcibly();
        assertThat(ended).as("the browser's checks end within 300 s: %s", Files.readString(log)).isTrue();
        assertThat(node.exitValue()).as(Files.readString(log)).isZero();
    }
}
