package xiaxiang.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `xiaxiang bench science`: the numbers of published packages beside ours, and our time beside theirs as recorded.
@Command(name = "science", mixinStandardHelpOptions = true, description = "Published numbers of choice models, effects and surveys beside ours: digits and seconds.",
        footer = {"", "Rows are named as in the table it prints; rows whose data is not beside the project are skipped, and say so.",
                "Example: xiaxiang bench science --only A6,C1 --out bench/results/science.md"})
final class ScienceBench implements Callable<Integer> {
    @Option(names = "--only", split = ",", paramLabel = "ROW", description = "Only these rows.")
    private Set<String> only = Set.of();

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the table there too.")
    private @Nullable Path out;

    private final List<String> lines = new ArrayList<>();
    private int outside;
    private int tested;

    /// 0 if every number is within its tolerance, 1 if one is not, or none was tested.
    @Override
    public Integer call() throws IOException {
        Path folder = Path.of(System.getProperty("xiaxiang.home", ".")).resolveSibling("shared").resolve("data").resolve("science");
        say("# Published numbers, reproduced\n\n`./xiaxiang bench science` on " + Machine.made() + ".\n\n" + Machine.line()
                + "\n\n\"Published\" is what the package named prints or saves; \"truth\" stands where that stopped short of the answer. Times are of "
                        + "the computation without reading: the first go, then the median of warm ones. The peer's seconds were recorded once on such "
                        + "a machine, not measured here.\n");
        say("| row | number | ours | published | truth | difference | tolerance | within | first, warm | peer's seconds, recorded | ratio |\n|---|---|---|---|---|---|---|---|---|---|---|");
        for (ScienceRow row : ScienceRows.all()) if (only.isEmpty() || only.contains(row.name())) table(row, folder);
        if (tested == 0) say("\nNothing was tested: no such row, or its data is not beside the project.");
        else say(outside == 0 ? "\nAll " + tested + " numbers are within their tolerance." : "\n" + outside + " numbers are outside their tolerance.");
        if (out != null) Files.writeString(out, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        return tested > 0 && outside == 0 ? 0 : 1;
    }

    private void table(ScienceRow row, Path folder) throws IOException {
        String head = "| " + row.name() + " | ";
        if (!row.isReady(folder)) {
            say(head + "skipped: " + String.join(", ", row.files()) + " not beside the project | | | | | | | | | |");
            return;
        }
        ScienceRow.Reached reached = row.run(folder);
        String time = String.format(Locale.ROOT, "%s, %s | %s", time(reached.firstSeconds()), time(reached.warmSeconds()), Double.isNaN(row.recordedSeconds()) ? " | "
                : String.format(Locale.ROOT, "%s %.3g | %.3g times", row.peer(), row.recordedSeconds(), row.recordedSeconds() / reached.warmSeconds()));
        for (int i = 0; i < reached.figures().size(); i++) {
            Figure figure = reached.figures().get(i);
            tested++;
            if (!figure.isWithin()) outside++;
            say((i == 0 ? "| " + row.name() + ": " + row.work() + " | " : "| | ") + figure.cells() + " | " + (i == 0 ? time : " | | ") + " |");
        }
    }

    private static String time(double seconds) {
        return seconds < 1e-3 ? String.format(Locale.ROOT, "%.0f us", seconds * 1e6) : seconds < 1 ? String.format(Locale.ROOT, "%.3g ms", seconds * 1e3)
                : String.format(Locale.ROOT, "%.3g s", seconds);
    }

    private void say(String line) {
        PrintStream screen = System.out;
        screen.println(line);
        lines.add(line);
    }
}
