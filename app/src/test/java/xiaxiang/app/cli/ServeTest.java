package xiaxiang.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// `serve --demo` as a new user meets it, in a process of its own, looked at in Chromium.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // started before all
class ServeTest {
    private static final Pattern READY = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/ ");

    @TempDir
    static Path temp;

    private static Process server;
    private static String base;

    @BeforeAll
    static void serve() throws IOException, InterruptedException {
        Path log = temp.resolve("serve.log");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx400m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders",
                "-Dxiaxiang.home=" + CommandLines.projectFolder(), "-cp", System.getProperty("java.class.path"), "xiaxiang.app.Main"));
        command.addAll(List.of("serve", "--demo", "--data", temp.resolve("data").toString(), "--port", "0", "--lang", "en"));
        server = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (server.isAlive() && System.nanoTime() < end) {
            Matcher ready = READY.matcher(Files.exists(log) ? Files.readString(log) : "");
            if (ready.find()) {
                base = ready.group(1);
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("The server did not start: " + Files.readString(log));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server == null) return;
        server.destroy();
        boolean stopped = server.waitFor(60, TimeUnit.SECONDS);
        server.destroyForcibly().waitFor();
        assertThat(stopped).as("a TERM signal stops it within a minute").isTrue();
    }

    /// Sign in, import with errors, plan, lock, plan again, compare, approve, export, refusals, in both languages.
    @Test
    @Order(1)
    void peopleDoTheirWorkInABrowser() throws IOException, InterruptedException {
        Browser.run(temp.resolve("use.log"), "tests/app-use.mjs", base, users());
    }

    /// Every page on a desk and on a phone: console, requests, overflow, words, touch targets, accessibility.
    @Test
    @Order(2)
    void everyPageIsSound() throws IOException, InterruptedException {
        Browser.run(temp.resolve("pages.log"), "tests/app.mjs", base, users());
    }

    private static String users() {
        return temp.resolve("data/demo-users.txt").toString();
    }
}
