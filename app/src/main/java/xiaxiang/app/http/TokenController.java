package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import xiaxiang.core.account.Right;
import xiaxiang.core.account.TokenStore;
import xiaxiang.core.db.Database;

/// One's own tokens: keys by which programs act with some of one's rights. Only somebody signed in deals with them, never a token.
@RestController
@RequestMapping("/api/v1/tokens")
@Tag(name = "tokens", description = "Keys for programs")
final class TokenController {
    record NewToken(@Schema(example = "nightly export") @Nullable String name, @Schema(example = "[\"read_shops\", \"export\"]") @Nullable List<String> rights, @Schema(example = "90") @Nullable Integer days) {}

    record TokenJson(long id, String name, List<String> rights, Instant createdAt, Instant expiresAt, @Nullable Instant lastUsedAt) {
        static TokenJson of(TokenStore.Token token) {
            return new TokenJson(token.id(), token.name(), PersonJson.names(token.rights()), token.createdAt(), token.expiresAt(), token.usedAt());
        }
    }

    /// A new token; the key is shown this once: send it as `Authorization: Bearer KEY`.
    record MadeJson(long id, String token) {}

    private final Database database;

    TokenController(Database database) {
        this.database = database;
    }

    @GetMapping
    @Needs
    @Operation(summary = "My tokens that still work")
    List<TokenJson> list(Caller caller) {
        signedIn(caller);
        return database.<List<TokenStore.Token>, RuntimeException>guard(caller.scope().person(), caller.scope().origin(), handle -> TokenStore.list(handle, caller.scope().person())).stream().map(TokenJson::of).toList();
    }

    @PostMapping
    @Needs
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "A new token", description = "With rights of my own, for 1 to 365 days.")
    MadeJson make(Caller caller, @RequestBody NewToken body) {
        signedIn(caller);
        Fields fields = new Fields(caller.locale());
        String name = fields.text("name", body.name(), 100);
        Set<Right> rights = rights(fields, caller, body.rights());
        int days = body.days() == null ? 90 : body.days();
        if (days < 1 || days > 365) fields.wrong("days", days, "field.days");
        fields.done();
        TokenStore.Made made = database.<TokenStore.@Nullable Made, RuntimeException>guard(caller.scope().person(), caller.scope().origin(),
                handle -> TokenStore.make(handle, caller.scope().person(), name, rights, days));
        if (made == null) throw Refusal.of(HttpStatus.CONFLICT, "many-tokens");
        return new MadeJson(made.id(), made.key());
    }

    private static Set<Right> rights(Fields fields, Caller caller, @Nullable List<String> names) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        if (names == null || names.isEmpty()) fields.wrong("rights", null, "field.missing");
        else for (String name : names) {
            Right right = caller.rights().stream().filter(one -> one.text().equals(name)).findFirst().orElse(null);
            if (right == null) fields.wrong("rights", name, "field.right");
            else rights.add(right);
        }
        return rights;
    }

    @DeleteMapping("/{id}")
    @Needs
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End a token")
    void revoke(Caller caller, @PathVariable long id) {
        signedIn(caller);
        if (!database.<Boolean, RuntimeException>guard(caller.scope().person(), caller.scope().origin(), handle -> TokenStore.revoke(handle, caller.scope().person(), id))) throw Refusal.notFound(id);
    }

    private static void signedIn(Caller caller) {
        if (caller.byToken()) throw Refusal.of(HttpStatus.FORBIDDEN, "session-only");
    }
}
