package xiaxiang.engine;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Assumptions;

/// A table with published answers from the folder `shared/data/science` beside the project or above it; tests that need one are skipped where it is absent.
public final class SharedTable {
    private final List<String> names;
    private final List<List<String>> rows;

    private SharedTable(List<String> names, List<List<String>> rows) {
        this.names = names;
        this.rows = rows;
    }

    /// Reads a file whose cells are apart by commas, or by tabs or semicolons where its header has those.
    public static SharedTable read(String file) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared/data/science").resolve(file);
            if (Files.isRegularFile(found)) return parse(found);
        }
        Assumptions.abort("No file shared/data/science/" + file + " beside the project: this test needs it.");
        throw new AssertionError("not reached");
    }

    private static SharedTable parse(Path file) {
        try (var lines = Files.lines(file)) {
            String header = lines.findFirst().orElse("");
            char separator = header.indexOf('\t') >= 0 ? '\t' : header.indexOf(';') >= 0 ? ';' : ',';
            List<List<String>> rows = new ArrayList<>();
            try (CsvReader<CsvRecord> csv = CsvReader.builder().fieldSeparator(separator).ofCsvRecord(file)) {
                csv.forEach(record -> rows.add(record.getFields()));
            }
            return new SharedTable(rows.removeFirst(), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int rows() {
        return rows.size();
    }

    public String text(int row, String column) {
        return rows.get(row).get(names.indexOf(column));
    }

    /// A number; NaN for `NA` and nothing.
    public double number(int row, String column) {
        String s = text(row, column);
        return s.equals("NA") || s.isEmpty() ? Double.NaN : Double.parseDouble(s);
    }

    public String[] text(String column) {
        return rows.stream().map(row -> row.get(names.indexOf(column))).toArray(String[]::new);
    }

    public double[] numbers(String column) {
        return map(row -> number(row, column));
    }

    /// The values of a column as indices in order of first appearance.
    public int[] codes(String column) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        return Arrays.stream(text(column)).mapToInt(s -> seen.computeIfAbsent(s, _ -> seen.size())).toArray();
    }

    /// The rows a test keeps.
    public SharedTable where(IntPredicate keep) {
        List<List<String>> kept = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) if (keep.test(i)) kept.add(rows.get(i));
        return new SharedTable(names, kept);
    }

    /// A value for each row.
    public double[] map(IntToDoubleFunction of) {
        double[] out = new double[rows.size()];
        for (int i = 0; i < out.length; i++) out[i] = of.applyAsDouble(i);
        return out;
    }
}
