package xiaxiang.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import xiaxiang.app.config.Enforcement;
import xiaxiang.app.config.Server;
import xiaxiang.core.account.Home;
import xiaxiang.core.account.Person;
import xiaxiang.core.account.Right;
import xiaxiang.core.account.Role;

/// Every endpoint, as every role of one county, about that county, its sibling, its parent and nothing at all: with both enforcements, with the database's alone, and with
/// the application's alone. No answer holds a word of another territory, and no row of one changes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerritoryTest {
    /// Answered to anybody, whoever calls; each password tried costs a good part of a second.
    private static final Set<String> OPEN = Set.of("POST /api/v1/session", "DELETE /api/v1/session", "GET /api/v1/setup", "POST /api/v1/setup", "POST /api/v1/invitations/accept", "GET /api/v1/oidc/start", "GET /api/v1/oidc/callback");
    private static final int READERS = 3;
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 404);
    /// What was sent cannot be judged, or not now.
    private static final Set<Integer> UNFIT = Set.of(400, 406, 409, 412, 413, 415, 422, 428, 429);

    private final Running running = new Running();
    private final List<Sides.Side> sides = Sides.plant(running);
    private final Map<Role, Person> people = new EnumMap<>(Role.class);
    private final List<String> faults = new ArrayList<>();
    private final Set<String> answered = new TreeSet<>();
    private final Set<String> asked = new TreeSet<>();
    private final AtomicInteger calls = new AtomicInteger();

    TerritoryTest() {
        for (Role role : Role.values()) people.put(role, switch (role) {
            case DISTRIBUTOR -> running.person("caller-" + role, role, Home.Kind.DISTRIBUTOR, "D1");
            case SHOP -> running.person("caller-" + role, role, Home.Kind.SHOP, "S1");
            default -> running.person("caller-" + role, role, Home.Kind.PLACE, "410329");
        });
    }

    @AfterAll
    void stop() throws IOException {
        running.close();
    }

    @Test
    void noEndpointTellsOrChangesWhatIsOfAnotherTerritory(TestReporter reporter) {
        running.owner.useHandle(handle -> {
            handle.execute("SET search_path = xiaxiang");
            assertThat(Sides.unplanted(handle)).as("tables without a row of the sibling: plant one in Sides").isEmpty();
        });
        Calls endpoints = new Calls(Visitor.json(running.stranger().get("/api/v1/openapi.json")));
        strangers(endpoints);
        all("both", running.root(), endpoints);
        try (Server databaseOnly = Server.start(running.settings(), running.database, Enforcement.DATABASE_ONLY)) {
            all("the database alone", "http://127.0.0.1:" + databaseOnly.port(), endpoints);
        }
        rowLevelSecurity("DISABLE");
        try {
            all("the application alone", running.root(), endpoints);
        } finally {
            rowLevelSecurity("ENABLE");
        }
        Set<String> never = new TreeSet<>(asked);
        never.removeAll(answered);
        reporter.publishEntry(calls + " requests to " + asked.size() + " reading endpoints; never answered with 2xx: " + never);
        assertThat(faults).isEmpty();
    }

    /// As the owner of the tables can.
    private void rowLevelSecurity(String state) {
        running.owner.useHandle(handle -> {
            for (String table : handle.createQuery("SELECT format('xiaxiang.%I', relname) FROM pg_class WHERE relnamespace = 'xiaxiang'::regnamespace AND relkind = 'r' AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)").mapTo(String.class).list())
                handle.execute("ALTER TABLE " + table + " " + state + " ROW LEVEL SECURITY");
        });
    }

    private void strangers(Calls endpoints) {
        for (Calls.Call call : endpoints.to(sides.getFirst())) {
            if (OPEN.contains(call.method() + " " + call.template())) continue;
            Visitor stranger = new Visitor(running.root()).withSession("nobodys");
            String problem = Visitor.problem(send(stranger, call));
            if (!problem.equals("401 signed-out")) faults.add("a stranger: " + call.method() + " " + call.path() + ": " + problem);
        }
    }

    private void all(String enforced, String root, Calls endpoints) {
        String before = fingerprint();
        for (Role role : Role.values()) {
            Person person = people.get(role);
            if (person == null) continue;
            for (Sides.Side side : List.of(sides.get(0), sides.get(1), sides.get(2), Sides.NONE))
                ask(person, root, endpoints.to(side).stream().filter(call -> !OPEN.contains(call.method() + " " + call.template())).toList()).forEach((call, answer) -> judge(enforced, role, side, call, answer));
        }
        if (!fingerprint().equals(before)) faults.add(enforced + ": rows of another territory changed:\n" + before + "\nnow\n" + fingerprint());
    }

    /// Asks what reads several at a time, then what changes something one after another.
    private Map<Calls.Call, HttpResponse<byte[]>> ask(Person person, String root, List<Calls.Call> wanted) {
        Map<Calls.Call, HttpResponse<byte[]>> answers = new LinkedHashMap<>();
        Map<Calls.Call, Future<HttpResponse<byte[]>>> read = new LinkedHashMap<>();
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            String session = running.session(person);
            for (Calls.Call call : wanted) if (call.reads()) read.put(call, readers.submit(() -> send(new Visitor(root).withSession(session), call)));
        }
        read.forEach((call, answer) -> answers.put(call, answer.resultNow()));
        // A session each: some of these end it.
        for (Calls.Call call : wanted) if (!call.reads()) answers.put(call, send(new Visitor(root).withSession(running.session(person)), call));
        return answers;
    }

    private String fingerprint() {
        return running.owner.withHandle(handle -> {
            handle.execute("SET search_path = xiaxiang");
            return Sides.fingerprint(handle);
        });
    }

    private HttpResponse<byte[]> send(Visitor visitor, Calls.Call call) {
        calls.incrementAndGet();
        return call.multipart() ? visitor.send(call.method(), call.path(), "--x--\r\n", "Content-Type", "multipart/form-data; boundary=x") : visitor.send(call.method(), call.path(), call.body(), "If-Match", "\"1\"");
    }

    private void judge(String enforced, Role role, Sides.Side side, Calls.Call call, HttpResponse<byte[]> answer) {
        String what = enforced + ", " + role + ", " + side.name() + ": " + call.method() + " " + call.path() + ": " + answer.statusCode();
        int status = answer.statusCode();
        if (call.reads()) {
            asked.add(call.template());
            if (status < 300) answered.add(call.template());
        }
        if (status >= 400) {
            boolean fit = REFUSALS.contains(status) || UNFIT.contains(status);
            if (!fit || Visitor.problem(answer).contains("is no problem")) faults.add(what + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        String text = text(answer.body());
        for (String word : words(role)) if (text.contains(word)) faults.add(what + " tells " + word + ": " + around(text, word));
    }

    /// What a role may not read; whoever reads the audit reads there what the own county's plans were called.
    private static List<String> words(Role role) {
        List<String> words = new ArrayList<>(Sides.FOREIGN);
        Set<Right> rights = role.rights();
        if (role == Role.DISTRIBUTOR || role == Role.SHOP) words.add(Sides.CONFIDENTIAL);
        if (!rights.contains(Right.READ_PLANS) && !rights.contains(Right.READ_AUDIT)) words.add(Sides.PLANS);
        if (!rights.contains(Right.READ_DEMAND) && !rights.contains(Right.IMPORT) && !rights.contains(Right.READ_AUDIT)) words.add(Sides.DEMAND);
        return words;
    }

    private static String around(String text, String word) {
        int at = text.indexOf(word);
        return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60));
    }

    /// The body as text, with all that is packed in it.
    private static String text(byte[] body) {
        StringBuilder text = new StringBuilder(new String(body, StandardCharsets.UTF_8));
        try {
            if (body.length > 1 && body[0] == 0x1f && body[1] == (byte) 0x8b) text.append(text(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes()));
            if (body.length > 1 && body[0] == 'P' && body[1] == 'K') {
                ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(body));
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
                    zip.transferTo(unpacked);
                    text.append(entry.getName()).append(text(unpacked.toByteArray()));
                }
            }
        } catch (IOException e) {
            text.append(e.getMessage());
        }
        return text.toString();
    }
}
