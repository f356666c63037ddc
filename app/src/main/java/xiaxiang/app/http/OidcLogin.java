package xiaxiang.app.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/// Signing in at an identity provider by OpenID Connect: the authorisation code flow with PKCE, state and nonce. The provider is asked for its addresses when somebody
/// first wants to sign in there, so the server starts, and local sign-in works, while it is down.
public final class OidcLogin {
    /// The provider did not answer.
    static final class Down extends Exception {
        private static final long serialVersionUID = 1;

        Down(Throwable cause) {
            super(cause);
        }
    }

    /// The provider, or what it sent, did not prove anybody.
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(Throwable cause) {
            super(cause);
        }
    }

    /// What the provider is, once it was asked.
    private record Known(ClientRegistration registration, OidcAuthorizationCodeAuthenticationProvider flow, DefaultOAuth2AuthorizationRequestResolver requests) {}

    private static final String ID = "oidc";
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final String issuer;
    private final String client;
    private final String secret;
    private final String name;
    private final JdkClientHttpRequestFactory connections;
    private volatile @Nullable Known known;

    /// `issuer` is the provider's address as its discovery document states it; `name` is what people call it.
    public OidcLogin(String issuer, String client, String secret, String name) {
        this.issuer = issuer;
        this.client = client;
        this.secret = secret;
        this.name = name;
        connections = new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(WAIT).build());
        connections.setReadTimeout(WAIT);
    }

    String name() {
        return name;
    }

    String issuer() {
        return issuer;
    }

    /// What to ask the provider, on behalf of a browser that came by this request.
    OAuth2AuthorizationRequest begin(HttpServletRequest request) throws Down {
        OAuth2AuthorizationRequest asked = known().requests().resolve(request, ID);
        if (asked == null) throw new IllegalStateException("The registration is known.");
        return asked;
    }

    /// Who the provider says it is, by the code it sent back.
    OidcUser end(OAuth2AuthorizationRequest asked, OAuth2AuthorizationResponse answer) throws Down, Refused {
        Known now = known();
        try {
            var token = new OAuth2LoginAuthenticationToken(now.registration(), new OAuth2AuthorizationExchange(asked, answer));
            if (now.flow().authenticate(token) instanceof OAuth2LoginAuthenticationToken proven && proven.getPrincipal() instanceof OidcUser user) return user;
            throw new IllegalStateException("The openid scope was asked for.");
        } catch (AuthenticationException e) {
            for (Throwable t = e; t != null; t = t.getCause()) if (t instanceof IOException) throw new Down(e);
            throw new Refused(e);
        }
    }

    private Known known() throws Down {
        Known before = known;
        if (before != null) return before;
        try {
            ClientRegistration registration = ClientRegistrations.fromIssuerLocation(issuer).registrationId(ID).clientId(client).clientSecret(secret).clientName(name)
                    .scope("openid", "email", "profile").redirectUri("{baseUrl}/api/v1/oidc/callback").build();
            var requests = new DefaultOAuth2AuthorizationRequestResolver(id -> id.equals(ID) ? registration : null, "/api/v1/oidc/start");
            requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
            Known now = new Known(registration, flow(registration), requests);
            known = now;
            return now;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new Down(e);
        }
    }

    private OidcAuthorizationCodeAuthenticationProvider flow(ClientRegistration registration) {
        RestTemplate rest = new RestTemplate(connections);
        rest.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        var codes = new RestClientAuthorizationCodeTokenResponseClient();
        codes.setRestClient(RestClient.builder().requestFactory(connections).configureMessageConverters(c -> c.addCustomConverter(new FormHttpMessageConverter()).addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler()).build());
        var users = new DefaultOAuth2UserService();
        users.setRestOperations(rest);
        var people = new OidcUserService();
        people.setOauth2UserService(users);
        var flow = new OidcAuthorizationCodeAuthenticationProvider(codes, people);
        JwtDecoder decoder = decoder(registration);
        flow.setJwtDecoderFactory(_ -> decoder);
        return flow;
    }

    private JwtDecoder decoder(ClientRegistration registration) {
        String keys = registration.getProviderDetails().getJwkSetUri();
        if (keys == null) throw new IllegalStateException("The provider names no keys.");
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(keys).restOperations(new RestTemplate(connections)).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(new JwtTimestampValidator(), new OidcIdTokenValidator(registration))));
        decoder.setClaimSetConverter(new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return decoder;
    }

    /// An e-mail address the provider has verified; null without one.
    static @Nullable String verifiedEmail(OidcUser user) {
        String email = user.getEmail();
        return email != null && Boolean.TRUE.equals(user.getEmailVerified()) ? email.strip().toLowerCase(Locale.ROOT) : null;
    }
}
