package xiaxiang.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.config.Enforcement;
import xiaxiang.app.config.Server;
import xiaxiang.app.config.ServerSettings;
import xiaxiang.core.account.Home;
import xiaxiang.core.account.Person;
import xiaxiang.core.account.Right;
import xiaxiang.core.account.Role;
import xiaxiang.core.account.TokenStore;

/// Where the server ends: behind a proxy, over TLS, at what is no request, and at what only its own machine may ask.
@ExtendWith(Running.Shared.class)
class EdgesTest {
    private static final String LANGUAGE = "{\"language\": \"en\"}";
    private final Running running;
    @TempDir
    private Path temp;

    EdgesTest(Running running) {
        this.running = running;
    }

    @BeforeEach
    void placesAndNobody() {
        running.places();
        running.forgetPeople();
    }

    private Person wang() {
        return running.person("wang", Role.COUNTY_MANAGER, Home.Kind.PLACE, "410329");
    }

    private Server behind(String proxy) {
        return Server.start(new ServerSettings(running.folder, "127.0.0.1", 0, null, null, proxy), running.database, Enforcement.BOTH);
    }

    private static String root(Server server) {
        return "http://127.0.0.1:" + server.port();
    }

    private String lastOrigin() {
        return running.owner.<String, RuntimeException>withHandle(handle -> handle.createQuery("SELECT origin FROM xiaxiang.audit WHERE table_name = 'person' AND op = 'update' ORDER BY id DESC LIMIT 1").mapTo(String.class).one());
    }

    @Test
    void theStatedProxysWordOnAddressesIsTaken() {
        Person wang = wang();
        try (Server server = behind("127.0.0.1")) {
            Visitor browser = new Visitor(root(server)).withSession(running.session(wang));
            assertThat(browser.send("PUT", "/api/v1/session/language", LANGUAGE, "X-Forwarded-For", "198.51.100.7, 203.0.113.9", "X-Forwarded-Proto", "https").statusCode()).isEqualTo(204);
            assertThat(lastOrigin()).as("the address the proxy saw, not what its caller claimed").startsWith("ip 203.0.113.9 request ");
            browser.headers.put("X-Forwarded-Proto", "https");
            assertThat(browser.get("/api/v1/session").headers().firstValue("Strict-Transport-Security").orElse("")).contains("max-age=31536000");
            Visitor other = new Visitor(root(server));
            other.headers.put("X-Forwarded-For", "203.0.113.9");
            other.get("/api/v1/setup");
            String wrong = "{\"token\": \"guess\", \"password\": \"long enough for it\"}";
            String said = "403 link";
            for (int i = 0; i < 600 && said.equals("403 link"); i++) said = Visitor.problem(other.send("POST", "/api/v1/invitations/accept", wrong));
            assertThat(said).isEqualTo("429 too-many");
            other.headers.put("X-Forwarded-For", "203.0.113.10");
            assertThat(Visitor.problem(other.send("POST", "/api/v1/invitations/accept", wrong))).as("another address through the same proxy").isEqualTo("403 link");
        }
    }

    @Test
    void nobodyElsesWordOnAddressesIs() {
        Person wang = wang();
        try (Server server = behind("192.0.2.1")) {
            Visitor browser = new Visitor(root(server)).withSession(running.session(wang));
            browser.headers.put("X-Forwarded-Proto", "https");
            browser.headers.put("X-Forwarded-For", "203.0.113.9");
            HttpResponse<byte[]> answer = browser.send("PUT", "/api/v1/session/language", LANGUAGE);
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
            assertThat(lastOrigin()).startsWith("ip 127.0.0.1 request ");
        }
    }

    @Test
    void metersAreForThisMachineOrATokenWithTheRightEverywhere() {
        assertThat(running.stranger().get("/metrics").statusCode()).isEqualTo(200);
        Visitor passedOn = running.stranger();
        passedOn.headers.put("X-Forwarded-For", "203.0.113.9");
        for (String path : List.of("/metrics", "/%6detrics", "/metrics/")) assertThat(Visitor.problem(passedOn.get(path))).as(path).isEqualTo("403 meters");
        try (Server server = behind("127.0.0.1")) {
            Visitor outside = new Visitor(root(server));
            outside.headers.put("X-Forwarded-For", "203.0.113.9");
            assertThat(Visitor.problem(outside.get("/metrics"))).isEqualTo("403 meters");
            outside.headers.put("Authorization", "Bearer " + token(running.person("finance", Role.FINANCE, Home.Kind.PLACE, "410329"), Right.READ_AUDIT));
            assertThat(Visitor.problem(outside.get("/metrics"))).as("of one county").isEqualTo("403 meters");
            Person admin = running.person("admin", Role.ADMINISTRATOR, Home.Kind.PLACE, null);
            outside.headers.put("Authorization", "Bearer " + token(admin, Right.READ_SHOPS));
            assertThat(Visitor.problem(outside.get("/metrics"))).as("another right").isEqualTo("403 meters");
            outside.headers.put("Authorization", "Bearer " + token(admin, Right.READ_AUDIT));
            HttpResponse<byte[]> meters = outside.get("/metrics");
            assertThat(meters.statusCode()).isEqualTo(200);
            assertThat(new String(meters.body(), StandardCharsets.UTF_8)).contains("jvm_memory_used_bytes");
        }
    }

