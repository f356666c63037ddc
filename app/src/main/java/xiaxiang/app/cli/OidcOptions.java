package xiaxiang.app.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import xiaxiang.app.config.OidcSettings;

/// The identity provider to sign in at: all of it or nothing.
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class OidcOptions {
    @Option(names = "--oidc-issuer", required = true, paramLabel = "URL", description = "Its address, as its discovery document states it. 身份提供方地址。")
    private String issuer;

    @Option(names = "--oidc-client", required = true, paramLabel = "ID", description = "This server's client id there; its redirect address is ADDRESS/api/v1/oidc/callback. 客户端编号。")
    private String client;

    @Option(names = "--oidc-secret-file", required = true, paramLabel = "FILE", description = "File with the client's secret. 客户端密钥文件。")
    private Path secretFile;

    @Option(names = "--oidc-name", required = true, paramLabel = "NAME", description = "What people call it. 显示名称。")
    private String name;

    OidcSettings settings() {
        return new OidcSettings(issuer, client, secretFile, name);
    }
}
