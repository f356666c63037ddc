package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import xiaxiang.core.account.AccountStore;
import xiaxiang.core.account.Person;
import xiaxiang.core.account.Seal;
import xiaxiang.core.account.SessionStore;
import xiaxiang.core.account.SignIn;
import xiaxiang.core.account.Totp;
import xiaxiang.core.db.Database;

/// Signing in and out, and what protects one's own account.
@RestController
@RequestMapping("/api/v1/session")
@Tag(name = "session", description = "Signing in and out, and one's own account")
final class SessionController {
    record SignInBody(@Schema(example = "wang") @Nullable String login, @Schema(example = "a long passphrase") @Nullable String password, @Schema(example = "123456") @Nullable String code) {}

    record PasswordBody(@Schema(example = "a long passphrase") @Nullable String current, @Schema(example = "a longer passphrase") @Nullable String next) {}

    record CodeBody(@Schema(example = "123456") @Nullable String code) {}

    record ProofBody(@Schema(example = "a long passphrase") @Nullable String password) {}

    record LanguageBody(@Schema(example = "zh") @Nullable String language) {}

    /// Who is signed in, and the program's version.
    record SessionJson(PersonJson.Me person, String version) {}

    /// A secret for an authenticator: to type, as an address, and as a picture.
    record TotpJson(String secret, String uri, String qrSvg) {}

    private final Database database;
    private final SignIn signIn;
    private final NewPasswords passwords;
    private final RateLimits limits;
    private final Seal seal;
    private final InstantSource clock;

    SessionController(Database database, SignIn signIn, NewPasswords passwords, RateLimits limits, Seal seal, InstantSource clock) {
        this.database = database;
        this.signIn = signIn;
        this.passwords = passwords;
        this.limits = limits;
        this.seal = seal;
        this.clock = clock;
    }

    @GetMapping
    @Needs
    @Operation(summary = "Who is signed in")
    SessionJson get(Caller caller) {
        Person person = person(caller);
        return database.guard(person.id(), caller.scope().origin(), handle ->
                new SessionJson(PersonJson.Me.of(person, caller.byToken() ? caller.rights() : person.role().rights(), AccountStore.hasTotp(handle, person.id())), version()));
    }

    static String version() {
        String built = SessionController.class.getPackage().getImplementationVersion();
        return built == null ? "unpacked" : built;
    }

    @PostMapping
    @Open
    @Operation(summary = "Sign in", description = "Answers 401 with type /problems/code-needed where the authenticator's code is missing, 429 after too many failures.")
    SessionJson post(@RequestBody SignInBody body, HttpServletRequest request, HttpServletResponse response, Locale locale) {
        Fields fields = new Fields(locale);
        String login = fields.secret("login", body.login());
        String password = fields.secret("password", body.password());
        fields.done();
        limits.signIn(request.getRemoteAddr());
        String origin = Arrival.origin(request);
        Person person = proven(signIn.judge(login, password, body.code(), origin));
        return open(person, origin, request, response);
    }

    private SessionJson open(Person person, String origin, HttpServletRequest request, HttpServletResponse response) {
        return database.guard(person.id(), origin, handle -> {
            Cookies.signedIn(response, SessionStore.open(handle, person.id(), origin, Cookies.of(request, Cookies.SESSION)));
            return new SessionJson(PersonJson.Me.of(person, person.role().rights(), AccountStore.hasTotp(handle, person.id())), version());
        });
    }

    private static Person proven(SignIn.Outcome outcome) {
        return switch (outcome) {
            case SignIn.Outcome.Proven(Person person) -> person;
            case SignIn.Outcome.Wrong _ -> throw Refusal.of(HttpStatus.UNAUTHORIZED, "wrong-credentials");
            case SignIn.Outcome.CodeNeeded _ -> throw Refusal.of(HttpStatus.UNAUTHORIZED, "code-needed");
            case SignIn.Outcome.Locked(var left) -> throw Refusal.later(HttpStatus.TOO_MANY_REQUESTS, "locked", left);
        };
    }

    @DeleteMapping
    @Open
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Sign out")
    void delete(HttpServletRequest request, HttpServletResponse response) {
        String key = Cookies.of(request, Cookies.SESSION);
        if (key != null) database.<Boolean, RuntimeException>guard(null, Arrival.origin(request), handle -> {
            SessionStore.end(handle, key);
            return true;
        });
        Cookies.signedOut(response);
    }

