package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import xiaxiang.app.config.Enforcement;
import xiaxiang.app.config.Server;
import xiaxiang.app.config.ServerSettings;
import xiaxiang.app.flow.DemoData;
import xiaxiang.core.account.InvitationStore;
import xiaxiang.core.account.Passwords;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.DatabaseAddress;
import xiaxiang.core.db.DatabaseRefused;
import xiaxiang.core.db.EmbeddedPostgres;
import xiaxiang.core.db.Migrations;

/// The server: database, migrations, jobs and the web application, until it is told to stop.
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Starts the server: people work together in a browser on one database. 启动服务器。",
        footer = {"", "Examples:", "  xiaxiang serve --demo                                    Yichuan County, and an example user for each role", "  xiaxiang serve --data /var/lib/xiaxiang --port 8080",
            "  xiaxiang serve --address 0.0.0.0 --tls-cert cert.pem --tls-key key.pem", "  xiaxiang serve --database jdbc:postgresql://db.example.org/xiaxiang?user=xiaxiang",
            "", "It speaks plain HTTP on the loopback address only; elsewhere it wants --tls-cert and --tls-key, or --proxy. Stop it with Ctrl-C or a TERM signal."})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class ServeCommand implements Callable<Integer> {
    private static final int CONNECTIONS = 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Mixin
    private DatabaseOptions databaseOptions;

    @Option(names = "--port", defaultValue = "8080", paramLabel = "N", description = "Port to listen on; 0 for any that is free. Default: ${DEFAULT-VALUE}. 端口。")
    private int port;

    @Option(names = "--address", defaultValue = "127.0.0.1", paramLabel = "ADDRESS", description = "Address to listen on. Default: ${DEFAULT-VALUE}. 监听地址。")
    private String address;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate chain, PEM. TLS 证书。")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key, PEM. TLS 私钥。")
    private @Nullable Path key;

    @Option(names = "--proxy", paramLabel = "ADDRESS", description = "Address of the proxy in front that speaks TLS; its X-Forwarded headers are believed, nobody else's. 前置代理地址。")
    private @Nullable String proxy;

    @Option(names = "--known-passwords", paramLabel = "FILE", description = "Passwords nobody may choose, one a line. 禁用的已知密码列表。")
    private @Nullable Path knownPasswords;

    @Option(names = "--demo", description = "Load Yichuan County and an example user for each role, if nobody has an account yet. 载入伊川县与示例用户。")
    private boolean demo;

    @ArgGroup(exclusive = false, heading = "Signing in at an identity provider (OpenID Connect):%n")
    private @Nullable OidcOptions oidc;

    @Option(names = "--exit-when-ready", hidden = true, description = "Stop as soon as it answers.")
    private boolean exitWhenReady;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerSettings settings = new ServerSettings(databaseOptions.folder(), address, port, certificate, key, proxy, knownPasswords, oidc == null ? null : oidc.settings());
        if (settings.exposed()) return refuse("serve.exposed", address);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            stop.countDown();
            await(stopped);
        }));
        try {
            run(settings, stop);
            return ExitCode.DONE;
        } catch (DatabaseRefused refused) {
            spec.commandLine().getErr().println(refused.text(common.locale()));
            return ExitCode.BAD_INPUT;
        } catch (RuntimeException fault) {
            if (portTaken(fault)) return refuse("serve.port", port);
            throw fault;
        } finally {
            stopped.countDown();
        }
    }

    private int refuse(String text, Object argument) {
        spec.commandLine().getErr().println(Words.of(common.locale(), text, argument));
        return ExitCode.BAD_INPUT;
    }

    private static boolean portTaken(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) if (t instanceof BindException) return true;
        return false;
    }

    /// The database first and last: what is on it ends before it does.
    private void run(ServerSettings settings, CountDownLatch stop) throws IOException, InterruptedException {
        DatabaseAddress own = databaseOptions.own();
        if (own != null) serve(settings, own, stop);
        else {
            try (EmbeddedPostgres embedded = EmbeddedPostgres.start(settings.data(), EmbeddedPostgres.Settings.standard())) {
                serve(settings, embedded.address(), stop);
            }
        }
    }

    private void serve(ServerSettings settings, DatabaseAddress used, CountDownLatch stop) throws IOException, InterruptedException {
        Migrations.run(used);
        try (Database database = Database.open(used, CONNECTIONS); Server server = Server.start(settings, database, Enforcement.BOTH)) {
            String url = (settings.tls() ? "https" : "http") + "://" + address + ":" + server.port() + "/";
            if (demo) sayUsers(DemoData.load(database, server.part(Passwords.class), settings.data(), Home.folder().resolve("demo/yichuan")));
            say("serve.ready", url);
            sayFirstLink(database, url);
            if (!exitWhenReady) stop.await();
        }
    }

    /// The example users, with their passwords when they were made just now.
    private void sayUsers(DemoData.Loaded loaded) {
        for (DemoData.User user : loaded.users()) say("serve.demo.user", user.login(), user.password(), Words.of(common.locale(), "role." + user.role().text()));
        say("serve.demo.file", loaded.file());
    }

    /// While nobody has an account: the one-time link that makes the first administrator. It is said even to who wants quiet, for nothing works without it.
    private void sayFirstLink(Database database, String url) {
        String key = database.<@Nullable String, RuntimeException>guard(null, "serve", InvitationStore::first);
        if (key == null) return;
        spec.commandLine().getOut().println(Words.of(common.locale(), "serve.setup", url + "#/setup?token=" + key));
        spec.commandLine().getOut().flush();
    }

    private void say(String text, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        if (!common.quiet()) out.println(Words.of(common.locale(), text, arguments));
        out.flush();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
