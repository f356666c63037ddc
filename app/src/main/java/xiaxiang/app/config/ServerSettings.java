package xiaxiang.app.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a server is run.
///
/// `data` holds the embedded database, its secrets and the folders of running jobs; `address` and `port` (0: any free one) are listened on; `certificate` and `key` are
/// PEM files, both or none; `proxy` is the address of the proxy that ends TLS in front, null where there is none;
/// `knownPasswords` lists passwords that are not taken, one a line; `oidc` is an identity provider to sign in at.
public record ServerSettings(Path data, String address, int port, @Nullable Path certificate, @Nullable Path key, @Nullable String proxy,
        @Nullable Path knownPasswords, @Nullable OidcSettings oidc) {
    public ServerSettings {
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("The port (" + port + ") must be in 0 to 65535.");
        if ((certificate == null) != (key == null)) throw new IllegalArgumentException("A TLS certificate and its key belong together: give both or none.");
    }

    /// Without a list of known passwords or an identity provider.
    public ServerSettings(Path data, String address, int port, @Nullable Path certificate, @Nullable Path key, @Nullable String proxy) {
        this(data, address, port, certificate, key, proxy, null, null);
    }

    /// Whether it answers by TLS itself.
    public boolean tls() {
        return certificate != null;
    }

    /// Whether passwords could be read on the way: neither TLS, nor a stated proxy, nor the loopback address only.
    public boolean exposed() throws UnknownHostException {
        return !tls() && proxy == null && !InetAddress.getByName(address).isLoopbackAddress();
    }
}
