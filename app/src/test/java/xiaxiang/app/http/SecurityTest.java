package xiaxiang.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import xiaxiang.core.account.Home;
import xiaxiang.core.account.InvitationStore;
import xiaxiang.core.account.Person;
import xiaxiang.core.account.Right;
import xiaxiang.core.account.Role;
import xiaxiang.core.account.TokenStore;

/// The server's doors, over real HTTP.
@ExtendWith(Running.Shared.class)
class SecurityTest {
    private final Running running;

    SecurityTest(Running running) {
        this.running = running;
    }

    @BeforeEach
    void placesAndNobody() {
        running.places();
        running.forgetPeople();
    }

    private static String credentials(String login, String password) {
        return "{\"login\": \"" + login + "\", \"password\": \"" + password + "\"}";
    }

    private Person wang() {
        return running.person("wang", Role.COUNTY_MANAGER, Home.Kind.PLACE, "410329");
    }

    @Test
    void signingInAndOutWithCookiesThatScriptsAndOtherSitesDoNotGet() {
        wang();
        Visitor browser = running.stranger();
        assertThat(Visitor.problem(browser.get("/api/v1/session"))).isEqualTo("401 signed-out");
        String before = Objects.requireNonNull(browser.cookies.get(Cookies.CSRF));
        browser.cookies.put(Cookies.SESSION, "fixed-by-somebody-else-before-signing-in-000");
        browser.cookies.put(Cookies.CSRF, Cookies.csrfOf("fixed-by-somebody-else-before-signing-in-000"));
        HttpResponse<byte[]> in = browser.send("POST", "/api/v1/session", credentials("wang", Running.PASSWORD));
        assertThat(in.statusCode()).isEqualTo(200);
        assertThat(in.headers().allValues("Set-Cookie")).allSatisfy(cookie -> assertThat(cookie).startsWith("__Host-").contains("; Path=/", "; Secure", "; SameSite=Strict").doesNotContain("Domain"));
        assertThat(in.headers().allValues("Set-Cookie")).filteredOn(cookie -> cookie.startsWith(Cookies.SESSION)).singleElement().satisfies(cookie -> assertThat(cookie).contains("; HttpOnly").doesNotContain("fixed"));
        assertThat(browser.cookies.get(Cookies.CSRF)).isNotEqualTo(before);
        JsonNode me = Visitor.json(browser.get("/api/v1/session")).path("person");
        assertThat(me.path("login").asString()).isEqualTo("wang");
        assertThat(me.path("territory").toString()).isEqualTo("{\"kind\":\"place\",\"code\":\"410329\",\"name\":\"伊川县\",\"nameEn\":\"\"}");
        String old = Objects.requireNonNull(browser.cookies.get(Cookies.SESSION));
        assertThat(browser.send("DELETE", "/api/v1/session", null).statusCode()).isEqualTo(204);
        assertThat(browser.cookies).isEmpty();
        assertThat(Visitor.problem(running.stranger().withSession(old).get("/api/v1/session"))).isEqualTo("401 signed-out");
    }

    @Test
    void failuresLockTheNameAndSayForHowLong() {
        wang();
        Visitor browser = running.stranger();
        browser.get("/api/v1/setup");
        for (String login : List.of("wang", "no-such-person")) {
            for (int i = 0; i < 5; i++) assertThat(Visitor.problem(browser.send("POST", "/api/v1/session", credentials(login, "a wrong password")))).isEqualTo("401 wrong-credentials");
            HttpResponse<byte[]> locked = browser.send("POST", "/api/v1/session", credentials(login, Running.PASSWORD));
            assertThat(Visitor.problem(locked)).isEqualTo("429 locked");
            assertThat(locked.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 15L);
        }
    }

