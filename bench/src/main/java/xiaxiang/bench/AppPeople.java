package xiaxiang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An administrator and a planner of everywhere, made as a user makes them: by the first link and by an invitation. Passwords are random, and forgotten: each goes on by a token.
record AppPeople(AppClient administrator, AppClient planner) {
    private static final String FILE = "bench-tokens.json";

    /// Those of a server's data folder: who was made there before, or else now, by the link it printed.
    static AppPeople of(AppServer server, Path data) throws IOException, InterruptedException {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) return first(server.base(), server.link()).keep(file);
        JsonNode tokens = JsonMapper.shared().readTree(Files.readAllBytes(file));
        AppPeople known = new AppPeople(new AppClient(server.base()), new AppClient(server.base()));
        known.administrator.use(tokens.path("administrator").asString());
        known.planner.use(tokens.path("planner").asString());
        return known;
    }

    private AppPeople keep(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, JsonMapper.shared().writeValueAsBytes(Map.of("administrator", administrator.token(), "planner", planner.token())));
        return this;
    }

    /// The first people of an empty server.
    static AppPeople first(String base, String link) throws IOException, InterruptedException {
        String password = password();
        AppClient administrator = new AppClient(base);
        administrator.get("/setup");
        administrator.post("/setup", Map.of("token", link.replaceAll(".*token=", ""), "login", "bench", "name", "Bench", "password", password));
        signIn(administrator, "bench", password);
        return new AppPeople(administrator, planner(base, administrator));
    }

    private static AppClient planner(String base, AppClient administrator) throws IOException, InterruptedException {
        String password = password();
        JsonNode invited = administrator.post("/people", Map.of("login", "bench-planner", "name", "Bench planner", "role", "planner", "territory", Map.of("kind", "place")));
        AppClient planner = new AppClient(base);
        planner.get("/setup");
        planner.post("/invitations/accept", Map.of("token", invited.path("invitation").asString().replaceAll(".*token=|&.*", ""), "password", password));
        signIn(planner, "bench-planner", password);
        return planner;
    }

    private static String password() {
        return new java.math.BigInteger(160, new java.security.SecureRandom()).toString(36);
    }

    /// Signs in, and goes on with a token of all one's rights, as a program does.
    private static void signIn(AppClient client, String login, String password) throws IOException, InterruptedException {
        JsonNode session = client.post("/session", Map.of("login", login, "password", password));
        List<String> rights = new ArrayList<>();
        session.path("person").path("rights").forEach(right -> rights.add(right.asString()));
        client.use(client.post("/tokens", Map.of("name", "bench", "rights", rights, "days", 1)).path("token").asString());
    }
}
