package xiaxiang.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import xiaxiang.app.http.IdentityProvider;

/// `serve --demo` as a new user meets it, and `serve` as its first administrator does, each in a process of its own, looked at in Chromium.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // started before all
class ServeTest {
    private static final Pattern SET_UP = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/#/setup\\?token=\\S+)");

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

    /// Every page: console, requests, overflow, words, touch targets, accessibility. In Chinese on a desk and in English on a phone; `mvn -Plong verify` crosses both.
    @Test
    @Order(2)
    void everyPageIsSound() throws IOException, InterruptedException {
        if (Boolean.getBoolean("xiaxiang.long")) Browser.run(temp.resolve("pages.log"), "tests/app.mjs", server.base(), users());
        else Browser.run(temp.resolve("pages.log"), "tests/app.mjs", server.base(), users(), "--brief");
    }

    /// An empty server: the one-time link, a workspace imported, people invited, one of whom comes by an identity provider; then hostile words in every field, which change no page.
    @Test
    @Order(3)
    void aFirstAdministratorSetsItUpAndHostileWordsStayWords() throws IOException, InterruptedException {
        IdentityProvider provider = new IdentityProvider();
        Path secret = Files.writeString(temp.resolve("oidc.secret"), "a secret between the two\n");
        try (ServeProcess empty = ServeProcess.start(temp.resolve("empty.log"), Map.of(), "--data", temp.resolve("empty").toString(), "--port", "0", "--oidc-issuer", provider.issuer(), "--oidc-client", "xiaxiang",
                "--oidc-secret-file", secret.toString(), "--oidc-name", "Company")) {
            String workspace = CommandLines.projectFolder().resolve("demo/yichuan").toString();
            String users = temp.resolve("users.txt").toString();
            provider.start(empty.base());
            Browser.run(temp.resolve("setup.log"), "tests/app-setup.mjs", empty.awaitSaid(SET_UP), workspace, users, "--oidc");
            Browser.run(temp.resolve("hostile.log"), "tests/app-hostile.mjs", empty.base(), workspace, users);
        } finally {
            provider.stop();
        }
    }

    private static String users() {
        return temp.resolve("data/demo-users.txt").toString();
    }
}
