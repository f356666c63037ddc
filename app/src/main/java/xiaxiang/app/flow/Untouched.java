package xiaxiang.app.flow;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.register.FactTable;

/// Takes rows that nobody uploaded out of the judged tables: they were laid from what was known, to judge the uploaded ones beside. Applied, they would undo what people change
/// between the judgement and the application. Only of the tables that people change one by one: divisions, shops and sites.
final class Untouched {
    private static final Set<String> EDITED = Set.of("divisions", "shops", "sites");

    private Untouched() {}

    /// Rewrites the tables in `tables` without the rows whose key is in `known` and not in `uploaded`. Memory: the keys.
    static void remove(Path uploaded, Path known, Path tables) throws IOException {
        for (FactTable table : Facts.csv()) {
            if (!EDITED.contains(table.file())) continue;
            Set<String> left = keys(known, table);
            left.removeAll(keys(uploaded, table));
            if (!left.isEmpty()) remove(left, table, tables);
        }
    }

    private static void remove(Set<String> left, FactTable table, Path tables) throws IOException {
        Path all = tables.resolve(table.file() + ".csv");
        if (!Files.exists(all)) return;
        Path kept = tables.resolve(table.file() + ".kept");
        var header = new ArrayList<String>();
        try (CsvWriter csv = CsvWriter.builder().build(kept)) {
            CsvFile.records(tables, table.file(), new Problems(), (_, cells) -> {
                if (header.isEmpty()) header.addAll(cells);
                else if (left.contains(Overlay.key(table, header, cells))) return;
                csv.writeRecord(cells);
            });
        }
        Files.move(kept, all, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Set<String> keys(Path folder, FactTable table) {
        var keys = new HashSet<String>();
        var header = new ArrayList<String>();
        CsvFile.records(folder, table.file(), new Problems(), (_, cells) -> {
            if (header.isEmpty()) cells.forEach(cell -> header.add(cell.strip()));
            else keys.add(Overlay.key(table, header, cells));
        });
        return keys;
    }
}