    @PutMapping("/password")
    @Needs
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Change one's password", description = "Ends every other session.")
    void password(@RequestBody PasswordBody body, Caller caller, HttpServletRequest request, HttpServletResponse response) {
        Person person = self(caller);
        Fields fields = new Fields(caller.locale());
        String current = fields.secret("current", body.current());
        passwords.judge(fields, "next", person.login(), body.next());
        fields.done();
        prove(person, current, request);
        String hash = passwords.hash(body.next());
        database.<Boolean, RuntimeException>guard(person.id(), caller.scope().origin(), handle -> {
            AccountStore.setPassword(handle, person.id(), hash);
            return true;
        });
        open(person, caller.scope().origin(), request, response);
    }

    private void prove(Person person, String password, HttpServletRequest request) {
        limits.signIn(request.getRemoteAddr());
        switch (signIn.judgePassword(person, password, Arrival.origin(request))) {
            case SignIn.Outcome.Proven _ -> { }
            case SignIn.Outcome.Locked(var left) -> throw Refusal.later(HttpStatus.TOO_MANY_REQUESTS, "locked", left);
            case SignIn.Outcome.Wrong _, SignIn.Outcome.CodeNeeded _ -> throw Refusal.of(HttpStatus.FORBIDDEN, "wrong-password");
        }
    }

    @PostMapping("/totp")
    @Needs
    @Operation(summary = "A new secret for an authenticator", description = "It is in use once a code of it was sent back.")
    TotpJson newTotp(Caller caller) {
        Person person = self(caller);
        Totp totp = database.<@Nullable Totp, RuntimeException>guard(person.id(), caller.scope().origin(), handle -> AccountStore.newTotp(handle, seal, person.id()));
        if (totp == null) throw Refusal.of(HttpStatus.CONFLICT, "totp-on");
        return new TotpJson(totp.base32(), totp.uri(person.login()), QrCode.svg(totp.uri(person.login())));
    }

    @PutMapping("/totp")
    @Needs
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Put the authenticator to use by its first code")
    void confirmTotp(@RequestBody CodeBody body, Caller caller, HttpServletRequest request) {
        Person person = self(caller);
        limits.signIn(request.getRemoteAddr());
        String code = body.code() == null ? "" : body.code();
        if (!database.<Boolean, RuntimeException>guard(person.id(), caller.scope().origin(), handle -> AccountStore.confirmTotp(handle, seal, person.id(), code, clock.instant())))
            throw Refusal.of(HttpStatus.FORBIDDEN, "wrong-code");
    }

    @DeleteMapping("/totp")
    @Needs
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take the authenticator out of use", description = "Needs the password.")
    void endTotp(@RequestBody ProofBody body, Caller caller, HttpServletRequest request) {
        Person person = self(caller);
        prove(person, body.password() == null ? "" : body.password(), request);
        database.<Boolean, RuntimeException>guard(person.id(), caller.scope().origin(), handle -> {
            AccountStore.endTotp(handle, person.id());
            return true;
        });
    }

    @PutMapping("/language")
    @Needs
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "The language one reads: zh or en")
    void language(@RequestBody LanguageBody body, Caller caller) {
        String language = body.language();
        Fields fields = new Fields(caller.locale());
        if (language == null || !(language.equals("zh") || language.equals("en"))) fields.wrong("language", language, "field.language");
        fields.done();
        database.<Boolean, RuntimeException>guard(caller.scope().person(), caller.scope().origin(), handle -> {
            AccountStore.setLanguage(handle, caller.scope().person(), language == null ? "zh" : language);
            return true;
        });
    }

    /// The person, where a token does not do.
    private Person self(Caller caller) {
        if (caller.byToken()) throw Refusal.of(HttpStatus.FORBIDDEN, "session-only");
        return person(caller);
    }

    private Person person(Caller caller) {
        Person person = database.<@Nullable Person, RuntimeException>guard(caller.scope().person(), caller.scope().origin(), handle -> AccountStore.person(handle, caller.scope().person()));
        if (person == null) throw Refusal.of(HttpStatus.UNAUTHORIZED, "signed-out");
        return person;
    }
}