    @Test
    void anAuthenticatorIsSetUpUsedOnceAndTakenAway() {
        Person wang = wang();
        Visitor browser = running.as(wang);
        JsonNode offer = Visitor.json(browser.send("POST", "/api/v1/session/totp", "{}"));
        assertThat(offer.path("uri").asString()).startsWith("otpauth://totp/Xiaxiang:wang?secret=" + offer.path("secret").asString());
        assertThat(offer.path("qrSvg").asString()).startsWith("<svg ").contains("<path fill=\"#000\" d=\"M").endsWith("</svg>");
        assertThat(Visitor.problem(browser.send("PUT", "/api/v1/session/totp", "{\"code\": \"000000\"}"))).isEqualTo("403 wrong-code");
        byte[] secret = org.bouncycastle.util.encoders.Base32.decode(offer.path("secret").asString());
        String code = code(secret, 0);
        assertThat(browser.send("PUT", "/api/v1/session/totp", "{\"code\": \"" + code + "\"}").statusCode()).isEqualTo(204);
        assertThat(Visitor.json(browser.get("/api/v1/session")).at("/person/totp").asBoolean()).isTrue();
        assertThat(Visitor.problem(browser.send("POST", "/api/v1/session/totp", "{}"))).isEqualTo("409 totp-on");
        Visitor other = running.stranger();
        other.get("/api/v1/session");
        assertThat(Visitor.problem(other.send("POST", "/api/v1/session", credentials("wang", Running.PASSWORD)))).isEqualTo("401 code-needed");
        String withCode = credentials("wang", Running.PASSWORD).replace("}", ", \"code\": \"CODE\"}");
        assertThat(Visitor.problem(other.send("POST", "/api/v1/session", withCode.replace("CODE", code)))).as("replayed").isEqualTo("401 wrong-credentials");
        assertThat(other.send("POST", "/api/v1/session", withCode.replace("CODE", code(secret, 1))).statusCode()).isEqualTo(200);
        assertThat(Visitor.problem(browser.send("DELETE", "/api/v1/session/totp", "{\"password\": \"a wrong password\"}"))).isEqualTo("403 wrong-password");
        assertThat(browser.send("DELETE", "/api/v1/session/totp", "{\"password\": \"" + Running.PASSWORD + "\"}").statusCode()).isEqualTo(204);
    }

