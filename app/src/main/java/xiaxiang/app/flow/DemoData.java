package xiaxiang.app.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import xiaxiang.core.account.AccountStore;
import xiaxiang.core.account.DistributorStore;
import xiaxiang.core.account.Home;
import xiaxiang.core.account.InvitationStore;
import xiaxiang.core.account.Passwords;
import xiaxiang.core.account.PeopleStore;
import xiaxiang.core.account.Person;
import xiaxiang.core.account.Role;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.Scope;
import xiaxiang.core.db.Territory;
import xiaxiang.core.door.Problems;
import xiaxiang.core.field.FieldTables;
import xiaxiang.core.register.BoundaryRows;
import xiaxiang.core.register.FactImport;
import xiaxiang.core.register.ImportStore;
import xiaxiang.core.register.SourceStore;
import xiaxiang.core.register.WorkspaceTables;
import xiaxiang.core.rollout.Scenario;
import xiaxiang.core.rollout.ScenarioStore;

/// What `serve --demo` starts with: the facts of the demo county with its synthetic shops, its scenario, and an example user of every role, all marked as examples.
///
/// Passwords are made at random, and stand in the file [#USERS] of the data folder, which its owner alone may read. Loaded once: a database that has people or the demo's users already is left as it is.
public final class DemoData {
    /// The file of logins and passwords.
    public static final String USERS = "demo-users.txt";

    private static final String ORIGIN = "demo";
    private static final String DISTRIBUTOR = "demo-distributor";
    private static final int DISTRIBUTED = 12;
    private static final int PASSWORD_CHARS = 16;
    /// Without what is mistaken for another: 0 O o, 1 l I.
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private final Database database;
    private final Passwords passwords;
    private final Path demo;
    private final Path file;

    private DemoData(Database database, Passwords passwords, Path data, Path demo) {
        this.database = database;
        this.passwords = passwords;
        this.demo = demo;
        file = data.resolve(USERS);
    }

    /// An example user. `password` is known at the first start only.
    public record User(String login, Role role, String password) {}

    /// The example users made now, none where they were there before; `file` holds their passwords.
    public record Loaded(List<User> users, Path file) {
        public Loaded {
            users = List.copyOf(users);
        }
    }

    /// Loads the workspace `demo` into an empty database; `data` is the server's data folder. Takes some seconds. Throws IOException if a file cannot be read or written.
    public static Loaded load(Database database, Passwords passwords, Path data, Path demo) throws IOException {
        return new DemoData(database, passwords, data, demo).load();
    }

    private Loaded load() throws IOException {
        String key = database.<@Nullable String, RuntimeException>guard(null, ORIGIN, InvitationStore::first);
        if (key == null) return new Loaded(List.of(), file);
        Problems problems = new Problems();
        PlanFacts facts = PlanFacts.read(new PlanInput.Workspace(demo), problems);
        if (facts == null) throw new IOException("The demo's files are not in order: " + problems.text(java.util.Locale.ENGLISH));
        Map<Role, User> users = users();
        write(users);
        User admin = of(users, Role.ADMINISTRATOR);
        Person first = database.<@Nullable Person, RuntimeException>guard(null, ORIGIN,
                handle -> InvitationStore.makeFirst(handle, key, admin.login(), name(Role.ADMINISTRATOR), passwords.hash(admin.password()), "zh"));
        if (first == null) return new Loaded(List.of(), file);
        Scope scope = new Scope(first.id(), ORIGIN);
        facts(scope, facts);
        Map<Role, Long> people = database.as(scope, handle -> people(handle, scope, users, facts));
        people.forEach((role, id) -> password(id, of(users, role)));
        Scope planner = new Scope(people.getOrDefault(Role.PLANNER, first.id()), ORIGIN);
        database.as(planner, handle -> scenario(handle, planner, facts.scenario()));
        return new Loaded(List.copyOf(users.values()), file);
    }

    private static User of(Map<Role, User> users, Role role) {
        User user = users.get(role);
        if (user == null) throw new IllegalStateException("There is no example of a " + role + ".");
        return user;
    }

