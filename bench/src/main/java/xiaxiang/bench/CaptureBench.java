package xiaxiang.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `xiaxiang bench capture`: the capture engine on published, national and synthetic problems; aim and reach side by side.
@Command(name = "capture", mixinStandardHelpOptions = true, description = "The capture engine on published, national and synthetic problems: what was aimed at, and what was reached.",
        footer = {"", "Rows: hm14 hm14-rest synth henan replan nation shops waves oa covering covering-1000 mclp mclp-peers verifier. Without --only all of them: about three hours, of which mclp-peers takes two.",
            "Example: xiaxiang bench capture --only hm14,henan --out bench/results/capture.md"})
final class CaptureBench implements Callable<Integer> {
    @Option(names = "--only", split = ",", paramLabel = "ROW", description = "Only these rows.")
    private Set<String> only = Set.of();

    @Option(names = "--time-limit-s", paramLabel = "S", description = "No solve takes longer than this; for a quick look.")
    private double limitSeconds = Double.POSITIVE_INFINITY;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the table there too.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        Path data = Path.of(System.getProperty("xiaxiang.home", ".")).resolveSibling("shared").resolve("data");
        List<String> lines = new ArrayList<>();
        say(lines, "# The capture engine, measured\n\n`./xiaxiang bench capture` on " + Machine.made() + ".\n\n" + Machine.line() + "\n");
        say(lines, "| row | work | aim | reached | heap MB, at most |\n|---|---|---|---|---|");
        for (CaptureRow row : CaptureRow.all(data, limitSeconds)) {
            if (!only.isEmpty() && !only.contains(row.name())) {
                continue;
            }
            System.gc(); // so that a row's peak is its own
            Machine.resetPeak();
            String reached = row.run();
            say(lines, "| " + row.name() + " | " + row.work() + " | " + row.aim() + " | " + reached + " | " + Machine.peakMegabytes() + " |");
        }
        if (out != null) {
            Files.writeString(out, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        }
        return 0;
    }

    private static void say(List<String> lines, String line) {
        PrintStream screen = System.out;
        screen.println(line);
        lines.add(line);
    }
}
