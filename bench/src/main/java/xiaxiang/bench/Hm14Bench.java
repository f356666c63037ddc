package xiaxiang.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Problems;
import xiaxiang.core.rollout.Hm14File;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Outcome;
import xiaxiang.engine.capture.Verifier;

/// The problems of Haase and Mueller (2014) on the grid of Legault and Frejinger: alpha .05, .1, .2, beta 1, 2, 5, 10, 2 to 10 open sites. The
/// reference table has three values a problem, some too low: the largest counts.
final class Hm14Bench {
    private static final double GAP = 1e-6;
    /// The table's values are rounded to about so much of them.
    private static final double ROUNDING = 1.1e-6;
    private static final double MOST_SECONDS = 60;

    private final Path folder;
    private final double limitSeconds;
    private final double[] seconds = new double[2_000];
    private int count;
    private int open;
    private int below;

    Hm14Bench(Path folder, double limitSeconds) {
        this.folder = folder;
        this.limitSeconds = Math.min(MOST_SECONDS, limitSeconds);
    }

    /// `reference`: the files of the reference table, otherwise all others.
    String run(boolean reference) throws IOException {
        Map<String, Double> known = known();
        for (int points : List.of(50, 100, 200, 400, 800)) {
            for (int sites : List.of(25, 50, 100)) {
                boolean inTable = points == 800;
                if (inTable == reference && !(inTable && sites == 100)) {
                    grid("HM14_" + points + "_" + sites + ".data", known);
                }
            }
        }
        double[] sorted = Arrays.copyOf(seconds, count);
        Arrays.sort(sorted);
        return String.format(Locale.ROOT, "%d problems, %d not proven, %d below the table; median %.3f s, worst %.2f s, total %.1f s", count, open, below, sorted[count / 2], sorted[count - 1],
                Arrays.stream(sorted).sum());
    }

    private void grid(String file, Map<String, Double> known) throws IOException {
        for (double alpha : new double[] {.05, .1, .2}) {
            for (double beta : new double[] {1, 2, 5, 10}) {
                for (int sites = 2; sites <= 10; sites++) {
                    one(file, alpha, beta, sites, known.get(key(file, alpha, beta, sites)));
                }
            }
        }
    }

    private void one(String file, double alpha, double beta, int sites, @Nullable Double table) throws IOException {
        Problems problems = new Problems();
        CaptureProblem problem = Hm14File.read(folder.resolve(file), alpha, beta, sites, problems);
        if (problem == null) {
            throw new IllegalStateException(problems.text(Locale.ENGLISH));
        }
        long start = System.nanoTime();
        Outcome.Planned planned = CaptureRow.solve(problem, GAP, limitSeconds);
        seconds[count++] = (System.nanoTime() - start) / 1e9;
        // Rounding outward adds a little to what the solver stopped at.
        open += Verifier.verify(problem, planned.certificate()).provenGap() > GAP * (1 + 1e-3) ? 1 : 0;
        below += table != null && planned.lower() < table * (1 - ROUNDING) ? 1 : 0;
    }

    private static String key(String file, double alpha, double beta, int sites) {
        return file + " " + alpha + " " + beta + " " + sites;
    }

    private Map<String, Double> known() throws IOException {
        Map<String, Double> known = new HashMap<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(folder.resolve("HM14_legault_reference.csv"))) {
            for (NamedCsvRecord row : rows) {
                double most = 0;
                for (int column : new int[] {6, 9, 11}) {
                    String value = row.getField(column);
                    most = value.isBlank() ? most : Math.max(most, Double.parseDouble(value));
                }
                known.put(key(row.getField(0), Double.parseDouble(row.getField(3)), Double.parseDouble(row.getField(4)), Integer.parseInt(row.getField(5).strip())), most);
            }
        }
        return known;
    }
}
