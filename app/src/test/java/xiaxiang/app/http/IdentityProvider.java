package xiaxiang.app.http;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A real identity provider, the npm package oidc-provider in a process of node's, on a port that stays its own from start to start.
public final class IdentityProvider {
    private static final Path FOLDER = Path.of("..", "web", "tests", "oidc").toAbsolutePath().normalize();

    private final int port;
    private @Nullable Process process;

    /// Installs the package where it is not there yet, and finds a port.
    public IdentityProvider() throws IOException, InterruptedException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = any.getLocalPort();
        }
        if (Files.isDirectory(FOLDER.resolve("node_modules/oidc-provider"))) return;
        // Not our own input and output: those are the test runner's channel, and node would set them to non-blocking.
        Process install = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error").directory(FOLDER.toFile())
                .redirectInput(new File("/dev/null")).redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        if (!install.waitFor(5, TimeUnit.MINUTES) || install.exitValue() != 0) throw new IOException("npm ci failed in " + FOLDER);
    }

    /// Its address.
    public String issuer() {
        return "http://127.0.0.1:" + port;
    }

    /// Starts it for an application at this address; returns when it answers.
    public void start(String application) throws IOException {
        Process started = new ProcessBuilder(List.of("node", "provider.mjs", String.valueOf(port), application + "/api/v1/oidc/callback")).directory(FOLDER.toFile()).redirectErrorStream(true).start();
        process = started;
        BufferedReader out = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals("ready")) {
                Thread.ofVirtual().start(() -> out.lines().forEach(_ -> { }));
                return;
            }
            said.append(line).append('\n');
        }
        throw new IOException("The identity provider did not start:\n" + said);
    }

    /// Signs somebody in there as a person would, from the address a browser was led to; returns the address that leads back.
    String signIn(String address, String name) {
        Visitor browser = new Visitor("");
        String at = absolute(location(browser, "GET", address, null));
        for (String form : List.of("prompt=login&login=" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "&password=x", "prompt=consent")) {
            String resume = absolute(location(browser, "POST", at, form));
            String next = location(browser, "GET", resume, null);
            if (next.contains("/api/v1/oidc/callback")) return next;
            at = absolute(next);
        }
        throw new IllegalStateException("The provider does not lead back, but to " + at);
    }

    private String absolute(String location) {
        return location.startsWith("/") ? issuer() + location : location;
    }

    private static String location(Visitor browser, String method, String address, @Nullable String form) {
        var answer = browser.send(method, address, form, "Content-Type", "application/x-www-form-urlencoded");
        return answer.headers().firstValue("Location").orElseThrow(() -> new IllegalStateException(address + ": " + answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8)));
    }

    /// Ends it.
    public void stop() throws InterruptedException {
        if (process == null) return;
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }
}
