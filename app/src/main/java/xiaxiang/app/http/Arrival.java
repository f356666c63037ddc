package xiaxiang.app.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;
import xiaxiang.core.account.Person;
import xiaxiang.core.account.Right;
import xiaxiang.core.account.SessionStore;
import xiaxiang.core.account.TokenStore;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.Scope;
import xiaxiang.core.db.Territory;

/// Finds out who calls, anew at every request: role, rights and territory are what the tables say now, and a person who was disabled is nobody at once.
/// A token in the Authorization header stands alone: if it does not work, no cookie is looked at.
public final class Arrival extends OncePerRequestFilter {
    private static final String BEARER = "Bearer ";
    private static final String API = "/api/";
    private static final String METERS = "/metrics";
    private static final List<String> FORWARDED = List.of("X-Forwarded-For", "Forwarded", "X-Real-IP");

    private final Database database;
    private final RateLimits limits;
    private final boolean checked;

    /// `checked` is false only in a test that sees what the database alone lets through.
    public Arrival(Database database, RateLimits limits, boolean checked) {
        this.database = database;
        this.limits = limits;
        this.checked = checked;
    }

    /// The token in the Authorization header; null without one.
    static @Nullable String bearer(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length()) ? header.substring(BEARER.length()).strip() : null;
    }

    /// From where a request comes, as the audit says it.
    static String origin(HttpServletRequest request) {
        return "ip " + request.getRemoteAddr() + " request " + request.getAttribute(Arrival.class.getName());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().startsWith(API) && !isMeters(request);
    }

    private static boolean isMeters(HttpServletRequest request) {
        return request.getServletPath().equals(METERS) || request.getServletPath().startsWith(METERS + "/");
    }

    /// Meters tell how the server is used: they are for this machine itself, and for who reads the audit of everywhere. What a proxy on this machine passes on comes from elsewhere.
    private static boolean mayReadMeters(HttpServletRequest request, @Nullable Caller caller) {
        if (caller != null && caller.may(Right.READ_AUDIT) && caller.territory().equals(Territory.everywhere())) return true;
        return FORWARDED.stream().allMatch(name -> request.getHeader(name) == null) && InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        request.setAttribute(Arrival.class.getName(), UUID.randomUUID().toString().substring(0, 8));
        try {
            Caller caller = caller(request);
            limits.request(caller == null ? RateLimits.network(request.getRemoteAddr()) : "person " + caller.scope().person());
            if (isMeters(request) && !mayReadMeters(request, caller)) throw Refusal.of(HttpStatus.FORBIDDEN, "meters");
            if (caller != null) SecurityContextHolder.setContext(new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(caller, null, List.of())));
        } catch (Refusal refusal) {
            ProblemJson.of(ReaderLocale.of(request), refusal).write(response);
            return;
        } catch (ConnectionException e) {
            ProblemJson.of(ReaderLocale.of(request), ProblemAdvice.crowded()).write(response);
            return;
        }
        String path = request.getServletPath();
        if (request.getMethod().equals("GET") && (path.equals("/api/v1/session") || path.equals("/api/v1/setup"))) SessionCsrf.offer(request, response);
        chain.doFilter(request, response);
    }

    private @Nullable Caller caller(HttpServletRequest request) {
        String token = bearer(request);
        String session = token == null ? Cookies.of(request, Cookies.SESSION) : null;
        if (token == null && session == null) return null;
        return database.guard(null, origin(request), handle -> {
            if (token != null) {
                TokenStore.Bearer bearer = TokenStore.find(handle, token);
                if (bearer == null) throw Refusal.of(HttpStatus.UNAUTHORIZED, "bad-token");
                return caller(request, bearer.person(), bearer.rights(), bearer.rights().stream().map(Right::text).sorted().toList());
            }
            SessionStore.Session found = session == null ? null : SessionStore.find(handle, session);
            return found == null ? null : caller(request, found.person(), found.person().role().rights(), null);
        });
    }

    private Caller caller(HttpServletRequest request, Person person, Set<Right> rights, @Nullable List<String> narrowed) {
        Locale locale = ReaderLocale.of(request);
        Scope scope = new Scope(person.id(), origin(request), narrowed);
        return checked ? new Caller(scope, person.territory(), rights, locale) : new Caller(scope, Territory.everywhere(), EnumSet.allOf(Right.class), locale);
    }
}
