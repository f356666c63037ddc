package xiaxiang.app.config;

import java.nio.file.Path;

/// An identity provider people may sign in at: its issuer, this server's client id there, the file with the client's secret, and the name people know it by.
public record OidcSettings(String issuer, String client, Path secretFile, String name) {}
