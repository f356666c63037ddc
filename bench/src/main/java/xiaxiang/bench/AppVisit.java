package xiaxiang.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// What a browser fetches at somebody's first visit, from the address to the home page: the page, what it names, and the parts of the pages on that way, as they travel.
final class AppVisit {
    private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"/([^\"]+)\"");
    /// The bundler's list of all parts, and for each page the numbers of those it needs.
    private static final Pattern PARTS = Pattern.compile("m\\.f=\\[([^]]*)]");
    private static final List<String> WAY = List.of("SignInPage", "HomePage");

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private int bytes;

    /// Of a server's address, with a slash at the end.
    AppVisit(String base) {
        this.base = base;
    }

    /// How much came over the wire, and in how many files.
    record Fetched(int files, int bytes) {}

    Fetched fetch() throws IOException, InterruptedException {
        String page = text("");
        Set<String> all = new LinkedHashSet<>();
        NAMED.matcher(page).results().forEach(found -> all.add(found.group(1)));
        Set<String> more = new LinkedHashSet<>();
        for (String file : all) {
            String content = text(file);
            if (file.endsWith(".js")) more.addAll(parts(content));
        }
        more.removeAll(all);
        if (more.isEmpty()) throw new IOException("The page names none of the parts of " + WAY + ". Does the bundler list them in another way?");
        for (String file : more) text(file);
        return new Fetched(1 + all.size() + more.size(), bytes);
    }

    private static Set<String> parts(String script) {
        Set<String> out = new LinkedHashSet<>();
        Matcher list = PARTS.matcher(script);
        if (!list.find()) return out;
        String[] names = list.group(1).replace("\"", "").split(",", -1);
        for (String page : WAY) {
            Matcher needs = Pattern.compile("/" + page + "-[\\w-]+\\.js.{0,40}?__vite__mapDeps\\(\\[([\\d,]+)]").matcher(script);
            if (needs.find()) for (String number : needs.group(1).split(",", -1)) out.add(names[Integer.parseInt(number)]);
        }
        return out;
    }

    private String text(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30)).header("Accept-Encoding", "gzip").GET().build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) throw new IOException("GET /" + path + ": " + answer.statusCode());
        bytes += answer.body().length;
        if (!answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) return new String(answer.body(), StandardCharsets.UTF_8);
        try (GZIPInputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(answer.body()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
