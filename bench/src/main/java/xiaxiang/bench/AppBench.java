package xiaxiang.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `xiaxiang bench app`: a server as a user starts it, with the nation on it; aim and reach side by side.
@Command(name = "app", mixinStandardHelpOptions = true, description = "The server and its web application with the nation on it: what was aimed at, and what was reached.",
        footer = {"", "Rows: ready quick-start visit import home place tile-first tile search plan rest. The rows from import on need the national atlas beside the project. Without --only all of them: about a quarter of an hour.",
            "Example: xiaxiang bench app --out bench/results/app.md"})
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
final class AppBench implements Callable<Integer> {
    private static final List<String> NATION = List.of("import", "home", "place", "tile-first", "tile", "search", "plan", "rest");
    private static final int STARTS = 3;
    private static final int WALKS = 200;
    private static final long SEED = 7;
    private static final int TILES_EACH = 12;
    private static final int SEARCHES = 20;
    private static final int REST_SECONDS = 60;
    /// Some of the three million names of villages and shops hold it, and no brand does.
    private static final String RARE = "鸣皋";

    @Option(names = "--only", split = ",", paramLabel = "ROW", description = "Only these rows; the import is made for those after it too.")
    private Set<String> only = Set.of();

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the table there too.")
    private @Nullable Path out;

    @Option(names = "--data", paramLabel = "DIR", description = "Keeps the server's data there; a nation that was imported there is used again. Without it: a new folder, deleted at the end.")
    private @Nullable Path kept;

    @Option(names = "--per-second", paramLabel = "N", defaultValue = "50", description = "Requests a second of the rows under load. Default: ${DEFAULT-VALUE}.")
    private double perSecond;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "60", description = "How long a row under load is measured, after a third of that to warm up. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    private final Path home = Path.of(System.getProperty("xiaxiang.home", ".")).toAbsolutePath().normalize();
    private final List<String> lines = new ArrayList<>();
    private boolean held = true;

