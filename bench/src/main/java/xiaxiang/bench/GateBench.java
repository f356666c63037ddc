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

/// `xiaxiang bench gate`: worlds with a hidden truth; intervals must cover it as often as they say, and tests must reject as seldom.
@Command(name = "gate", mixinStandardHelpOptions = true, description = "Simulated worlds with a hidden truth: how often 95%% intervals cover it "
        + "and 5%% tests reject a true null; what the output warns of where they do not.",
        footer = {"", "Minutes. Example: xiaxiang bench gate --only zeros --out bench/results/gate.md"})
final class GateBench implements Callable<Integer> {
    @Option(names = "--only", split = ",", paramLabel = "ROW", description = "Only rows of these names.")
    private Set<String> only = Set.of();

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the table there too.")
    private @Nullable Path out;

    private final List<String> lines = new ArrayList<>();

    /// 0 if every row is inside the bounds or, where it is known to fail, warned of; else 1.
    @Override
    public Integer call() throws IOException {
        say("# The simulation gate\n\n`./xiaxiang bench gate` on " + Machine.made() + ".\n\n" + Machine.line()
                + "\n\nInside means: 95% intervals cover the truth in 93 to 97% of worlds, and 5% tests reject a true null in 4 to 6%."
                + " With 1,000 worlds both figures err by .7 points (one standard error), with 8,000 by .24. Seeds are fixed.\n");
        say("| row | world | method | worlds | coverage of 95% | rejection at 5% | the output warns of | gate |\n|---|---|---|---|---|---|---|---|");
        boolean held = true;
        for (GateRow row : GateRows.all()) {
            if (!only.isEmpty() && !only.contains(row.name())) continue;
            GateRow.Passed passed = row.run();
            held &= row.holds(passed);
            say(row.cells(passed));
        }
        if (out != null) Files.writeString(out, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        return held ? 0 : 1;
    }

    private void say(String line) {
        PrintStream screen = System.out;
        screen.println(line);
        lines.add(line);
    }
}