    private static Map<Role, User> users() {
        SecureRandom random = new SecureRandom();
        Map<Role, User> out = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            StringBuilder password = new StringBuilder();
            for (int k = 0; k < PASSWORD_CHARS; k++) password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            out.put(role, new User("demo-" + role.text().replace('_', '-'), role, password.toString()));
        }
        return out;
    }

    /// Before anybody is made: a user whose password nobody knows would be of no use.
    private void write(Map<Role, User> users) throws IOException {
        StringBuilder text = new StringBuilder("# Example users of the demo (示例用户): login 登录名, password 密码, role 角色\n");
        users.values().forEach(u -> text.append(u.login()).append('\t').append(u.password()).append('\t').append(u.role().text()).append('\n'));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    private static String name(Role role) {
        return switch (role) {
            case FOUNDER -> "示例 创始人 Founder (example)";
            case PLANNER -> "示例 规划 Planner (example)";
            case COUNTY_MANAGER -> "示例 县区经理 County manager (example)";
            case FIELD_WORKER -> "示例 业务员 Field worker (example)";
            case DISTRIBUTOR -> "示例 县包 Distributor (example)";
            case SHOP -> "示例 店主 Shop owner (example)";
            case ANALYST -> "示例 分析 Analyst (example)";
            case FINANCE -> "示例 财务 Finance (example)";
            case ADMINISTRATOR -> "示例 管理员 Administrator (example)";
        };
    }

    /// What the demo's NOTICE says of its sources; those of codes, points and census are noted already.
    private static void licences(Handle handle) {
        for (String part : List.of("http://", "https://", "CNNIC", "MIIT")) SourceStore.note(handle, new SourceStore.Licence(part, "未声明，归原发布者 none stated, the publisher’s"));
        for (String part : List.of("assumption", "example written for the demo", "county census 2020 shared out by kind")) SourceStore.note(handle, new SourceStore.Licence(part, "Apache-2.0 (Xiaxiang)"));
        SourceStore.note(handle, new SourceStore.Licence("synthetic, seed", "由种子生成 made from a seed"));
    }

    /// As an import of the demo's own files would, with the shops its seed makes.
    private void facts(Scope scope, PlanFacts facts) throws IOException {
        Path folder = Files.createTempDirectory("demo");
        try {
            WorkspaceTables.write(facts.atlas(), folder);
            BoundaryRows.write(facts.atlas().boundaries(), folder);
            FieldTables.writeVisits(facts.visits(), folder);
            FactImport.Difference done = database.as(scope, handle -> {
                long id = ImportStore.begin(handle, scope.person(), "workspace", JsonMapper.shared().createArrayNode());
                FactImport.Difference difference = new FactImport(Facts.TABLES).apply(handle, Territory.entered(handle), folder, id, (_, _, _) -> {});
                ImportStore.judged(handle, scope.person(), id, JsonMapper.shared().createArrayNode(), 0, difference);
                ImportStore.move(handle, scope.person(), id, ImportStore.State.READY, ImportStore.State.APPLIED);
                licences(handle);
                return difference;
            });
            if (!done.problems().isEmpty()) throw new IOException("The demo's facts were refused: " + done.problems().text(java.util.Locale.ENGLISH));
        } finally {
            JobFolders.remove(folder);
        }
    }

    private static Map<Role, Long> people(Handle handle, Scope scope, Map<Role, User> users, PlanFacts facts) {
        Territory territory = Territory.entered(handle);
        String county = facts.scenario().place();
        List<Shop> shops = facts.atlas().shops().stream().filter(s -> s.owner() == Shop.Owner.PARTNER).toList();
        if (shops.isEmpty()) shops = facts.atlas().shops();
        DistributorStore.add(handle, territory, new DistributorStore.Distributor(DISTRIBUTOR, "示例县包 Distributor (example)", county));
        List<String> served = shops.stream().limit(DISTRIBUTED).map(Shop::id).toList();
        handle.createUpdate("UPDATE shop SET distributor = :distributor WHERE id = ANY (:ids)").bind("distributor", DISTRIBUTOR).bindArray("ids", String.class, served).execute();
        Map<Role, Long> out = new LinkedHashMap<>();
        for (User user : users.values()) {
            if (user.role() == Role.ADMINISTRATOR) continue;
            PeopleStore.Grant grant = grant(user.role(), county, facts, served);
            PeopleStore.Outcome added = PeopleStore.add(handle, territory, scope.person(), user.login(), grant, "zh");
            if (!(added instanceof PeopleStore.Outcome.Done(Person person))) throw new IllegalStateException("The example " + user.login() + " was not made: " + added);
            out.put(user.role(), person.id());
        }
        return out;
    }

    private static PeopleStore.Grant grant(Role role, String county, PlanFacts facts, List<String> served) {
        return switch (role) {
            case FOUNDER -> new PeopleStore.Grant(name(role), null, role, Home.Kind.PLACE, null, false);
            case DISTRIBUTOR -> new PeopleStore.Grant(name(role), null, role, Home.Kind.DISTRIBUTOR, DISTRIBUTOR, false);
            case SHOP -> new PeopleStore.Grant(name(role), null, role, Home.Kind.SHOP, served.getFirst(), false);
            case FIELD_WORKER -> new PeopleStore.Grant(name(role), null, role, Home.Kind.PLACE, township(facts, county), false);
            default -> new PeopleStore.Grant(name(role), null, role, Home.Kind.PLACE, county, false);
        };
    }

    private static String township(PlanFacts facts, String county) {
        return facts.atlas().divisions().stream().filter(d -> county.equals(d.parent()) && d.pointKind() != Kind.SKETCH).map(d -> d.code()).findFirst().orElse(county);
    }

    private void password(long person, User user) {
        String hash = passwords.hash(user.password());
        database.<Boolean, RuntimeException>guard(person, ORIGIN, handle -> {
            AccountStore.setPassword(handle, person, hash);
            return true;
        });
    }

    private static ScenarioStore.Kept scenario(Handle handle, Scope planner, Scenario s) {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("brand", s.demand().brand()).put("currency", s.currency()).put("budgetFen", s.budgetFen()).put("runningCapFen", s.runningCapFen())
                .put("synthesizeSeed", s.synthesizeSeed()).put("draws", s.draws());
        body.putObject("publicShares").put("place", s.demand().place()).put("table", s.demand().table()).put("period", s.demand().period());
        var waves = body.putArray("waves");
        s.waves().forEach(w -> waves.addObject().put("label", w.label()).put("budgetFen", w.budgetFen()));
        var wish = new ScenarioStore.Wish(s.nameZh() + " 示例方案", s.nameEn() + " (example)", s.place(), body);
        ScenarioStore.Kept kept = ScenarioStore.add(handle, Territory.entered(handle), planner.person(), wish);
        if (!(kept instanceof ScenarioStore.Kept.Done)) throw new IllegalStateException("The demo's scenario was refused: " + kept);
        return kept;
    }
}
