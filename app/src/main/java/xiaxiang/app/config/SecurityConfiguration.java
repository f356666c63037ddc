package xiaxiang.app.config;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import xiaxiang.app.http.Arrival;
import xiaxiang.app.http.BodyLimit;
import xiaxiang.app.http.ContentPolicy;
import xiaxiang.app.http.ProblemJson;
import xiaxiang.app.http.ProblemValve;
import xiaxiang.app.http.RateLimits;
import xiaxiang.app.http.ReaderLocale;
import xiaxiang.app.http.SessionCsrf;
import xiaxiang.core.db.Database;

/// What stands before every handler: headers, sizes, forged requests, who calls and how often. Which handler needs which right is said at the handler
/// ([xiaxiang.app.http.Needs]) and refused there.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    @Bean
    SecurityFilterChain chain(HttpSecurity http, Database database, RateLimits limits, Enforcement enforcement) {
        SessionCsrf csrf = new SessionCsrf();
        return http.authorizeHttpRequests(all -> all.anyRequest().permitAll()).sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(c -> c.csrfTokenRepository(csrf).csrfTokenRequestHandler(csrf).requireCsrfProtectionMatcher(SessionCsrf::guards)).requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable).httpBasic(AbstractHttpConfigurer::disable).logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(e -> e.accessDeniedHandler((request, response, _) -> ProblemJson.of(ReaderLocale.of(request), HttpStatus.FORBIDDEN, "csrf", List.of()).write(response)))
                .addFilterBefore(new BodyLimit(), CsrfFilter.class).addFilterBefore(new Arrival(database, limits, enforcement != Enforcement.DATABASE_ONLY), AnonymousAuthenticationFilter.class)
                .headers(SecurityConfiguration::headers).build();
    }

    /// An answer that says nothing of caching is kept nowhere; Strict-Transport-Security goes over TLS only.
    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(c -> c.policyDirectives(ContentPolicy.TEXT)).referrerPolicy(r -> r.policy(ReferrerPolicy.NO_REFERRER))
                .httpStrictTransportSecurity(s -> s.maxAgeInSeconds(Duration.ofDays(365).toSeconds()).includeSubDomains(false))
                .crossOriginOpenerPolicy(c -> c.policy(CrossOriginOpenerPolicy.SAME_ORIGIN)).crossOriginResourcePolicy(c -> c.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(p -> p.policy("camera=(), microphone=(), payment=(), usb=(), geolocation=(self)"));
    }

    /// Addresses and methods that no honest client sends.
    @Bean
    RequestRejectedHandler rejected() {
        return (request, response, _) -> {
            ContentPolicy.guard(response);
            ProblemJson.of(ReaderLocale.of(request), HttpStatus.BAD_REQUEST, "rejected", List.of()).write(response);
        };
    }

    /// What Tomcat itself refuses is a problem too. Made last, it stands before Tomcat's own page.
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat() {
        return factory -> factory.addContextCustomizers(context -> context.getParent().getPipeline().addValve(new ProblemValve()));
    }
}
