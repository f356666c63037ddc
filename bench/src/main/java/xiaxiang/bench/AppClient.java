package xiaxiang.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody at the HTTP interface, first by session, then by an API token.
final class AppClient {
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final Map<String, String> cookies = new HashMap<>();
    private @Nullable String token;

    /// Of a server's address, with a slash at the end.
    AppClient(String base) {
        this.base = base + "api/v1";
    }

    /// Every later request carries this token, and no cookie.
    void use(String apiToken) {
        token = apiToken;
    }

    /// The token it uses; blank without one.
    String token() {
        return token == null ? "" : token;
    }

    /// Takes the cookies of a GET, so that what changes something can be sent.
    JsonNode get(String path) throws IOException, InterruptedException {
        return json(send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    /// A GET whose answer, packed as browsers want it, is thrown away: its bytes. Throws unless it is well answered.
    int size(String path) throws IOException, InterruptedException {
        return send(packed(path), HttpResponse.BodyHandlers.ofByteArray()).body().length;
    }

    /// The same, while others are sent.
    CompletableFuture<Integer> later(String path) {
        HttpRequest request = packed(path);
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()).thenApply(answer -> {
            try {
                return checked(request, answer).body().length;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private HttpRequest packed(String path) {
        return request(path).header("Accept-Encoding", "gzip").GET().build();
    }

    /// Follows server-sent events to their end: the name and the data of each.
    void events(String path, BiConsumer<String, JsonNode> heard) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer = http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofLines());
        if (answer.statusCode() >= 300) throw new IOException("GET " + path + ": " + answer.statusCode());
        String name = "";
        try (Stream<String> lines = answer.body()) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.startsWith("event: ")) name = line.substring("event: ".length());
                else if (line.startsWith("data: ")) heard.accept(name, JsonMapper.shared().readTree(line.substring("data: ".length())));
            }
        }
    }

    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return json(send(request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(body))).build(),
                HttpResponse.BodyHandlers.ofByteArray()));
    }

    /// Sends a form of texts, as a browser sends one that may hold files.
    JsonNode form(String path, Map<String, String> fields) throws IOException, InterruptedException {
        String boundary = "xiaxiang-" + Long.toString(System.nanoTime(), 36);
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> body.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"").append(name).append("\"\r\n\r\n").append(value).append("\r\n"));
        body.append("--").append(boundary).append("--\r\n");
        return json(send(request(path).header("Content-Type", "multipart/form-data; boundary=" + boundary).POST(HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8)).build(),
                HttpResponse.BodyHandlers.ofByteArray()));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60)).header("Accept-Language", "en");
        if (token != null) return request.header("Authorization", "Bearer " + token);
        if (!cookies.isEmpty()) request.header("Cookie", String.join("; ", cookies.entrySet().stream().map(c -> c.getKey() + "=" + c.getValue()).toList()));
        if (cookies.containsKey("__Host-csrf")) request.header("X-CSRF-TOKEN", cookies.get("__Host-csrf"));
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest request, HttpResponse.BodyHandler<byte[]> handler) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(request, handler);
        if (token == null) {
            for (String cookie : answer.headers().allValues("Set-Cookie")) {
                String[] pair = cookie.split(";", 2)[0].split("=", 2);
                cookies.put(pair[0], pair[1]);
            }
        }
        return checked(request, answer);
    }

    private static HttpResponse<byte[]> checked(HttpRequest request, HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() >= 300) throw new IOException(request.method() + " " + request.uri().getPath() + ": " + answer.statusCode() + (packed(answer) ? "" : " " + new String(answer.body(), StandardCharsets.UTF_8)));
        return answer;
    }

    private static boolean packed(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Encoding").isPresent();
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return answer.body().length == 0 ? JsonMapper.shared().createObjectNode() : JsonMapper.shared().readTree(answer.body());
    }
}
