package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import xiaxiang.core.account.Home;
import xiaxiang.core.account.InvitationStore;
import xiaxiang.core.account.PeopleStore;
import xiaxiang.core.account.PeopleStore.Grant;
import xiaxiang.core.account.PeopleStore.Outcome;
import xiaxiang.core.account.Person;
import xiaxiang.core.account.Right;
import xiaxiang.core.account.Role;
import xiaxiang.core.db.Database;

/// The people of a territory, their roles and territories. Nobody gives a territory beyond their own.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "people", description = "People, roles and territories")
final class PeopleController {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,100}@[^@\\s]{1,150}");

    record TerritoryBody(@Schema(example = "place") @Nullable String kind, @Schema(example = "410329") @Nullable String code, @Schema(hidden = true) @Nullable String id) {}

    record NewPerson(@Schema(example = "li") @Nullable String login, @Schema(example = "李强") @Nullable String name, @Schema(example = "li@example.com") @Nullable String email,
            @Schema(example = "planner") @Nullable String role, @Nullable TerritoryBody territory) {}

    record ChangeBody(@Schema(example = "李强") @Nullable String name, @Schema(example = "li@example.com") @Nullable String email, @Schema(example = "analyst") @Nullable String role,
            @Nullable TerritoryBody territory, @Schema(example = "false") @Nullable Boolean disabled) {}

    /// Somebody new, and the one-time link by which they set a password; nobody is shown it again.
    record InvitedJson(PersonJson.Row person, String invitation) {}

    record RoleJson(String role, List<String> rights) {}

    private final Database database;

    PeopleController(Database database) {
        this.database = database;
    }

    @GetMapping("/people")
    @Needs(Right.READ_PEOPLE)
    @Operation(summary = "The people of my territory")
    Page<PersonJson.Row> list(Caller caller, @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
        List<String> key = Cursor.read(cursor, 1);
        long after = key == null ? 0 : Numbers.id(key.getFirst());
        int most = Page.limit(limit);
        List<PersonJson.Row> found = database.as(caller.scope(), handle -> rows(handle, PeopleStore.list(handle, caller.territory(), caller.scope().person(), after, most + 1)));
        return Page.of(found, most, row -> List.of(Long.toString(row.id())));
    }

    @GetMapping("/people/{id}")
    @Needs(Right.READ_PEOPLE)
    @Operation(summary = "Somebody of my territory")
    ResponseEntity<PersonJson.Row> one(Caller caller, @PathVariable long id) {
        return answer(caller, found(caller, id));
    }

    private static List<PersonJson.Row> rows(Handle handle, List<Person> people) {
        Map<Long, PeopleStore.Arrival> arrivals = PeopleStore.arrivals(handle, people.stream().map(Person::id).toList());
        return people.stream().map(one -> PersonJson.Row.of(one, arrivals.getOrDefault(one.id(), new PeopleStore.Arrival(false, null)))).toList();
    }

    private PersonJson.Row row(Caller caller, Person person) {
        return database.as(caller.scope(), handle -> rows(handle, List.of(person)).getFirst());
    }

    private Person found(Caller caller, long id) {
        Person person = database.<@Nullable Person, RuntimeException>as(caller.scope(), handle -> PeopleStore.one(handle, caller.territory(), caller.scope().person(), id));
        if (person == null) throw Refusal.notFound(id);
        return person;
    }

    private ResponseEntity<PersonJson.Row> answer(Caller caller, Person person) {
        return ResponseEntity.ok().eTag(Versions.etag(person.version())).body(row(caller, person));
    }

    @PostMapping("/people")
    @Needs({Right.READ_PEOPLE, Right.MANAGE_PEOPLE})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Invite somebody", description = "The invitation is a one-time link; whoever follows it sets a password.")
    InvitedJson add(Caller caller, @RequestBody NewPerson body) {
        Fields fields = new Fields(caller.locale());
        String login = Logins.judge(fields, body.login());
        TerritoryBody territory = body.territory() == null ? new TerritoryBody(null, null, null) : body.territory();
        Grant grant = new Grant(fields.text("name", body.name(), 200), email(fields, body.email()), role(fields, body.role()), kind(fields, territory.kind()), code(territory), false);
        if (grant.code() == null && grant.kind() != Home.Kind.PLACE) fields.wrong("territory.code", null, "field.missing");
        fields.done();
        String language = caller.locale().getLanguage();
        Person added = done(caller.locale(), grant, database.as(caller.scope(), handle -> PeopleStore.add(handle, caller.territory(), caller.scope().person(), login, grant, language)));
        return invited(caller, added);
    }

    @PatchMapping("/people/{id}")
    @Needs({Right.READ_PEOPLE, Right.MANAGE_PEOPLE})
    @Operation(summary = "Change or disable somebody", description = "Their next request meets what they may now. The last administrator of everywhere stays one.")
    ResponseEntity<PersonJson.Row> change(Caller caller, @PathVariable long id, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch, @RequestBody ChangeBody body) {
        int version = Versions.expected(ifMatch);
        Person before = found(caller, id);
        Fields fields = new Fields(caller.locale());
        TerritoryBody to = body.territory();
        Grant grant = new Grant(body.name() == null ? before.name() : fields.text("name", body.name(), 200), body.email() == null ? before.email() : email(fields, body.email()),
                body.role() == null ? before.role() : role(fields, body.role()), to == null ? before.home().kind() : kind(fields, to.kind()), to == null ? before.home().code() : code(to),
                body.disabled() == null ? before.disabled() : body.disabled());
        if (grant.code() == null && grant.kind() != Home.Kind.PLACE) fields.wrong("territory.code", null, "field.missing");
        fields.done();
        return answer(caller, done(caller.locale(), grant, database.as(caller.scope(), handle -> PeopleStore.change(handle, caller.territory(), caller.scope().person(), id, version, grant))));
    }

    @PostMapping("/people/{id}/invitation")
    @Needs({Right.READ_PEOPLE, Right.MANAGE_PEOPLE})
    @Operation(summary = "A new one-time link for somebody", description = "Earlier ones no longer work. Following it sets a new password and takes the authenticator out of use.")
    InvitedJson invite(Caller caller, @PathVariable long id) {
        return invited(caller, found(caller, id));
    }

    private InvitedJson invited(Caller caller, Person person) {
        String link = link(caller, person);
        return new InvitedJson(row(caller, person), link);
    }

    @DeleteMapping("/people/{id}/invitation")
    @Needs({Right.READ_PEOPLE, Right.MANAGE_PEOPLE})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Withdraw somebody's invitation", description = "Their links no longer work; a password they have stays.")
    void withdraw(Caller caller, @PathVariable long id) {
        mayManage(caller, id);
        database.<Boolean, RuntimeException>guard(caller.scope().person(), caller.scope().origin(), handle -> {
            InvitationStore.withdraw(handle, id);
            return true;
        });
    }

    private void mayManage(Caller caller, long id) {
        if (!database.<Boolean, RuntimeException>as(caller.scope(), handle -> PeopleStore.mayManage(handle, caller.territory(), id))) throw Refusal.notFound(id);
    }

    /// The login goes with the token, so that who follows the link reads what they sign in with; the server tells it to nobody else.
    private String link(Caller caller, Person person) {
        mayManage(caller, person.id());
        String token = database.<String, RuntimeException>guard(caller.scope().person(), caller.scope().origin(), handle -> InvitationStore.invite(handle, person.id()));
        return "/#/invitation?token=" + token + "&login=" + URLEncoder.encode(person.login(), StandardCharsets.UTF_8);
    }

    @GetMapping("/roles")
    @Needs
    @Operation(summary = "What each role may do")
    List<RoleJson> roles() {
        return Arrays.stream(Role.values()).map(role -> new RoleJson(role.text(), PersonJson.names(role.rights()))).toList();
    }

    private static @Nullable String code(TerritoryBody territory) {
        return territory.code() == null ? territory.id() : territory.code();
    }

    private static @Nullable String email(Fields fields, @Nullable String value) {
        String email = fields.optional("email", value, 254);
        if (email != null && !EMAIL.matcher(email).matches()) fields.wrong("email", email, "field.email");
        return email;
    }

    private static Role role(Fields fields, @Nullable String value) {
        for (Role role : Role.values()) if (role.text().equals(value)) return role;
        fields.wrong("role", value, "field.role");
        return Role.SHOP;
    }

    private static Home.Kind kind(Fields fields, @Nullable String value) {
        for (Home.Kind kind : Home.Kind.values()) if (kind.text().equals(value)) return kind;
        fields.wrong("territory.kind", value, "field.territory");
        return Home.Kind.PLACE;
    }

    private static Person done(Locale locale, Grant grant, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(Person person) -> person;
            case Outcome.Unknown _ -> throw Refusal.of(HttpStatus.FORBIDDEN, "beyond-territory");
            case Outcome.NoSuchHome _ -> {
                Fields fields = new Fields(locale);
                fields.wrong("territory.code", grant.code(), "field.beyond");
                fields.done();
                throw new IllegalStateException("A field was wrong.");
            }
            case Outcome.LoginTaken _ -> throw Refusal.of(HttpStatus.CONFLICT, "login-taken");
            case Outcome.Changed _ -> throw Versions.changed();
            case Outcome.LastAdministrator _ -> throw Refusal.of(HttpStatus.CONFLICT, "last-administrator");
        };
    }
}
