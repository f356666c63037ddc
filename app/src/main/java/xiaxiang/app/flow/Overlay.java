package xiaxiang.app.flow;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Formula;
import xiaxiang.core.door.Problems;
import xiaxiang.core.register.FactTable;

/// Lays uploaded tables over those known, row by row, so that the door judges what would then be known.
///
/// Uploaded rows keep their line, so that problems name it; known rows that no uploaded row names follow. Columns that an uploaded table leaves out keep what is known of a
/// known row, but source, kind and datum: they speak for what was uploaded. A table that cannot be read is laid as it is, for the door to say why.
final class Overlay {
    private static final Set<String> OWN = Set.of("source", "kind", "datum");

    private final Path uploaded;
    private final Path known;
    private final Path laid;

    private Overlay(Path uploaded, Path known, Path laid) {
        this.uploaded = uploaded;
        this.known = known;
        this.laid = laid;
    }

    /// Fills the folder `laid`, which is there and empty. Memory: the uploaded keys, and the known rows of those.
    static void lay(Path uploaded, Path known, Path laid) throws IOException {
        var overlay = new Overlay(uploaded, known, laid);
        for (FactTable table : Facts.csv()) overlay.table(table);
        overlay.boundaries();
    }

    private static @Nullable Path file(Path folder, String table) {
        for (String end : List.of(".csv", ".csv.gz")) if (Files.exists(folder.resolve(table + end))) return folder.resolve(table + end);
        return null;
    }

    private void table(FactTable table) throws IOException {
        Path mine = file(uploaded, table.file());
        Path theirs = file(known, table.file());
        Path only = mine == null ? theirs : theirs == null || table.log() ? mine : null;
        if (only != null) Files.createLink(laid.resolve(String.valueOf(only.getFileName())), only);
        else if (mine != null) new Merge(table, mine).run();
    }

    /// By what a row of a table is known again, from its cells below the names of `columns`.
    static String key(FactTable table, List<String> columns, List<String> cells) {
        var key = new StringBuilder();
        for (String column : table.match()) {
            int at = columns.indexOf(column);
            key.append(at >= 0 && at < cells.size() ? Formula.bare(cells.get(at).strip()) : "").append('\n');
        }
        return key.toString();
    }

    /// One table that is uploaded and known.
    private final class Merge {
        private final FactTable table;
        private final Path mine;
        private final Set<String> keys = new HashSet<>();
        private final Map<String, Map<String, String>> before = new HashMap<>();
        private List<String> header = List.of();
        private List<String> knownHeader = List.of();
        private List<String> added = List.of();
        private long line = 1;

        Merge(FactTable table, Path mine) {
            this.table = table;
            this.mine = mine;
        }

        void run() throws IOException {
            var unreadable = new Problems();
            CsvFile.records(uploaded, table.file(), unreadable, (_, cells) -> {
                if (header.isEmpty()) header = cells.stream().map(String::strip).toList();
                else keys.add(key(table, header, cells));
            });
            if (!unreadable.isEmpty() || !header.containsAll(table.match()) || new HashSet<>(header).size() < header.size()) {
                Files.createLink(laid.resolve(String.valueOf(mine.getFileName())), mine);
                return;
            }
            records(known, this::before);
            added = table.header().stream().filter(column -> !header.contains(column) && !OWN.contains(column)).toList();
            try (CsvWriter csv = CsvWriter.builder().build(laid.resolve(table.file() + ".csv"))) {
                records(uploaded, (at, cells) -> uploadedRow(csv, at, cells));
                knownHeader = List.of();
                records(known, (_, cells) -> knownRow(csv, cells));
            }
        }

        private void records(Path folder, CsvFile.Records each) {
            var none = new Problems();
            CsvFile.records(folder, table.file(), none, each);
            if (!none.isEmpty()) throw new IllegalStateException("The table " + table.file() + " cannot be read again: " + none.text(java.util.Locale.ENGLISH));
        }

        private void before(long at, List<String> cells) {
            if (knownHeader.isEmpty()) knownHeader = cells;
            else if (keys.contains(key(table, knownHeader, cells))) before.put(key(table, knownHeader, cells), row(knownHeader, cells));
        }

        private static Map<String, String> row(List<String> columns, List<String> cells) {
            var row = new HashMap<String, String>();
            for (int i = 0; i < Math.min(columns.size(), cells.size()); i++) row.put(columns.get(i), cells.get(i));
            return row;
        }

        private void uploadedRow(CsvWriter csv, long at, List<String> cells) {
            for (; line < at; line++) csv.writeRecord("");
            var out = new ArrayList<>(cells);
            boolean head = out.stream().map(String::strip).toList().equals(header);
            // A row of another length is the door's to refuse.
            if (cells.size() == header.size()) for (String column : added) out.add(head ? column : before.getOrDefault(key(table, header, cells), Map.of()).getOrDefault(column, ""));
            csv.writeRecord(out);
            line = at + 1 + cells.stream().mapToLong(cell -> cell.lines().count() > 1 ? cell.lines().count() - 1 : 0).sum();
        }

        private void knownRow(CsvWriter csv, List<String> cells) {
            if (knownHeader.isEmpty()) {
                knownHeader = cells;
                return;
            }
            if (keys.contains(key(table, knownHeader, cells))) return;
            Map<String, String> row = row(knownHeader, cells);
            var out = new ArrayList<String>();
            for (String column : header) out.add(row.getOrDefault(column, ""));
            for (String column : added) out.add(row.getOrDefault(column, ""));
            csv.writeRecord(out);
        }
    }

    private void boundaries() throws IOException {
        Path mine = uploaded.resolve(Facts.BOUNDARIES);
        Path theirs = known.resolve(Facts.BOUNDARIES);
        Path to = laid.resolve(Facts.BOUNDARIES);
        if (Files.exists(mine) && Files.exists(theirs)) merge(mine, theirs, to);
        else if (Files.exists(mine) || Files.exists(theirs)) Files.createLink(to, Files.exists(mine) ? mine : theirs);
    }

    private static void merge(Path mine, Path theirs, Path to) throws IOException {
        try {
            if (!(JsonMapper.shared().readTree(mine) instanceof ObjectNode root) || !(root.path("features") instanceof ArrayNode features)) throw new IllegalArgumentException("no collection");
            var codes = new HashSet<String>();
            for (JsonNode one : features) codes.add(one.path("properties").path("code").asString(""));
            for (JsonNode one : JsonMapper.shared().readTree(theirs).path("features")) if (!codes.contains(one.path("properties").path("code").asString(""))) features.add(one);
            Files.writeString(to, root.toString());
        } catch (JacksonException | IllegalArgumentException forTheDoor) {
            Files.createLink(to, mine);
        }
    }
}