    /// As an authenticator works it out, without the class under test.
    private static String code(byte[] secret, int later) {
        try {
            var codes = new com.eatthepath.otp.TimeBasedOneTimePasswordGenerator();
            return codes.generateOneTimePasswordString(new javax.crypto.spec.SecretKeySpec(secret, "HmacSHA1"), java.time.Instant.now().plusSeconds(30L * later));
        } catch (java.security.InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void requestsThatAnotherSiteForgesAreRefused() {
        Person wang = wang();
        String body = "{\"language\": \"en\"}";
        Visitor browser = running.as(wang);
        browser.cookies.remove(Cookies.CSRF);
        assertThat(Visitor.problem(browser.send("PUT", "/api/v1/session/language", body))).as("missing").isEqualTo("403 csrf");
        for (String value : List.of("", "x", "A".repeat(43), Cookies.csrfOf(running.session(wang)))) {
            Visitor forged = running.as(wang);
            forged.cookies.put(Cookies.CSRF, value);
            assertThat(Visitor.problem(forged.send("PUT", "/api/v1/session/language", body))).as("forged or of another session").isEqualTo("403 csrf");
        }
        assertThat(running.as(wang).send("PUT", "/api/v1/session/language", body).statusCode()).isEqualTo(204);
        assertThat(Visitor.problem(running.stranger().send("POST", "/api/v1/session", credentials("wang", Running.PASSWORD)))).as("signing in").isEqualTo("403 csrf");
        assertThat(Visitor.problem(running.stranger().send("DELETE", "/api/v1/session", null))).isEqualTo("403 csrf");
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded"))
            assertThat(running.as(wang).send("PUT", "/api/v1/session/language", body, "Content-Type", type).statusCode()).isEqualTo(415);
    }

    @Test
    void aTokenOpensWhatItWasMadeForAndNoMore() {
        Person wang = wang();
        JsonNode made = Visitor.json(running.as(wang).send("POST", "/api/v1/tokens", "{\"name\": \"t\", \"rights\": [\"read_places\", \"read_shops\"], \"days\": 1}"));
        Visitor program = running.stranger();
        program.headers.put("Authorization", "Bearer " + made.path("token").asString());
        assertThat(Visitor.json(program.get("/api/v1/session")).at("/person/rights").toString()).isEqualTo("[\"read_places\",\"read_shops\"]");
        assertThat(program.get("/api/v1/distributors").statusCode()).isEqualTo(200);
        assertThat(Visitor.problem(program.get("/api/v1/people"))).as("the token's lack, not the role's").isEqualTo("403 token-forbidden");
        assertThat(Visitor.problem(program.send("POST", "/api/v1/tokens", "{}"))).isEqualTo("403 session-only");
        assertThat(Visitor.problem(program.send("PUT", "/api/v1/session/password", "{}"))).isEqualTo("403 session-only");
        assertThat(Visitor.problem(running.as(wang).send("POST", "/api/v1/tokens", "{\"name\": \"t\", \"rights\": [\"plan\"], \"days\": 400}"))).isEqualTo("422 invalid");
        program.withSession(running.session(wang)).headers.put("Authorization", "Bearer nonsense");
        assertThat(Visitor.problem(program.get("/api/v1/session"))).as("no cookie stands in for a wrong token").isEqualTo("401 bad-token");
        assertThat(running.as(wang).send("DELETE", "/api/v1/tokens/" + made.path("id").asLong(), null).statusCode()).isEqualTo(204);
        program.cookies.clear();
        program.headers.put("Authorization", "Bearer " + made.path("token").asString());
        assertThat(Visitor.problem(program.get("/api/v1/session"))).isEqualTo("401 bad-token");
    }

    @Test
    void theFirstAdministratorIsMadeOnceByTheLink() {
        Visitor browser = running.stranger();
        assertThat(Visitor.json(browser.get("/api/v1/setup")).path("needed").asBoolean()).isTrue();
        String key = Objects.requireNonNull(running.database.<@Nullable String, RuntimeException>guard(null, "test", InvitationStore::first));
        String body = "{\"token\": \"TOKEN\", \"login\": \"admin\", \"name\": \"管理员\", \"password\": \"PASSWORD\"}";
        assertThat(Visitor.problem(browser.send("POST", "/api/v1/setup", body.replace("TOKEN", "guess")))).isEqualTo("403 link");
        HttpResponse<byte[]> weak = browser.send("POST", "/api/v1/setup", body.replace("TOKEN", key).replace("PASSWORD", "admin"));
        assertThat(Visitor.problem(weak)).isEqualTo("422 invalid");
        assertThat(Visitor.json(weak).path("problems").toString()).contains("fewer than 12", "holds the name").doesNotContain("\"value\":\"admin\"");
        assertThat(browser.send("POST", "/api/v1/setup", body.replace("TOKEN", key).replace("PASSWORD", Running.PASSWORD)).statusCode()).isEqualTo(201);
        assertThat(Visitor.problem(browser.send("POST", "/api/v1/setup", body.replace("TOKEN", key).replace("PASSWORD", Running.PASSWORD)))).isEqualTo("403 link");
        assertThat(Visitor.json(browser.get("/api/v1/setup")).path("needed").asBoolean()).isFalse();
        assertThat(browser.send("POST", "/api/v1/session", credentials("ADMIN", Running.PASSWORD)).statusCode()).isEqualTo(200);
    }

    @Test
    void somebodyIsInvitedChangedAndDisabled() {
        Visitor admin = running.as(running.person("admin", Role.ADMINISTRATOR, Home.Kind.PLACE, null));
        String li = "{\"login\": \"li\", \"name\": \"<script>alert(1)</script>\", \"email\": \"li@example.com\", \"role\": \"planner\", \"territory\": {\"kind\": \"place\", \"code\": \"410329\"}}";
        HttpResponse<byte[]> added = admin.send("POST", "/api/v1/people", li);
        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(added.headers().firstValue("Content-Type")).contains("application/json");
        long id = Visitor.json(added).at("/person/id").asLong();
        String link = Visitor.json(added).path("invitation").asString();
        assertThat(link).startsWith("/#/invitation?token=").endsWith("&login=li");
        assertThat(Visitor.problem(admin.send("POST", "/api/v1/people", li))).isEqualTo("409 login-taken");
        Visitor browser = running.stranger();
        browser.get("/api/v1/setup");
        String accept = "{\"token\": \"" + link.substring(link.indexOf('=') + 1, link.indexOf('&')) + "\", \"password\": \"the passphrase of Mr Qiang\"}";
        assertThat(browser.send("POST", "/api/v1/invitations/accept", accept).statusCode()).isEqualTo(200);
        assertThat(Visitor.problem(browser.send("POST", "/api/v1/invitations/accept", accept))).isEqualTo("403 link");
        assertThat(browser.send("POST", "/api/v1/session", credentials("li", "the passphrase of Mr Qiang")).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> one = admin.get("/api/v1/people/" + id);
        String etag = one.headers().firstValue("ETag").orElse("");
        assertThat(Visitor.problem(admin.send("PATCH", "/api/v1/people/" + id, "{\"role\": \"shop\"}"))).isEqualTo("428 if-match");
        assertThat(Visitor.problem(admin.send("PATCH", "/api/v1/people/" + id, "{\"role\": \"shop\"}", "If-Match", "\"99\""))).isEqualTo("412 changed");
        HttpResponse<byte[]> changed = admin.send("PATCH", "/api/v1/people/" + id, "{\"role\": \"field_worker\"}", "If-Match", etag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(Visitor.json(browser.get("/api/v1/session")).at("/person/role").asString()).as("at once").isEqualTo("field_worker");
        assertThat(admin.send("PATCH", "/api/v1/people/" + id, "{\"disabled\": true}", "If-Match", changed.headers().firstValue("ETag").orElse("")).statusCode()).isEqualTo(200);
        assertThat(Visitor.problem(browser.get("/api/v1/session"))).as("at once").isEqualTo("401 signed-out");
        assertThat(Visitor.json(admin.get("/api/v1/audit?table=person&row=" + id)).path("items").toString()).contains("\"role\":[\"planner\",\"field_worker\"]", "<script>");
    }

    @Test
    void theLastAdministratorStaysOne() {
        Person admin = running.person("admin", Role.ADMINISTRATOR, Home.Kind.PLACE, null);
        assertThat(Visitor.problem(running.as(admin).send("PATCH", "/api/v1/people/" + admin.id(), "{\"disabled\": true}", "If-Match", "\"1\""))).isEqualTo("409 last-administrator");
    }

    @Test
    void aNewPasswordEndsTheOtherSessions() {
        Person wang = wang();
        Visitor here = running.as(wang);
        Visitor there = running.as(wang);
        String body = "{\"current\": \"" + Running.PASSWORD + "\", \"next\": \"staple battery horse\"}";
        assertThat(Visitor.problem(here.send("PUT", "/api/v1/session/password", body.replace("correct", "wrong")))).isEqualTo("403 wrong-password");
        assertThat(here.send("PUT", "/api/v1/session/password", body).statusCode()).isEqualTo(204);
        assertThat(here.get("/api/v1/session").statusCode()).isEqualTo(200);
        assertThat(there.get("/api/v1/session").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/atlas/410329", "/api/v1/session", "/api/v1/setup", "/api/v1/nowhere", "/api/v1/openapi.json", "/health", "/no.such.file", "/api//v1", "/api/v1;x=1/session"})
    void everyAnswerSaysWhatBrowsersMayDoWithIt(String path) {
        HttpResponse<byte[]> answer = running.stranger().get(path);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse("")).contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self'").doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        if (path.startsWith("/api")) assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        if (answer.statusCode() < 400 || answer.statusCode() == 401) {
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
            assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
        }
        assertThat(answer.headers().firstValue("Server")).isEmpty();
        if (answer.statusCode() >= 400) assertThat(Visitor.problem(answer)).doesNotContain("is no problem");
    }

    /// What is no request at all is refused before the application sees it, and learns nothing.
    @Test
    void whatIsNoAddressLearnsNothing() {
        HttpResponse<byte[]> answer = running.stranger().get("/api/v1/people/%00");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContainIgnoringCase("tomcat").doesNotContain("xiaxiang", "java.");
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/v1/nowhere, 404 not-found", "POST, /api/v1/people/1, 405 method", "PUT, /api/v1/audit, 405 method", "TRACE, /api/v1/session, 405 method", "BREW, /api/v1/session, 400 rejected"})
    void whatIsNotThereIsSaidInBothLanguages(String method, String path, String problem) {
        Person wang = wang();
        Visitor browser = running.as(wang);
        HttpResponse<byte[]> english = browser.send(method, path, null);
        assertThat(Visitor.problem(english)).isEqualTo(problem);
        browser.headers.put("Accept-Language", "zh-CN");
        HttpResponse<byte[]> chinese = browser.send(method, path, null);
        assertThat(Visitor.json(chinese).path("title").asString()).containsPattern("\\p{IsHan}");
        assertThat(Visitor.json(english).path("title").asString()).doesNotContainPattern("\\p{IsHan}");
        assertThat(Visitor.json(english).path("nextStep").asString()).isNotBlank();
    }

    @Test
    void bodiesThatAreTooLargeOrNoJsonAreRefused() {
        Visitor browser = running.as(wang());
        String big = "{\"language\": \"" + "x".repeat(2 << 20) + "\"}";
        assertThat(Visitor.problem(browser.send("PUT", "/api/v1/session/language", big))).isEqualTo("413 too-large");
        HttpRequest endless = HttpRequest.newBuilder(URI.create(running.root() + "/api/v1/session/language")).header("Content-Type", "application/json").header("Accept-Language", "en")
                .header("Cookie", Cookies.SESSION + "=" + browser.cookies.get(Cookies.SESSION) + "; " + Cookies.CSRF + "=" + browser.cookies.get(Cookies.CSRF))
                .header("X-CSRF-TOKEN", Objects.requireNonNull(browser.cookies.get(Cookies.CSRF)))
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(big.getBytes(StandardCharsets.UTF_8)))).build();
        assertThat(Visitor.problem(browser.exchange(endless))).as("without a length").isEqualTo("413 too-large");
        for (String json : List.of("", "{", "[]", "{\"language\": {}}", "[".repeat(5000))) assertThat(Visitor.problem(browser.send("PUT", "/api/v1/session/language", json))).as(json).isEqualTo("400 unreadable");
        assertThat(Visitor.problem(browser.send("PUT", "/api/v1/session/language", "{\"language\": \"\\u0000\"}"))).isEqualTo("422 invalid");
        assertThat(browser.get("/api/v1/distributors?cursor=" + "x".repeat(20_000)).statusCode()).isEqualTo(400);
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeBack() {
        RateLimits limits = new RateLimits();
        for (int i = 0; i < 60; i++) limits.signIn("192.0.2.1");
        assertThat(refusal(() -> limits.signIn("192.0.2.1"))).isEqualTo("too-many");
        limits.signIn("192.0.2.2");
        for (int i = 0; i < 60; i++) limits.signIn("2001:db8:1:2:" + i + "::1");
        assertThat(refusal(() -> limits.signIn("2001:db8:1:2:ffff::1"))).as("one household").isEqualTo("too-many");
        limits.signIn("2001:db8:1:3::1");
    }

    private static String refusal(Runnable work) {
        try {
            work.run();
            return "none";
        } catch (Refusal refusal) {
            assertThat(Objects.requireNonNull(refusal.after()).toSeconds()).isBetween(1L, 3L);
            return refusal.key();
        }
    }

    @Test
    void metersAreForThisMachineAndForwardedAddressesAreNotBelieved() {
        Visitor browser = running.as(wang());
        browser.send("PUT", "/api/v1/session/language", "{\"language\": \"en\"}", "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https");
        String origin = running.owner.<String, RuntimeException>withHandle(handle -> handle.createQuery("SELECT origin FROM xiaxiang.audit WHERE changes ? 'language' AND op = 'update' ORDER BY id DESC LIMIT 1".replace(" ? ", " ?? ")).mapTo(String.class).one());
        assertThat(origin).startsWith("ip 127.0.0.1 request ");
        assertThat(browser.get("/api/v1/session").headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    /// A database that dies as it commits may have committed.
    @Test
    void whatEndedUnclearlyIsNotDoneAgainUnderItsKey() {
        Visitor admin = running.as(running.person("admin", Role.ADMINISTRATOR, Home.Kind.PLACE, null));
        String body = "{\"id\": \"unclear\", \"name\": \"n\", \"place\": \"410329\"}";
        running.owner.useHandle(handle -> handle.execute("CREATE FUNCTION xiaxiang.dies() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'dies' USING ERRCODE = '08006'; END $$"));
        running.owner.useHandle(handle -> handle.execute("CREATE CONSTRAINT TRIGGER dies AFTER INSERT ON xiaxiang.distributor DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION xiaxiang.dies()"));
        try {
            assertThat(Visitor.problem(admin.send("POST", "/api/v1/distributors", body, "Idempotency-Key", "unclear"))).isEqualTo("500 fault");
        } finally {
            running.owner.useHandle(handle -> handle.execute("DROP FUNCTION xiaxiang.dies() CASCADE"));
        }
        assertThat(Visitor.problem(admin.send("POST", "/api/v1/distributors", body, "Idempotency-Key", "unclear"))).isEqualTo("409 key-open");
        String wrong = body.replace("410329", "410328199");
        assertThat(Visitor.problem(admin.send("POST", "/api/v1/distributors", wrong, "Idempotency-Key", "refused"))).isEqualTo("422 invalid");
        assertThat(Visitor.problem(admin.send("POST", "/api/v1/distributors", wrong, "Idempotency-Key", "refused"))).as("what was refused may be tried again").isEqualTo("422 invalid");
    }

    @Test
    void aKeyIsKeptForAWeek() {
        Visitor admin = running.as(running.person("admin", Role.ADMINISTRATOR, Home.Kind.PLACE, null));
        for (String key : List.of("young", "old")) assertThat(admin.send("POST", "/api/v1/distributors", "{\"id\": \"" + key + "\", \"name\": \"n\", \"place\": \"410329\"}", "Idempotency-Key", key).statusCode()).isEqualTo(201);
        running.owner.useHandle(handle -> handle.execute("UPDATE xiaxiang.idempotency SET created_at = now() - CASE key WHEN 'old' THEN interval '8 days' ELSE interval '6 days' END WHERE key IN ('old', 'young')"));
        admin.send("POST", "/api/v1/distributors", "{\"id\": \"next\", \"name\": \"n\", \"place\": \"410329\"}", "Idempotency-Key", "next");
        List<String> kept = running.owner.withHandle(handle -> handle.createQuery("SELECT key FROM xiaxiang.idempotency WHERE key IN ('old', 'young', 'next')").mapTo(String.class).list());
        assertThat(kept).containsExactlyInAnyOrder("young", "next");
    }

    @Test
    void disabledPeoplesTokensEnd() {
        Person wang = wang();
        TokenStore.Made made = Objects.requireNonNull(running.database.<TokenStore.@Nullable Made, RuntimeException>guard(wang.id(), "test", handle -> TokenStore.make(handle, wang.id(), "t", Set.of(Right.READ_SHOPS), 9)));
        Visitor program = running.stranger();
        program.headers.put("Authorization", "Bearer " + made.key());
        assertThat(program.get("/api/v1/session").statusCode()).isEqualTo(200);
        running.owner.useHandle(handle -> handle.execute("UPDATE xiaxiang.person SET disabled_at = now()"));
        assertThat(Visitor.problem(program.get("/api/v1/session"))).isEqualTo("401 bad-token");
    }
}
