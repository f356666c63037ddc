package xiaxiang.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import xiaxiang.core.register.Square;

/// What people do at a server that is up: look at home, open places, move the map. Each at a fixed rate, after a warm-up at the same rate that is not counted.
final class AppLoads {
    private static final int REASONS_TOLD = 3;
    private static final List<String> LAYERS = List.of("places", "shops", "boundaries");
    private static final int SHALLOWEST = 3;
    /// The deepest zoom the map asks for.
    private static final int MAP_DEEPEST = 14;

    private final AppClient client;
    private final List<AppPlaces.Place> places;
    private final double perSecond;
    private final double warmSeconds;
    private final double seconds;

    /// Of one person, at so many requests a second: a warm-up of some seconds, then the measured ones.
    AppLoads(AppClient client, List<AppPlaces.Place> places, double perSecond, double warmSeconds, double seconds) {
        this.client = client;
        this.places = List.copyOf(places);
        this.perSecond = perSecond;
        this.warmSeconds = warmSeconds;
        this.seconds = seconds;
    }

    private Load run(Load.Request request) throws InterruptedException {
        Load.run(count(warmSeconds), perSecond, request);
        return Load.run(count(seconds), perSecond, request);
    }

    private int count(double s) {
        return Math.max(1, (int) Math.round(s * perSecond));
    }

    /// The home page.
    Load home() throws InterruptedException {
        return run(_ -> client.size("/home"));
    }

    /// A place's page: the three requests the browser sends when somebody opens a place, at once; the page is there when the last is answered.
    Load place() throws InterruptedException {
        return run(k -> {
            String code = places.get(k % places.size()).code();
            List<CompletableFuture<Integer>> all = new ArrayList<>();
            for (String path : List.of("/places/" + code, "/places?limit=200&parent=" + code, "/shops?limit=50&place=" + code)) all.add(client.later(path));
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
        });
    }

    /// A shop sought by a word hardly any name holds, among all the territory's, once a second: it reads the names of all.
    Load rareWord(String word, int times) throws InterruptedException {
        String path = "/shops?limit=50&q=" + java.net.URLEncoder.encode(word, java.nio.charset.StandardCharsets.UTF_8);
        return Load.run(times, 1, _ -> client.size(path));
    }

    /// Tiles somebody meets who moves the map about and in and out: all layers and zooms by turns, around the places.
    Load tiles() throws InterruptedException {
        int zooms = MAP_DEEPEST - SHALLOWEST + 1;
        return run(k -> client.size(tile(LAYERS.get(k % LAYERS.size()), SHALLOWEST + k / LAYERS.size() % zooms, places.get(k / LAYERS.size() / zooms % places.size()))));
    }

    /// The address of the tile of a layer that a place lies in.
    static String tile(String layer, int zoom, AppPlaces.Place place) {
        Square whole = new Square(0, 0, 0);
        int x = (int) Math.floor(whole.across(place.lon()) * (1 << zoom));
        int y = (int) Math.floor(whole.down(place.lat()) * (1 << zoom));
        return "/tiles/" + layer + "/" + zoom + "/" + x + "/" + y + ".mvt";
    }

    /// Tiles one after another, each for the first time: at most `most` of each layer and zoom. The times of each zoom, ms, in no order.
    Map<Integer, List<Double>> coldTiles(int most) throws Exception {
        Map<Integer, List<Double>> times = new TreeMap<>();
        List<First> order = new ArrayList<>();
        for (int zoom = SHALLOWEST; zoom <= MAP_DEEPEST; zoom++) for (String layer : LAYERS) {
            int z = zoom;
            places.stream().map(place -> tile(layer, z, place)).distinct().limit(most).forEach(path -> order.add(new First(z, path)));
        }
        shuffle(order);
        for (First one : order) {
            long start = System.nanoTime();
            client.size(one.path());
            times.computeIfAbsent(one.zoom(), _ -> new ArrayList<>()).add((System.nanoTime() - start) / 1e6);
        }
        return times;
    }

    private record First(int zoom, String path) {}

    private static void shuffle(List<First> all) {
        SplittableRandom random = new SplittableRandom(7);
        for (int k = all.size() - 1; k > 0; k--) Collections.swap(all, k, random.nextInt(k + 1));
    }

    /// What a load says in the table, held where the quantile is within the aim and every request was answered.
    static AppRow.Reached reached(Load load, double quantile, double aimMillis) {
        String failed = load.failed() == 0 ? "" : ", **" + load.failed() + " failed**: " + AppRow.cell(String.join("; ", load.reasons(REASONS_TOLD)));
        return new AppRow.Reached(load.text() + failed, load.failed() == 0 && load.quantile(quantile) <= aimMillis);
    }

    /// What cold tiles say in the table.
    static AppRow.Reached reached(Map<Integer, List<Double>> times, double quantile, double aimMillis) {
        List<Double> all = times.values().stream().flatMap(List::stream).sorted().toList();
        double at = quantile(all, quantile);
        StringBuilder worst = new StringBuilder();
        times.forEach((zoom, some) -> worst.append(String.format(Locale.ROOT, " z%d %.0f", zoom, quantile(some.stream().sorted().toList(), quantile))));
        return new AppRow.Reached(String.format(Locale.ROOT, "%d tiles: p50 %.1f, p95 %.1f, p99 %.1f, longest %.0f ms; p95 by zoom:%s", all.size(), quantile(all, .5), quantile(all, .95), quantile(all, .99), all.getLast(), worst),
                at <= aimMillis);
    }

    private static double quantile(List<Double> sorted, double p) {
        return sorted.get(Math.max(0, (int) Math.ceil(p * sorted.size()) - 1));
    }
}
