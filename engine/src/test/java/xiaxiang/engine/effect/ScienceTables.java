package xiaxiang.engine.effect;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Balanced panels out of the tables with published answers; tests are skipped where the folder is absent.
final class ScienceTables {
    final List<String> units;
    final Panel panel;

    private ScienceTables(List<String> units, Panel panel) {
        this.units = units;
        this.panel = panel;
    }

    static List<List<String>> rows(String file, String separator) throws IOException {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolveSibling("shared").resolve("data"))) at = at.getParent();
        assumeTrue(at != null, "no shared/data folder beside the project");
        Path path = at == null ? Path.of("") : at.resolveSibling("shared").resolve("data").resolve("science").resolve(file);
        assumeTrue(Files.exists(path), "no " + path);
        List<List<String>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(path)) rows.add(List.of(line.replace("\"", "").split(separator)));
        return rows;
    }

    /// Units in the order of their names; `treated` are first treated in the period `from`.
    static ScienceTables panel(List<List<String>> rows, int unit, int period, int outcome, List<String> treated, String from) {
        TreeSet<String> units = new TreeSet<>();
        TreeSet<String> periods = new TreeSet<>();
        TreeMap<String, Double> at = new TreeMap<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            units.add(row.get(unit));
            periods.add(row.get(period));
            at.put(row.get(unit) + "|" + row.get(period), Double.parseDouble(row.get(outcome)));
        }
        List<String> names = List.copyOf(units);
        List<String> times = List.copyOf(periods);
        double[] y = new double[names.size() * times.size()];
        int[] cohort = new int[names.size()];
        int[] cluster = new int[names.size()];
        for (int i = 0; i < names.size(); i++) {
            cohort[i] = treated.contains(names.get(i)) ? times.indexOf(from) : Panel.NEVER;
            cluster[i] = i;
            for (int t = 0; t < times.size(); t++) y[i * times.size() + t] = at.getOrDefault(names.get(i) + "|" + times.get(t), Double.NaN);
        }
        return new ScienceTables(names, new Panel(names.size(), times.size(), y, cohort, new double[0][], cluster));
    }

    static ScienceTables california() throws IOException {
        return panel(rows("synthdid_california_prop99.csv", ";"), 0, 1, 2, List.of("California"), "1989");
    }

    static ScienceTables geoLift() throws IOException {
        List<List<String>> rows = rows("GeoLift_Test.csv", ",");
        List<String> dates = List.copyOf(new TreeSet<>(rows.subList(1, rows.size()).stream().map(r -> r.get(2)).toList()));
        return panel(rows, 0, 2, 1, List.of("chicago", "portland"), dates.get(90));
    }
}
