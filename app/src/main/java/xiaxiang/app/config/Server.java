package xiaxiang.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import xiaxiang.core.db.Database;

/// A running web server on a database that is up to date. Closing it ends open requests gracefully; the database is its starter's to close.
public final class Server implements AutoCloseable {
    private final ServletWebServerApplicationContext context;

    private Server(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    /// Starts it; returns when it answers. `enforcement` is both but in tests.
    public static Server start(ServerSettings settings, Database database, Enforcement enforcement) {
        var context = new SpringApplicationBuilder(ServerConfiguration.class).web(WebApplicationType.SERVLET).bannerMode(Banner.Mode.OFF).logStartupInfo(false)
                .registerShutdownHook(false).properties(properties(settings)).initializers((GenericApplicationContext c) -> {
                    c.registerBean(ServerSettings.class, () -> settings);
                    c.registerBean(Database.class, () -> database, definition -> definition.setDestroyMethodName(""));
                    c.registerBean(Enforcement.class, () -> enforcement);
                }).run();
        return new Server((ServletWebServerApplicationContext) context);
    }

    private static Map<String, Object> properties(ServerSettings settings) {
        Map<String, Object> all = new HashMap<>();
        fixed().forEach((name, value) -> all.put(name.toString(), value));
        all.put("server.address", settings.address());
        all.put("server.port", settings.port());
        all.put("server.forward-headers-strategy", settings.proxy() == null ? "none" : "native");
        if (settings.proxy() != null) {
            all.put("server.tomcat.remoteip.internal-proxies", Pattern.quote(settings.proxy()));
            all.put("server.tomcat.remoteip.remote-ip-header", "X-Forwarded-For");
            all.put("server.tomcat.remoteip.protocol-header", "X-Forwarded-Proto");
        }
        if (settings.certificate() != null && settings.key() != null) {
            all.put("server.ssl.certificate", settings.certificate().toUri().toString());
            all.put("server.ssl.certificate-private-key", settings.key().toUri().toString());
        }
        return all;
    }

    /// What is the same on every machine.
    private static Properties fixed() {
        try (InputStream in = Server.class.getResourceAsStream("server.properties")) {
            Properties all = new Properties();
            all.load(in);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The port it listens on.
    public int port() {
        return context.getWebServer() == null ? -1 : context.getWebServer().getPort();
    }

    /// A part of it, by type: for tests and the jobs that start with it.
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
