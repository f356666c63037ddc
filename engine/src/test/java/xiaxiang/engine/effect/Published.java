package xiaxiang.engine.effect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/// Published panels, read from `shared/data/science` beside the project or above it.
final class Published {
    private Published() {}

    /// A panel with unit clusters; periods are the values there are, in order; a cohort of 0, NA or nothing is never treated.
    static Panel read(String name, String unit, String period, String outcome, String cohort, String... covariates) {
        List<String[]> rows = lines(name).stream().map(line -> line.replace("\"", "").split(",", -1)).toList();
        List<String> header = List.of(rows.getFirst());
        List<String[]> data = rows.subList(1, rows.size());
        List<String> units = data.stream().map(r -> r[header.indexOf(unit)]).distinct().toList();
        double[] periods = data.stream().mapToDouble(r -> Double.parseDouble(r[header.indexOf(period)])).distinct().sorted().toArray();
        double[] y = new double[units.size() * periods.length];
        Arrays.fill(y, Double.NaN);
        double[][] x = new double[covariates.length][];
        for (int k = 0; k < x.length; k++) x[k] = y.clone();
        int[] first = new int[units.size()];
        for (String[] row : data) {
            int i = units.indexOf(row[header.indexOf(unit)]);
            int at = i * periods.length + Arrays.binarySearch(periods, Double.parseDouble(row[header.indexOf(period)]));
            y[at] = Double.parseDouble(row[header.indexOf(outcome)]);
            for (int k = 0; k < x.length; k++) x[k][at] = Double.parseDouble(row[header.indexOf(covariates[k])]);
            String g = row[header.indexOf(cohort)];
            first[i] = g.isEmpty() || g.equals("NA") || g.equals("0") ? Panel.NEVER : Arrays.binarySearch(periods, Double.parseDouble(g));
        }
        return new Panel(first.length, periods.length, y, first, x, IntStream.range(0, first.length).toArray());
    }

    private static List<String> lines(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("shared/data/science").resolve(name);
            try {
                if (Files.isRegularFile(file)) return Files.readAllLines(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Assumptions.abort("No " + name + " in a folder shared/data/science beside the project: this test needs the published data.");
        return List.of();
    }
}
