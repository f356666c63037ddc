package xiaxiang.app.http;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Somebody who writes one thing after another until told to stop, over real HTTP, and notes what was acknowledged and what they cannot know. Each write has a name no
/// other has.
abstract sealed class Writer implements Runnable {
    private static final long PAUSE_MILLIS = 20;
    private static final long AGAIN_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    final Visitor visitor;
    final String path;
    /// The table the writes end in.
    final String table;
    final List<String> acknowledged = new ArrayList<>();
    /// Done whole or not at all: the answer was lost.
    final List<String> unknown = new ArrayList<>();
    /// What must not happen.
    final List<String> faults = new ArrayList<>();
    private volatile boolean stopped;
    private volatile int answers;

    private Writer(Visitor visitor, String path, String table) {
        this.visitor = visitor;
        this.path = path;
        this.table = table;
    }

    @Override
    public final void run() {
        try {
            for (int n = 1; !stopped; n++) {
                write("写 " + path + " " + n);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            faults.add(e.toString());
        }
    }

    abstract void write(String name) throws InterruptedException;

    /// How many writes have been acknowledged.
    final int answers() {
        return answers;
    }

    final void stop() {
        stopped = true;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // this thread alone writes
    final void acknowledge(String name) {
        acknowledged.add(name);
        answers++;
    }

    final void fault(String name, HttpResponse<byte[]> answer) {
        faults.add(name + ": " + answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
    }

    /// The answer; null where there was none, or one that says nothing of the outcome.
    final @Nullable HttpResponse<byte[]> tried(String method, String path, @Nullable String body, String... headers) {
        try {
            HttpResponse<byte[]> answer = visitor.send(method, path, body, headers);
            return answer.statusCode() >= 500 ? null : answer;
        } catch (IllegalStateException noAnswer) {
            return null;
        }
    }

    /// Asks again and again until the server says something.
    final @Nullable HttpResponse<byte[]> insist(String method, String path, @Nullable String body, String... headers) throws InterruptedException {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; Thread.sleep(AGAIN_MILLIS)) {
            HttpResponse<byte[]> answer = tried(method, path, body, headers);
            if (answer != null) return answer;
        }
        faults.add(method + " " + path + " was never answered");
        stop();
        return null;
    }

    /// Adds rows with an Idempotency-Key each, asks again under the same key where no answer came, and every fifth time though one did.
    static final class Adder extends Writer {
        private static final int REPEATED = 5;
        private final UnaryOperator<String> body;

        Adder(Visitor visitor, String path, String table, UnaryOperator<String> body) {
            super(visitor, path, table);
            this.body = body;
        }

        private String key(String name) {
            return name.replaceAll("[^!-~]", "-");
        }

        @Override
        void write(String name) throws InterruptedException {
            HttpResponse<byte[]> answer = insist("POST", path, body.apply(name), "Idempotency-Key", key(name));
            if (answer == null || Visitor.problem(answer).equals("409 key-open")) unknown.add(name);
            else if (answer.statusCode() != 201) fault(name, answer);
            else {
                acknowledge(name);
                if (answers() % REPEATED == 0) repeat(name, answer);
            }
        }

        private void repeat(String name, HttpResponse<byte[]> first) throws InterruptedException {
            HttpResponse<byte[]> again = insist("POST", path, body.apply(name), "Idempotency-Key", key(name));
            if (again != null && (again.statusCode() != 201 || !Visitor.json(again).path("id").equals(Visitor.json(first).path("id")))) fault(name + " repeated", again);
        }
    }

    /// Gives one thing one name after another, always over the version seen.
    static final class Changer extends Writer {
        private @Nullable String version;
        private String current = "";

        Changer(Visitor visitor, String path, String table) {
            super(visitor, path, table);
        }

        @Override
        void write(String name) throws InterruptedException {
            if (version == null) look(current);
            HttpResponse<byte[]> answer = tried("PATCH", path, "{\"name\": \"" + name + "\"}", "If-Match", String.valueOf(version));
            if (answer == null) {
                unknown.add(name);
                look(name);
            } else if (answer.statusCode() == 200) {
                acknowledge(name);
                current = name;
                version = answer.headers().firstValue("ETag").orElse(null);
            } else fault(name, answer);
        }

        /// What it is called now: as before, or by the name that may have been lost.
        private void look(String maybe) throws InterruptedException {
            HttpResponse<byte[]> answer = insist("GET", path, null);
            if (answer == null) return;
            if (answer.statusCode() != 200) {
                fault("look", answer);
                return;
            }
            String found = Visitor.json(answer).path("name").asString();
            if (!current.isEmpty() && !found.equals(current) && !found.equals(maybe)) faults.add(path + " is called " + found + ", not " + current + " or " + maybe);
            current = found;
            version = answer.headers().firstValue("ETag").orElse(null);
        }

        String current() {
            return current;
        }
    }

    /// Imports a shop at a time, and applies it at once.
    static final class Importer extends Writer {
        private static final String HEAD = "id,name,division,lon,lat,datum,owner,format,brands,running_fen_year,source,kind\n";

        Importer(Visitor visitor) {
            super(visitor, "/api/v1/imports", "import");
        }

        @Override
        void write(String name) throws InterruptedException {
            byte[] file = (HEAD + "import" + name.substring(name.lastIndexOf(' ') + 1) + "," + name + ",410329101,112.28,34.31,WGS-84,rival,owner_run,OPPO,0,list,observed\n").getBytes(StandardCharsets.UTF_8);
            long id;
            try {
                HttpResponse<byte[]> answer = visitor.upload(path, Map.of("shops.csv", file), Map.of("dryRun", "false"));
                if (answer.statusCode() >= 500) return;
                if (answer.statusCode() != 202) {
                    fault(name, answer);
                    return;
                }
                id = Visitor.json(answer).path("id").asLong();
            } catch (IllegalStateException noAnswer) {
                return;
            }
            acknowledge(id + " " + name);
            await(id);
        }

        /// One at a time: a queue of one's own is not what is tried here. A server that is killed again and again may get to none; that it ends is judged when all is calm.
        private void await(long id) throws InterruptedException {
            for (int i = 0; i < 600; i++) {
                HttpResponse<byte[]> now = tried("GET", path + "/" + id, null);
                if (now != null && now.statusCode() == 404) fault("import " + id, now);
                if (now != null && !List.of("judging", "applying").contains(Visitor.json(now).path("state").asString())) return;
                Thread.sleep(AGAIN_MILLIS);
            }
        }
    }
}
