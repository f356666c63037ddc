package xiaxiang.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import xiaxiang.app.config.Enforcement;
import xiaxiang.app.config.OidcSettings;
import xiaxiang.app.config.Server;
import xiaxiang.app.config.ServerSettings;
import xiaxiang.core.account.Home;
import xiaxiang.core.account.InvitationStore;
import xiaxiang.core.account.Person;
import xiaxiang.core.account.Role;

/// The whole way to a real identity provider and back, by real HTTP.
@ExtendWith(Running.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcTest {
    private final Running running;
    private final IdentityProvider provider = new IdentityProvider();
    private final Path secret = Files.createTempFile("oidc", ".secret");
    private final Server server;
    private final String root;

    /// The server starts first: the provider is down then.
    OidcTest(Running running) throws IOException, InterruptedException {
        this.running = running;
        Files.writeString(secret, "a secret between the two\n");
        OidcSettings settings = new OidcSettings(provider.issuer(), "xiaxiang", secret, "Company");
        server = Server.start(new ServerSettings(running.folder, "127.0.0.1", freePort(), null, null, null, null, settings), running.database, Enforcement.BOTH);
        root = "http://127.0.0.1:" + server.port();
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    @BeforeEach
    void oneInvitedPerson() throws IOException, InterruptedException {
        running.places();
        running.forgetPeople();
        provider.stop();
        provider.start(root);
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        server.close();
        provider.stop();
        Files.delete(secret);
    }

    private Person invited(String name) {
        Person person = running.person(name, Role.PLANNER, Home.Kind.PLACE, "410329");
        running.owner.useHandle(handle -> handle.execute("UPDATE xiaxiang.person SET email = ? WHERE id = ?", name + "@Example.com", person.id()));
        running.database.<String, RuntimeException>guard(person.id(), "test", handle -> InvitationStore.invite(handle, person.id()));
        return person;
    }

    private Visitor browser() {
        return new Visitor(root);
    }

    private static String led(Visitor browser, String address) {
        var answer = browser.get(address);
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElse("");
    }

    /// Goes there as somebody and comes back; where the browser is led then.
    private String goes(Visitor browser, String name) {
        return led(browser, back(provider.signIn(led(browser, "/api/v1/oidc/start"), name)));
    }

    private static String back(String address) {
        URI uri = URI.create(address);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static @Nullable String signedIn(Visitor browser) {
        var answer = browser.get("/api/v1/session");
        return answer.statusCode() == 200 ? Visitor.json(answer).at("/person/login").asString() : null;
    }

    @Test
    void whoWasInvitedSignsInThereAndIsKnownFromThenOn() {
        invited("wang");
        Visitor browser = browser();
        assertThat(Visitor.json(browser.get("/api/v1/setup")).path("oidc").toString()).isEqualTo("{\"name\":\"Company\",\"url\":\"/api/v1/oidc/start\"}");
        String there = led(browser, "/api/v1/oidc/start");
        assertThat(there).startsWith(provider.issuer()).contains("code_challenge_method=S256", "code_challenge=", "nonce=", "state=", "response_type=code");
        assertThat(goes(browser, "wang")).isEqualTo("/");
        assertThat(signedIn(browser)).isEqualTo("wang");
        Visitor later = browser();
        assertThat(goes(later, "wang")).as("without another invitation").isEqualTo("/");
        assertThat(signedIn(later)).isEqualTo("wang");
        assertThat(later.send("PUT", "/api/v1/session/language", "{\"language\": \"en\"}").statusCode()).as("a session like any other").isEqualTo(204);
        running.owner.useHandle(handle -> handle.execute("UPDATE xiaxiang.person SET disabled_at = now()"));
        assertThat(signedIn(later)).isNull();
        assertThat(goes(browser(), "wang")).isEqualTo("/sign-in?problem=oidc-unknown");
    }

    @Test
    void whoWasNotInvitedIsNotMade() {
        Visitor browser = browser();
        assertThat(goes(browser, "stranger")).isEqualTo("/sign-in?problem=oidc-unknown");
        assertThat(signedIn(browser)).isNull();
        assertThat(running.owner.<Long, RuntimeException>withHandle(handle -> handle.createQuery("SELECT count(*) FROM xiaxiang.person").mapTo(Long.class).one())).isZero();
    }

    @Test
    void anAddressThatTheProviderHasNotVerifiedLinksNobody() {
        invited("li");
        assertThat(goes(browser(), "li-unverified")).isEqualTo("/sign-in?problem=oidc-email");
    }

    @Test
    void onlyTheBrowserThatBeganComesBackAndOnlyOnce() {
        invited("wang");
        Visitor browser = browser();
        String there = led(browser, "/api/v1/oidc/start");
        String back = back(provider.signIn(there, "wang"));
        assertThat(led(browser(), back)).as("another browser").isEqualTo("/sign-in?problem=oidc-state");
        assertThat(led(browser, back)).as("after that").isEqualTo("/sign-in?problem=oidc-state");
        String again = back(provider.signIn(led(browser, "/api/v1/oidc/start"), "wang"));
        assertThat(led(browser, again.replaceAll("state=[^&]*", "state=forged"))).isEqualTo("/sign-in?problem=oidc-state");
        assertThat(led(browser, again.replaceAll("code=[^&]*", "code=forged"))).isEqualTo("/sign-in?problem=oidc-refused");
        assertThat(led(browser, "/api/v1/oidc/callback")).isEqualTo("/sign-in?problem=oidc-state");
        String refused = led(browser, "/api/v1/oidc/start").replaceAll(".*[?&]state=([^&]*).*", "$1");
        assertThat(led(browser, "/api/v1/oidc/callback?error=access_denied&state=" + refused)).isEqualTo("/sign-in?problem=oidc-refused");
        assertThat(signedIn(browser)).isNull();
    }

    @Test
    void aCodeThatRanOutProvesNobody() throws InterruptedException {
        invited("late");
        Visitor browser = browser();
        String back = back(provider.signIn(led(browser, "/api/v1/oidc/start"), "late"));
        Thread.sleep(2_500);
        assertThat(led(browser, back)).isEqualTo("/sign-in?problem=oidc-refused");
        assertThat(signedIn(browser)).isNull();
    }

    @Test
    void whileTheProviderIsDownPasswordsStillWork() throws InterruptedException {
        invited("wang");
        Visitor browser = browser();
        String back = back(provider.signIn(led(browser, "/api/v1/oidc/start"), "wang"));
        provider.stop();
        assertThat(led(browser, back)).isEqualTo("/sign-in?problem=oidc-down");
        browser.get("/api/v1/setup");
        assertThat(browser.send("POST", "/api/v1/session", "{\"login\": \"wang\", \"password\": \"" + Running.PASSWORD + "\"}").statusCode()).isEqualTo(200);
        assertThat(Objects.requireNonNull(signedIn(browser))).isEqualTo("wang");
    }

    /// The running server of the other tests has never reached its provider: there is none.
    @Test
    void withoutAProviderThereIsNoSuchWay() {
        assertThat(Visitor.problem(running.stranger().get("/api/v1/oidc/start"))).isEqualTo("404 not-found");
        assertThat(Visitor.json(running.stranger().get("/api/v1/setup")).path("oidc").isNull()).isTrue();
    }
}
