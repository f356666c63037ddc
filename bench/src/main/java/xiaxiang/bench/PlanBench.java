package xiaxiang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.app.cli.Xiaxiang;

/// `xiaxiang bench plan`: the main job on the demo county, and on Henan where the national atlas lies beside the project; a Markdown table on standard output.
///
/// Each row is one run of the whole command in this process, from reading the facts to the written report; the first of two on the county warms the machine.
@Command(name = "plan", mixinStandardHelpOptions = true, description = "The main job: the demo county twice, then Henan where the national atlas lies beside the project.")
final class PlanBench implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        plan();
        return 0;
    }

    private static void plan() throws IOException {
        Path home = Path.of(System.getProperty("xiaxiang.home", "."));
        Path out = Files.createTempDirectory("xiaxiang-bench");
        System.out.println(Machine.line());
        System.out.println();
        System.out.println("| work | seconds | aim | certified gap | aim | report MB | aim |");
        System.out.println("|---|---|---|---|---|---|---|");
        run(List.of("demo"), out.resolve("cold"), "Yichuan, first run", "5", "0.1%", "3");
        run(List.of("demo"), out.resolve("warm"), "Yichuan, again", "5", "0.1%", "3");
        Path atlas = home.resolveSibling("shared").resolve("data/atlas");
        if (!Files.isDirectory(atlas)) {
            System.out.println("| Henan | skipped: no national atlas beside the project | 60 | | 0.2% | | |");
            return;
        }
        run(List.of("plan", "--atlas", atlas.toString(), "--region", "41", "--synthesize", "7"), out.resolve("henan"), "Henan, import to report", "60", "0.2%", "-");
    }

    private static void run(List<String> command, Path out, String work, String aimSeconds, String aimGap, String aimSize) throws IOException {
        long start = System.nanoTime();
        String[] all = Stream.concat(command.stream(), Stream.of("--out", out.toString(), "--quiet")).toArray(String[]::new);
        int code = Xiaxiang.run(all);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (code != 0) throw new IllegalStateException(work + " ended with exit code " + code);
        JsonNode plan = JsonMapper.shared().readTree(Files.readAllBytes(out.resolve("plan.json")));
        System.out.printf(Locale.ROOT, "| %s | %.1f | %s | %.4f%% | %s | %.2f | %s |%n", work, seconds, aimSeconds, 100 * plan.path("certifiedGap").asDouble(-1), aimGap,
                Files.size(out.resolve("index.html")) / 1e6, aimSize);
    }
}