    /// 0 if every row that was measured is held, else 1.
    @Override
    public Integer call() throws IOException, InterruptedException {
        say("# The app, measured\n\n`./xiaxiang bench app` on " + Machine.made() + ".\n\n" + Machine.line() + "\n\nServer, its database, the load generator and whatever else ran shared the machine; load is the mean number of processes"
                + " that wanted a core in the minute before the row and in its last. Requests are sent at a fixed rate whether or not earlier ones were answered, and timed from when they were due.\n");
        say(AppRow.head());
        Path data = kept == null ? Files.createTempDirectory("xiaxiang-bench") : Files.createDirectories(kept);
        try {
            measure(data);
        } finally {
            if (kept == null) delete(data);
        }
        if (out != null) Files.writeString(out, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        return held ? 0 : 1;
    }

    private void measure(Path data) throws IOException, InterruptedException {
        // The first start makes the database.
        try (AppServer first = start(data, true)) {
            AppPeople.of(first, data);
            if (wanted("visit")) add(AppRow.of("visit", "first visit: what is fetched over HTTP from the address to the home page, before the map", "600 kB gzip", () -> visit(first.base())));
        }
        if (wanted("ready")) add(AppRow.of("ready", "from the command to the first answer, with the database on it, without the launcher's cache, " + STARTS + " starts", "6 s", () -> starts(data, false, 6)));
        if (wanted("quick-start")) add(AppRow.of("quick-start", "the same with the launcher's ahead-of-time cache", "3 s", () -> starts(data, true, 3)));
        if (NATION.stream().noneMatch(this::wanted)) return;
        Path atlas = home.resolveSibling("shared").resolve("data/atlas");
        if (!Files.isDirectory(atlas)) {
            for (String row : NATION) if (wanted(row)) say("| " + row + " | skipped: no national atlas beside the project | | | | |");
            return;
        }
        // Where the server looks for one.
        if (!Files.exists(data.resolve("atlas"))) Files.createSymbolicLink(data.resolve("atlas"), atlas);
        try (AppServer server = start(data, true)) {
            nation(server, AppPeople.of(server, data));
        }
    }

    private AppServer start(Path data, boolean quick) throws IOException, InterruptedException {
        return AppServer.start(home, data, data.resolveSibling(data.getFileName() + ".log"), quick);
    }

    private static AppRow.Reached visit(String base) throws IOException, InterruptedException {
        AppVisit.Fetched fetched = new AppVisit(base).fetch();
        return new AppRow.Reached(String.format(Locale.ROOT, "%.0f kB in %d files", fetched.bytes() / 1e3, fetched.files()), fetched.bytes() <= 600_000);
    }

    private AppRow.Reached starts(Path data, boolean quick, double aim) throws IOException, InterruptedException {
        double[] all = new double[STARTS];
        double cpu = 0;
        for (int k = 0; k < STARTS; k++) {
            try (AppServer server = start(data, quick)) {
                all[k] = server.seconds();
                cpu += server.cpuSeconds() / STARTS;
            }
        }
        Arrays.sort(all);
        return new AppRow.Reached(String.format(Locale.ROOT, "median %.1f s (%.1f to %.1f), %.1f s of processor time", all[STARTS / 2], all[0], all[STARTS - 1], cpu), all[STARTS / 2] <= aim);
    }

    private void nation(AppServer server, AppPeople people) throws IOException, InterruptedException {
        long idle = server.residentMegabytes();
        AppNation nation = new AppNation(people);
        if (people.administrator().get("/home").path("counts").path("places").asLong() == 0) {
            add(AppRow.of("import", "the nation's townships, villages and synthetic shops, from asking over HTTP to applied", "300 s", () -> nation.bringIn("", 300)));
        }
        loads(people.administrator());
        if (wanted("plan")) add(AppRow.of("plan", "Henan, from asking over HTTP to a proven plan, followed by its events", "60 s", () -> nation.plan(60)));
        if (wanted("rest")) add(AppRow.of("rest", "resident memory of the server " + REST_SECONDS + " s after all that", "400 MB", () -> rest(server, idle)));
    }

    private void loads(AppClient client) throws IOException, InterruptedException {
        if (Stream.of("home", "place", "tile-first", "tile", "search").noneMatch(this::wanted)) return;
        AppLoads loads = new AppLoads(client, AppPlaces.of(client, WALKS, SEED), perSecond, seconds / 3, seconds);
        String rate = String.format(Locale.ROOT, " at %.0f a second for %.0f s after %.0f s of the same", perSecond, seconds, seconds / 3);
        if (wanted("home")) add(AppRow.of("home", "GET /home" + rate, "p99 300 ms", () -> AppLoads.reached(loads.home(), .99, 300)));
        if (wanted("place")) add(AppRow.of("place", "a place's page (its card, the places below, its shops, asked for at once)" + rate, "p99 200 ms", () -> AppLoads.reached(loads.place(), .99, 200)));
        if (wanted("tile-first")) add(AppRow.of("tile-first", "tiles of all layers, zooms 3 to 14, one after another, each for the first time", "p95 100 ms", () -> AppLoads.reached(loads.coldTiles(TILES_EACH), .95, 100)));
        if (wanted("tile")) add(AppRow.of("tile", "tiles around places of all levels, all layers, zooms 3 to 14," + rate, "p95 100 ms", () -> AppLoads.reached(loads.tiles(), .95, 100)));
        if (wanted("search")) add(AppRow.of("search", "shops of the nation by a rare word, once a second", "p95 300 ms", () -> AppLoads.reached(loads.rareWord(RARE, SEARCHES), .95, 300)));
    }

    private static AppRow.Reached rest(AppServer server, long idle) throws IOException, InterruptedException {
        Thread.sleep(1_000L * REST_SECONDS);
        long now = server.residentMegabytes();
        return new AppRow.Reached(now + " MB (just started: " + idle + ")", now <= 400);
    }

    private boolean wanted(String row) {
        return only.isEmpty() || only.contains(row);
    }

    private void add(AppRow row) {
        held &= row.reached().held();
        say(row.cells());
    }

    private void say(String line) {
        PrintStream screen = System.out;
        screen.println(line);
        lines.add(line);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(java.util.Comparator.reverseOrder()).toList();
        }
        for (Path one : all) Files.delete(one);
    }
}