    private String token(Person person, Right right) {
        return Objects.requireNonNull(running.database.<TokenStore.@Nullable Made, RuntimeException>guard(person.id(), "test", handle -> TokenStore.make(handle, person.id(), right.text(), Set.of(right), 9))).key();
    }

    @Test
    void whoAsksTooMuchIsToldWhenToComeBack() throws InterruptedException {
        Person wang = wang();
        RateLimits limits = running.server.part(RateLimits.class);
        AtomicBoolean enough = new AtomicBoolean();
        Thread greedy = Thread.ofPlatform().start(() -> takeAll(limits, "person " + wang.id(), enough));
        try {
            Visitor browser = running.as(wang);
            HttpResponse<byte[]> refused = browser.get("/api/v1/session");
            for (int i = 0; i < 1_000 && refused.statusCode() == 200; i++) refused = browser.get("/api/v1/session");
            assertThat(Visitor.problem(refused)).isEqualTo("429 too-many");
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isEqualTo(1);
            assertThat(running.stranger().get("/api/v1/setup").statusCode()).as("others go on").isEqualTo(200);
        } finally {
            enough.set(true);
            greedy.join();
        }
    }

    private static void takeAll(RateLimits limits, String who, AtomicBoolean enough) {
        while (!enough.get()) {
            try {
                limits.request(who);
            } catch (Refusal nothingLeft) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void overTlsBrowsersAreToldToStayThere() throws Exception {
        KeyStore keys = selfSigned();
        Path certificate = pem("CERTIFICATE", keys.getCertificate("server").getEncoded());
        Path key = pem("PRIVATE KEY", keys.getKey("server", "changeit".toCharArray()).getEncoded());
        Person wang = wang();
        try (Server server = Server.start(new ServerSettings(running.folder, "127.0.0.1", 0, certificate, key, null), running.database, Enforcement.BOTH); HttpClient client = HttpClient.newBuilder().sslContext(trusting(keys)).build()) {
            Visitor browser = new Visitor("https://127.0.0.1:" + server.port(), client);
            browser.get("/api/v1/setup");
            HttpResponse<byte[]> in = browser.send("POST", "/api/v1/session", "{\"login\": \"" + wang.login() + "\", \"password\": \"" + Running.PASSWORD + "\"}");
            assertThat(in.statusCode()).isEqualTo(200);
            assertThat(in.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(Objects.requireNonNull(in.sslSession().orElse(null)).getProtocol()).isEqualTo("TLSv1.3");
            assertThat(in.headers().firstValue("Strict-Transport-Security").orElse("")).contains("max-age=31536000");
            assertThat(in.headers().allValues("Set-Cookie")).isNotEmpty().allSatisfy(cookie -> assertThat(cookie).startsWith("__Host-").contains("; Secure"));
            assertThat(browser.get("/").headers().firstValue("Strict-Transport-Security")).isPresent();
            assertThat(raw(server.port(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n")).as("plain HTTP to a TLS port").doesNotContain("200 OK").doesNotContainIgnoringCase("tomcat");
        }
    }

    private KeyStore selfSigned() throws Exception {
        Path file = temp.resolve("keys.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=127.0.0.1",
                "-ext", "san=ip:127.0.0.1", "-validity", "30", "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", "changeit").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, "changeit".toCharArray());
            return keys;
        }
    }

    private Path pem(String kind, byte[] der) throws IOException {
        return Files.writeString(temp.resolve(kind + ".pem"), "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n");
    }

    private static SSLContext trusting(KeyStore keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /// What comes back for bytes that no browser sends.
    private static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/v1/people/%00 HTTP/1.1|Host: x", "GET /%zz HTTP/1.1|Host: x", "GET /a\\b HTTP/1.1|Host: x", "GET / HTTP/1.1|Host: a b", "GET / HTTP/1.1", "GET / HTTP/1.1|Host: x|Host: y", "GET / HTTP/7.5|Host: x",
            "G@T / HTTP/1.1|Host: x", "nonsense", "GET /../../etc/passwd HTTP/1.1|Host: x", "GET /{} HTTP/1.1|Host: x", "GET /api/v1/session?x=%zz HTTP/1.1|Host: x", "GET / HTTP/1.1|Host: x|No colon",
            "POST /api/v1/session HTTP/1.1|Host: x|Content-Length: -1", "POST /api/v1/session HTTP/1.1|Host: x|Transfer-Encoding: nonsense"})
    void whatIsNoRequestIsAProblemAndLearnsNothing(String request) throws IOException {
        String answer = raw(running.server.port(), request.replace("|", "\r\n") + "\r\nAccept-Language: en\r\nConnection: close\r\n\r\n");
        String head = answer.substring(0, Math.max(0, answer.indexOf("\r\n\r\n")));
        assertThat(head).startsWith("HTTP/1.1 ").contains("Content-Type: application/problem+json", "X-Content-Type-Options: nosniff").doesNotContain("Server:");
        assertThat(answer).doesNotContainIgnoringCase("tomcat").doesNotContainIgnoringCase("apache").doesNotContain("java.", "org.", "<html");
        assertThat(JsonMapper.shared().readTree(body(answer)).path("title").asString()).isNotBlank();
        assertThat(head.substring(9, 12)).isIn("400", "401", "403", "404", "405", "501", "505");
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
    }
}
