package xiaxiang.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import xiaxiang.app.http.OidcLogin;
import xiaxiang.core.account.KnownPasswords;
import xiaxiang.core.account.Passwords;
import xiaxiang.core.account.Seal;
import xiaxiang.core.account.SignIn;
import xiaxiang.core.db.Database;

/// What signing in needs.
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    Passwords passwords(ServerSettings settings) throws IOException {
        return Passwords.of(settings.knownPasswords() == null ? KnownPasswords.NONE : KnownPasswords.read(settings.knownPasswords()));
    }

    @Bean
    Seal seal(ServerSettings settings) throws IOException {
        return Seal.of(settings.data());
    }

    @Bean
    SignIn signIn(Database database, Passwords passwords, Seal seal, InstantSource clock) {
        return new SignIn(database, passwords, seal, clock);
    }

    /// None where no provider is set: whoever wants it takes an Optional.
    @Bean
    @Nullable OidcLogin oidc(ServerSettings settings) throws IOException {
        OidcSettings oidc = settings.oidc();
        return oidc == null ? null : new OidcLogin(oidc.issuer(), oidc.client(), Files.readString(oidc.secretFile()).strip(), oidc.name());
    }
}
