package xiaxiang.app.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import xiaxiang.core.door.Formula;

/// Writes the tables of an [EffectAnswer] as CSV: each estimator's own, and attGt's averages.
final class EffectTables {
    private EffectTables() {}

    /// Writes the tables of the k-th estimator; a second one of the same name is called name-2.
    static void write(EffectAnswer answer, int k, Path folder) throws IOException {
        String name = answer.name(k);
        long same = java.util.stream.IntStream.range(0, k).filter(j -> answer.name(j).equals(name)).count();
        String file = same == 0 ? name : name + "-" + (same + 1);
        write(answer.table(k), folder.resolve(file + ".csv"));
        write(answer.averages(k), folder.resolve(file + "-averages.csv"));
    }

    private static void write(List<Map<String, Object>> rows, Path file) throws IOException {
        if (rows.isEmpty()) return;
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            csv.writeRecord(rows.getFirst().keySet());
            for (Map<String, Object> row : rows) csv.writeRecord(row.values().stream().map(EffectTables::cell).toList());
        }
    }

    /// A value as a cell; texts of the data that a spreadsheet would run are led by an apostrophe.
    private static String cell(Object value) {
        return value.equals(EffectAnswer.NOTHING) ? "" : Formula.led(String.valueOf(value));
    }
}
