package xiaxiang.app.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import xiaxiang.core.account.AccountStore;
import xiaxiang.core.account.Person;
import xiaxiang.core.account.SessionStore;
import xiaxiang.core.db.Database;

/// There and back again: a browser goes to the identity provider, and comes back with a code that proves who it is. It ends in a session like any other. What went wrong
/// is said on the page for signing in, where the browser is led with the problem's name.
@RestController
@RequestMapping("/api/v1/oidc")
@Tag(name = "session")
final class OidcController {
    private static final Logger LOG = LoggerFactory.getLogger(OidcController.class);
    private static final int MOST_AT_ONCE = 10_000;
    private static final Duration TIME_TO_SIGN_IN = Duration.ofMinutes(10);

    /// A sign-in under way: what was asked, and by which browser.
    private record Pending(OAuth2AuthorizationRequest asked, String browser) {}

    private final Database database;
    private final RateLimits limits;
    private final @Nullable OidcLogin provider;
    private final Cache<String, Pending> pending = Caffeine.newBuilder().maximumSize(MOST_AT_ONCE).expireAfterWrite(TIME_TO_SIGN_IN).build();

    OidcController(Database database, RateLimits limits, Optional<OidcLogin> provider) {
        this.database = database;
        this.limits = limits;
        this.provider = provider.orElse(null);
    }

    @GetMapping("/start")
    @Open
    @Operation(summary = "Sign in at the identity provider", description = "Leads the browser there.")
    ResponseEntity<Void> start(HttpServletRequest request, HttpServletResponse response) {
        if (provider == null) throw Refusal.notFound(request.getRequestURI());
        limits.signIn(request.getRemoteAddr());
        try {
            OAuth2AuthorizationRequest asked = provider.begin(request);
            String browser = SessionCsrf.fresh();
            pending.put(Objects.requireNonNull(asked.getState()), new Pending(asked, browser));
            Cookies.atProvider(response, browser, TIME_TO_SIGN_IN);
            return to(asked.getAuthorizationRequestUri());
        } catch (OidcLogin.Down down) {
            return problem("oidc-down", down);
        }
    }

    @GetMapping("/callback")
    @Open
    @Operation(summary = "Back from the identity provider", description = "The provider leads the browser here.")
    ResponseEntity<Void> callback(@RequestParam(required = false) @Nullable String state, @RequestParam(required = false) @Nullable String code, @RequestParam(required = false) @Nullable String error,
            HttpServletRequest request, HttpServletResponse response) {
        if (provider == null) throw Refusal.notFound(request.getRequestURI());
        limits.signIn(request.getRemoteAddr());
        Pending begun = state == null ? null : pending.asMap().remove(state);
        // The browser that began must be the one that ends: nobody is led into another's account.
        if (state == null || begun == null || !begun.browser().equals(Cookies.of(request, Cookies.OIDC))) return problem("oidc-state", null);
        Cookies.atProvider(response, "", Duration.ZERO);
        if (code == null || error != null) return problem("oidc-refused", null);
        try {
            var answer = OAuth2AuthorizationResponse.success(code).redirectUri(Objects.requireNonNull(begun.asked().getRedirectUri())).state(state).build();
            return signedIn(provider.end(begun.asked(), answer), request, response);
        } catch (OidcLogin.Down down) {
            return problem("oidc-down", down);
        } catch (OidcLogin.Refused refused) {
            return problem("oidc-refused", refused);
        }
    }

    private ResponseEntity<Void> signedIn(OidcUser user, HttpServletRequest request, HttpServletResponse response) {
        String issuer = provider == null ? "" : provider.issuer();
        String subject = Objects.requireNonNull(user.getSubject(), "A validated ID token names its subject.");
        String email = OidcLogin.verifiedEmail(user);
        String origin = Arrival.origin(request);
        return database.guard(null, origin, handle -> {
            Person person = AccountStore.identified(handle, issuer, subject);
            if (person == null && email == null) return problem("oidc-email", null);
            if (person == null && email != null) person = AccountStore.link(handle, issuer, subject, email);
            if (person == null) return problem("oidc-unknown", null);
            Cookies.signedIn(response, SessionStore.open(handle, person.id(), origin, Cookies.of(request, Cookies.SESSION)));
            return to("/");
        });
    }

    private static ResponseEntity<Void> problem(String key, @Nullable Throwable cause) {
        if (cause != null) LOG.warn("Signing in at the identity provider failed: {}: {}", key, cause.getMessage());
        return to("/sign-in?problem=" + key);
    }

    private static ResponseEntity<Void> to(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }
}
