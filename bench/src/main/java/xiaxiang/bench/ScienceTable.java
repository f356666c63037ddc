package xiaxiang.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A table with published answers, by column; `NA` and empty cells are NaN.
final class ScienceTable {
    private final List<NamedCsvRecord> rows = new ArrayList<>();

    private final Path file;

    private ScienceTable(Path file) {
        this.file = file;
    }

    /// Where it was read from.
    Path file() {
        return file;
    }

    /// Reads a file, its cells apart at `separator`.
    static ScienceTable read(Path file, char separator) throws IOException {
        ScienceTable table = new ScienceTable(file);
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().fieldSeparator(separator).ofNamedCsvRecord(file)) {
            csv.forEach(table.rows::add);
        }
        return table;
    }

    static ScienceTable read(Path file) throws IOException {
        if (file.toString().endsWith(".tsv")) return read(file, '\t');
        try (var lines = Files.lines(file)) {
            return read(file, lines.findFirst().orElse("").contains(";") ? ';' : ',');
        }
    }

    int rows() {
        return rows.size();
    }

    String[] text(String column) {
        return rows.stream().map(row -> row.getField(column)).toArray(String[]::new);
    }

    double[] numbers(String column) {
        return rows.stream().map(row -> row.getField(column)).mapToDouble(s -> s.equals("NA") || s.isEmpty() ? Double.NaN : Double.parseDouble(s)).toArray();
    }

    /// The values of a column as indices in order of first appearance.
    int[] codes(String column) {
        Map<String, Integer> seen = new HashMap<>();
        return rows.stream().mapToInt(row -> {
            int next = seen.size();
            return seen.computeIfAbsent(row.getField(column), _ -> next);
        }).toArray();
    }
}
