package xiaxiang.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The nation on a server: brought in as an administrator does, and a province of it planned as a planner does, both over HTTP.
final class AppNation {
    private static final long SEED = 7;
    private static final String BRAND = "Xiaomi";
    private static final double MOST_SECONDS = 1_800;
    private static final String PROVINCE = "41";
    /// What the demo's scenario asks: 0.8 million yuan, and 0.6 million a year, for the persons of Yichuan County; a province gets as much a head.
    private static final double BUDGET_FEN = 80_000_000;
    private static final double RUNNING_FEN = 60_000_000;
    private static final double PERSONS = 792_841;
    /// Of the census of 2020.
    private static final double PROVINCE_PERSONS = 99_365_519;
    private static final List<String> WAVES = List.of("2017Q2", "2017Q3", "2017Q4", "2018Q1");

    private final AppPeople people;

    AppNation(AppPeople people) {
        this.people = people;
    }

    /// Asks for the national atlas with synthetic shops, without a dry run, and waits until it is applied.
    AppRow.Reached bringIn(String region, double aimSeconds) throws IOException, InterruptedException {
        AppClient client = people.administrator();
        long start = System.nanoTime();
        long id = client.form("/imports", Map.of("format", "national", "region", region, "seed", Long.toString(SEED), "brand", BRAND, "dryRun", "false")).path("id").asLong();
        double judged = 0;
        while (seconds(start) < MOST_SECONDS) {
            JsonNode now = client.get("/imports/" + id);
            String state = now.path("state").asString();
            if (judged == 0 && !state.equals("judging")) judged = seconds(start);
            if (state.equals("applied")) return broughtIn(seconds(start), judged, now.path("counts"), aimSeconds);
            if (state.equals("refused") || state.equals("failed")) throw new IOException("The import is " + state + ": " + now.path("problems").path(0));
            Thread.sleep(250);
        }
        throw new IOException("The import took more than " + MOST_SECONDS + " s.");
    }

    private static AppRow.Reached broughtIn(double all, double judged, JsonNode counts, double aim) {
        List<String> tables = new ArrayList<>();
        for (String table : List.of("divisions", "shops", "sites", "boundaries")) {
            JsonNode count = counts.path(table);
            tables.add(String.format(Locale.ROOT, "%,d %s", count.path("new").asLong(), table));
        }
        return new AppRow.Reached(String.format(Locale.ROOT, "%.0f s (read, made and compared %.0f, applied %.0f): %s", all, judged, all - judged, String.join(", ", tables)), all <= aim);
    }

    /// Asks for a plan of Henan and follows it by its events, as the page of a plan does.
    AppRow.Reached plan(double aimSeconds) throws IOException, InterruptedException {
        AppClient client = people.planner();
        long scenario = client.post("/scenarios", scenario()).path("id").asLong();
        long start = System.nanoTime();
        JsonNode asked = client.post("/scenarios/" + scenario + "/plans", Map.of());
        List<String> stages = new ArrayList<>();
        JsonNode[] last = {asked};
        int[] heard = {0, 0};
        client.events("/jobs/" + asked.path("job").asLong() + "/events", (_, job) -> {
            heard[0]++;
            if (job.path("upper").isNumber()) heard[1]++;
            last[0] = job;
            String stage = job.path("stage").asString("");
            if (stages.isEmpty() || !stages.getLast().startsWith(stage + " ")) stages.add(String.format(Locale.ROOT, "%s %.0f", stage, seconds(start)));
        });
        double all = seconds(start);
        if (!last[0].path("state").asString().equals("done")) throw new IOException("The job ended as " + last[0].path("state") + ": " + last[0].path("message"));
        return planned(client, asked.path("plan").asLong(), all, heard, stages, aimSeconds);
    }

    private static AppRow.Reached planned(AppClient client, long plan, double all, int[] heard, List<String> stages, double aim) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int bytes = client.size("/plans/" + plan);
        double open = seconds(start);
        JsonNode card = client.get("/plans/" + plan);
        if (!card.path("state").asString().equals("draft")) throw new IOException("The plan is " + card.path("state") + " after " + Math.round(all) + " s: " + card.path("message"));
        double gap = card.path("certifiedGap").asDouble(Double.NaN);
        return new AppRow.Reached(String.format(Locale.ROOT, "%.0f s, %d events, %d of them with bounds (stage and second it began: %s); certified gap %.4f%%; the plan is opened in %.2f s, %.0f kB packed", all, heard[0], heard[1],
                String.join(", ", stages), 100 * gap, open, bytes / 1e3), all <= aim && heard[0] > 2);
    }

    private static JsonNode scenario() {
        long budget = Math.round(BUDGET_FEN * PROVINCE_PERSONS / PERSONS);
        ObjectNode body = JsonMapper.shared().createObjectNode().put("name", "Henan").put("place", PROVINCE).put("brand", BRAND).put("budgetFen", budget / WAVES.size() * WAVES.size())
                .put("runningCapFen", Math.round(RUNNING_FEN * PROVINCE_PERSONS / PERSONS)).put("draws", 50);
        body.putObject("publicShares").put("place", "CN").put("table", "Counterpoint").put("period", "2017Q1");
        var waves = body.putArray("waves");
        WAVES.forEach(label -> waves.addObject().put("label", label).put("budgetFen", budget / WAVES.size()));
        return body;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
