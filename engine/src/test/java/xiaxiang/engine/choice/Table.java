package xiaxiang.engine.choice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Assumptions;

/// A small table read from the data with published answers, which lie beside the project.
final class Table {
    private final List<String> names;
    private final List<String[]> rows;

    private Table(List<String> names, List<String[]> rows) {
        this.names = names;
        this.rows = rows;
    }

    /// A file of the folder `shared/data/science` beside the project or above it; skips the test, saying so, where it is absent.
    static Table read(String file, String separator) throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared/data/science").resolve(file);
            if (!Files.isRegularFile(found)) continue;
            List<String[]> rows = new ArrayList<>();
            for (String line : Files.readAllLines(found)) rows.add(line.replace("\"", "").split(separator, -1));
            return new Table(Arrays.asList(rows.removeFirst()), rows);
        }
        Assumptions.abort("No file shared/data/science/" + file + " beside the project: this test needs it.");
        throw new AssertionError("not reached");
    }

    int size() {
        return rows.size();
    }

    String text(int row, String name) {
        return rows.get(row)[names.indexOf(name)];
    }

    double number(int row, String name) {
        return Double.parseDouble(text(row, name));
    }

    /// The rows whose values of some columns the test keeps.
    Table where(ToDoubleFunction<Integer> keep) {
        List<String[]> kept = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) if (keep.applyAsDouble(i) != 0) kept.add(rows.get(i));
        return new Table(names, kept);
    }

    /// A value for each row.
    double[] map(ToDoubleFunction<Integer> of) {
        double[] out = new double[size()];
        for (int i = 0; i < out.length; i++) out[i] = of.applyAsDouble(i);
        return out;
    }
}
