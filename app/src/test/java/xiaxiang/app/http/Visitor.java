package xiaxiang.app.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A browser's ways over real HTTP: keeps cookies, and repeats the one that guards against forged requests.
final class Visitor {
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).connectTimeout(Duration.ofSeconds(10)).build();

    final Map<String, String> cookies = new LinkedHashMap<>();
    final Map<String, String> headers = new LinkedHashMap<>();
    private final String root;
    private final HttpClient client;

    Visitor(String root) {
        this(root, CLIENT);
    }

    Visitor(String root, HttpClient client) {
        this.root = root;
        this.client = client;
        headers.put("Accept-Language", "en");
    }

    /// With a session that was opened for it.
    Visitor withSession(String key) {
        cookies.put(Cookies.SESSION, key);
        cookies.put(Cookies.CSRF, Cookies.csrfOf(key));
        return this;
    }

    /// Signs in as people do.
    Visitor signedIn(String login, String password) {
        get("/api/v1/setup");
        HttpResponse<byte[]> answer = send("POST", "/api/v1/session", JsonMapper.shared().createObjectNode().put("login", login).put("password", password).toString());
        if (answer.statusCode() != 200) throw new AssertionError(login + " cannot sign in: " + new String(answer.body(), StandardCharsets.UTF_8));
        return this;
    }

    HttpResponse<byte[]> get(String path) {
        return send("GET", path, null);
    }

    HttpResponse<byte[]> send(String method, String path, @Nullable String json, String... more) {
        HttpRequest.Builder request = request(path, !method.equals("GET"));
        if (json != null) request.setHeader("Content-Type", "application/json");
        for (int i = 0; i < more.length; i += 2) request.setHeader(more[i], more[i + 1]);
        return exchange(request.method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json)).build());
    }

    private HttpRequest.Builder request(String path, boolean changes) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofMinutes(2));
        headers.forEach(request::setHeader);
        if (!cookies.isEmpty()) request.setHeader("Cookie", cookies.entrySet().stream().map(c -> c.getKey() + "=" + c.getValue()).collect(Collectors.joining("; ")));
        if (changes && cookies.containsKey(Cookies.CSRF)) request.setHeader("X-CSRF-TOKEN", cookies.getOrDefault(Cookies.CSRF, ""));
        return request;
    }

    /// Sends files and fields as a form does.
    HttpResponse<byte[]> upload(String path, Map<String, byte[]> files, Map<String, String> fields) {
        String edge = "edge-of-a-part";
        var body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> body.writeBytes(("--" + edge + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n").getBytes(StandardCharsets.UTF_8)));
        files.forEach((name, bytes) -> {
            body.writeBytes(("--" + edge + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            body.writeBytes(bytes);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        body.writeBytes(("--" + edge + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return exchange(request(path, true).header("Content-Type", "multipart/form-data; boundary=" + edge).POST(BodyPublishers.ofByteArray(body.toByteArray())).build());
    }

    HttpResponse<byte[]> exchange(HttpRequest request) {
        try {
            HttpResponse<byte[]> answer = client.sendAsync(request, BodyHandlers.ofByteArray()).get(30, TimeUnit.SECONDS);
            for (String set : answer.headers().allValues("Set-Cookie")) keep(set);
            return answer;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String set) {
        String pair = set.split(";", 2)[0];
        String name = pair.substring(0, pair.indexOf('='));
        if (set.contains("Max-Age=0")) cookies.remove(name);
        else cookies.put(name, pair.substring(pair.indexOf('=') + 1));
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    /// The last part of a problem's type.
    static String problem(HttpResponse<byte[]> answer) {
        if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")) return answer.statusCode() + " is no problem+json";
        String type = json(answer).path("type").asString();
        return answer.statusCode() + " " + type.substring(type.lastIndexOf('/') + 1);
    }
}
