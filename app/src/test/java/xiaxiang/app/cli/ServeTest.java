package xiaxiang.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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
    @TempDir
    static Path temp;

    private static ServeProcess server;

    @BeforeAll
    static void serve() throws IOException, InterruptedException {
        server = ServeProcess.start(temp.resolve("serve.log"), Map.of(), "--demo", "--data", temp.resolve("data").toString(), "--port", "0");
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    /// Sign in, import with errors, plan, lock, plan again, compare, approve, export, refusals, in both languages.
    @Test
    @Order(1)
    void peopleDoTheirWorkInABrowser() throws IOException, InterruptedException {
        Browser.run(temp.resolve("use.log"), "tests/app-use.mjs", server.base(), users());
    }

    /// Every page on a desk and on a phone: console, requests, overflow, words, touch targets, accessibility.
    @Test
    @Order(2)
    void everyPageIsSound() throws IOException, InterruptedException {
        Browser.run(temp.resolve("pages.log"), "tests/app.mjs", server.base(), users());
    }

    private static String users() {
        return temp.resolve("data/demo-users.txt").toString();
    }
}
