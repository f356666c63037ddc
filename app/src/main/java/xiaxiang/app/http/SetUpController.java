package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import xiaxiang.core.account.InvitationStore;
import xiaxiang.core.account.Person;
import xiaxiang.core.db.Database;

/// One-time links: the first administrator's, and those of people who were invited. Which link does not work and why, nobody is told.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "set-up", description = "The first administrator, and invitations")
final class SetUpController {
    record SetUpBody(@Schema(example = "the token of the link") @Nullable String token, @Schema(example = "wang") @Nullable String login, @Schema(example = "王莉") @Nullable String name,
            @Schema(example = "a long passphrase") @Nullable String password) {}

    record AcceptBody(@Schema(example = "the token of the link") @Nullable String token, @Schema(example = "a long passphrase") @Nullable String password) {}

    /// Whether there is nobody yet, and how else one signs in.
    record SetUpJson(boolean needed, @Nullable ProviderJson oidc) {}

    /// An identity provider: its name, and the address that leads there.
    record ProviderJson(String name, String url) {}

    /// Who can sign in from now on.
    record LoginJson(String login) {}

    private final Database database;
    private final NewPasswords passwords;
    private final RateLimits limits;
    private final @Nullable ProviderJson provider;

    SetUpController(Database database, NewPasswords passwords, RateLimits limits, Optional<OidcLogin> provider) {
        this.provider = provider.map(known -> new ProviderJson(known.name(), "/api/v1/oidc/start")).orElse(null);
        this.database = database;
        this.passwords = passwords;
        this.limits = limits;
    }

    @GetMapping("/setup")
    @Open
    @Operation(summary = "Whether the first administrator is still to be made")
    SetUpJson setUp(HttpServletRequest request) {
        boolean needed = database.<Boolean, RuntimeException>guard(null, Arrival.origin(request), InvitationStore::setUpNeeded);
        return new SetUpJson(needed, provider);
    }

    @PostMapping("/setup")
    @Open
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Make the first administrator", description = "By the one-time link that the server printed when it started.")
    LoginJson setUp(@RequestBody SetUpBody body, HttpServletRequest request, Locale locale) {
        limits.signIn(request.getRemoteAddr());
        String token = body.token() == null ? "" : body.token();
        String origin = Arrival.origin(request);
        if (!database.<Boolean, RuntimeException>guard(null, origin, handle -> InvitationStore.isFirst(handle, token))) throw Refusal.of(HttpStatus.FORBIDDEN, "link");
        Fields fields = new Fields(locale);
        String login = Logins.judge(fields, body.login());
        String name = fields.text("name", body.name(), 200);
        passwords.judge(fields, "password", login, body.password());
        fields.done();
        String hash = passwords.hash(body.password());
        String language = locale.getLanguage();
        Person made = database.<@Nullable Person, RuntimeException>guard(null, origin, handle -> InvitationStore.makeFirst(handle, token, login, name, hash, language));
        if (made == null) throw Refusal.of(HttpStatus.FORBIDDEN, "link");
        return new LoginJson(made.login());
    }

    @PostMapping("/invitations/accept")
    @Open
    @Operation(summary = "Set a password by an invitation's link", description = "Also takes a lost authenticator out of use.")
    LoginJson accept(@RequestBody AcceptBody body, HttpServletRequest request, Locale locale) {
        limits.signIn(request.getRemoteAddr());
        String token = body.token() == null ? "" : body.token();
        String origin = Arrival.origin(request);
        Person invited = database.<@Nullable Person, RuntimeException>guard(null, origin, handle -> InvitationStore.invited(handle, token));
        if (invited == null) throw Refusal.of(HttpStatus.FORBIDDEN, "link");
        Fields fields = new Fields(locale);
        passwords.judge(fields, "password", invited.login(), body.password());
        fields.done();
        String hash = passwords.hash(body.password());
        if (!database.<Boolean, RuntimeException>guard(invited.id(), origin, handle -> InvitationStore.accept(handle, token, hash))) throw Refusal.of(HttpStatus.FORBIDDEN, "link");
        return new LoginJson(invited.login());
    }
}
