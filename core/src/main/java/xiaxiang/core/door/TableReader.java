package xiaxiang.core.door;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// One reading of a [Table]: the encoding, the header, then every cell straight from the parser's buffer into its column.
///
/// A column of numbers in which a text turns up is read a second time, since its numbers were not kept as they were written.
final class TableReader {
    private static final long MOST_BYTES = 1L << 34;
    private static final int MOST_ROWS = 20_000_000;
    private static final int CELL_CHARS = 10_000;
    private static final int HEAD_CHARS = 1 << 20;
    /// The part of the heap a table may fill: estimators need the rest.
    private static final double HEAP = .6;

    private final TextFile text;
    private final Predicate<String> wanted;
    private final Problems problems;
    private final List<String> names = new ArrayList<>();
    private final Table.LineNumbers lines = new Table.LineNumbers();
    private @Nullable ColumnBuilder[] columns = {};
    private char delimiter = ',';
    private int headerCells;
    private int capacity;
    private int rows;

    TableReader(Path file, Predicate<String> wanted, Problems problems) {
        text = new TextFile(file, MOST_BYTES);
        this.wanted = wanted;
        this.problems = problems;
    }

    @Nullable Table read() {
        long before = problems.count();
        try {
            if (!Files.isRegularFile(text.path())) problems.add(text.name(), Rule.NO_SUCH_FILE, "");
            Encoding encoding = problems.count() > before ? null : text.encoding(problems);
            if (encoding == null) return null;
            capacity = Math.clamp(encoding.lines() - 1, 1, MOST_ROWS);
            delimiter = delimiter(encoding.charset());
            read(encoding.charset(), new Cells());
            if (problems.count() == before && rows == 0) problems.add(text.name(), Rule.NO_ROWS, "");
            return problems.count() > before ? null : build(encoding.charset());
        } catch (ZipException | EOFException broken) {
            problems.add(text.name(), Rule.BROKEN_GZIP, "");
        } catch (IOException | UncheckedIOException unreadable) {
            problems.add(text.name(), Rule.UNREADABLE, "");
        }
        return null;
    }

    /// Tabs for .tsv and .tab; else what stands most often in the header, outside quotes.
    private char delimiter(Charset charset) throws IOException {
        String name = text.name().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (name.endsWith(".tsv") || name.endsWith(".tab")) return '\t';
        int[] counts = new int[3];
        try (Reader reader = text.open(charset)) {
            boolean quoted = false;
            boolean started = false;
            for (int i = 0, c = reader.read(); c >= 0 && i < HEAD_CHARS; i++, c = reader.read()) {
                if (c == '"') quoted = !quoted;
                if (!quoted && started && (c == '\n' || c == '\r')) break;
                started |= c > ' ';
                int kind = ",;\t".indexOf(c);
                if (!quoted && kind >= 0) counts[kind]++;
            }
        }
        int most = IntStream.range(1, 3).reduce(0, (a, b) -> counts[b] > counts[a] ? b : a);
        return ",;\t".charAt(most);
    }

    private void read(Charset charset, Cells cells) throws IOException {
        long line = 0;
        try (Reader reader = text.open(charset); CsvReader<Boolean> csv = CsvReader.builder().fieldSeparator(delimiter).commentStrategy(CommentStrategy.NONE).skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE).allowUnclosedQuote(false).maxBufferSize(CsvFile.RECORD_CHARS)
                .build(cells, reader)) {
            for (var records = csv.iterator(); records.hasNext(); line = cells.line()) if (!records.next()) return;
            if (!cells.headed) problems.add(text.name(), Rule.NO_HEADER, "");
        } catch (CsvParseException broken) {
            problems.add(new Problem(text.name(), CsvFile.line(broken, line + 1), "", "", Rule.BROKEN_QUOTES, ""));
        }
    }

    private @Nullable Table build(Charset charset) throws IOException {
        long before = problems.count();
        Map<Integer, TableColumn> built = new LinkedHashMap<>();
        @Nullable ColumnBuilder[] first = columns;
        boolean again = false;
        columns = new ColumnBuilder[first.length];
        for (int c = 0; c < first.length; c++) {
            ColumnBuilder column = first[c];
            first[c] = null;
            if (column == null) continue;
            if (column.demoted()) columns[c] = ColumnBuilder.texts(rows);
            else built.put(c, column.build());
            again |= column.demoted();
        }
        if (again) read(charset, new Cells().again());
        Map<String, TableColumn> held = new LinkedHashMap<>();
        for (int c = 0; c < columns.length; c++) {
            ColumnBuilder second = columns[c];
            TableColumn column = second == null ? built.get(c) : second.build();
            if (column != null) held.put(names.get(c), column);
        }
        return problems.count() > before ? null : new Table(text.name(), rows, names, held, lines, null);
    }

    private void problem(long line, String column, String value, Rule rule, String detail) {
        problems.add(new Problem(text.name(), line, column, value, rule, detail));
    }

    /// Takes the header; false if no row can be judged by it.
    private boolean header(List<String> cells, long line) {
        long before = problems.count();
        headerCells = cells.size();
        int count = headerCells;
        while (count > 1 && cells.get(count - 1).isEmpty()) count--;
        Set<String> seen = new HashSet<>();
        for (int c = 0; c < count; c++) {
            String name = cells.get(c);
            if (name.isEmpty() && c == 0) name = free("row", cells);
            if (name.isEmpty()) problem(line, "", "", Rule.BLANK_COLUMN, Integer.toString(c + 1));
            else if (!seen.add(name)) problem(line, name, "", Rule.DUPLICATE_COLUMN, "");
            names.add(name);
        }
        return problems.count() == before;
    }

    private static String free(String name, List<String> taken) {
        String tried = name;
        for (int k = 1; taken.contains(tried); k++) tried = name + k;
        return tried;
    }

    /// The columns wanted, once the first row has shown how many there are; false if they would not fit into memory.
    private boolean open(List<String> cells, long line) {
        // R's write.table names one column less than it writes: the first holds row names.
        if (cells.size() == headerCells + 1 && headerCells == names.size() && !cells.getLast().isEmpty()) names.addFirst(free("row", names));
        columns = new ColumnBuilder[names.size()];
        long many = names.stream().filter(wanted).count();
        double needed = 8.0 * many * capacity;
        if (needed > HEAP * Runtime.getRuntime().maxMemory()) {
            problem(line, "", "", Rule.TABLE_TOO_BIG, Math.round(needed / (1 << 20)) + " MiB");
            return false;
        }
        for (int c = 0; c < columns.length; c++) if (wanted.test(names.get(c))) columns[c] = ColumnBuilder.open(capacity, delimiter == ';');
        return true;
    }

    /// What the parser calls for each record and field. The header and the first row are kept as texts, since they decide what the columns are.
    private final class Cells extends AbstractBaseCsvCallbackHandler<Boolean> {
        private final List<String> top = new ArrayList<>();
        private boolean headed;
        private boolean opened;
        private boolean second;
        private boolean tooMany;
        private int count;
        private long line;

        /// For the second reading: header and shape are known to be good.
        Cells again() {
            second = true;
            rows = 0;
            return this;
        }

        long line() {
            return line;
        }

        @Override
        protected void handleBegin(long startingLine) {
            line = startingLine;
            count = 0;
            top.clear();
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (!opened) top.add(new String(buffer, offset, length).strip());
            else cell(index, buffer, offset, offset + length);
            count = index + 1;
        }

        private void cell(int index, char[] buffer, int from, int end) {
            if (index >= columns.length) {
                if (!new String(buffer, from, end - from).isBlank()) tooMany = true;
                return;
            }
            ColumnBuilder column = columns[index];
            if (column == null) return;
            if (end - from > CELL_CHARS) problem(line, names.get(index), "", Rule.CELL_TOO_LONG, Integer.toString(CELL_CHARS));
            else if (!column.add(buffer, from, end)) problem(line, names.get(index), "", Rule.TOO_MANY_TEXTS, Integer.toString(ColumnBuilder.MOST_TEXTS));
        }

        /// Whether to go on with the next record; an empty line is none.
        @Override
        protected Boolean buildRecord() {
            if (count == 0) return true;
            if (!headed) return head();
            if (!opened) {
                opened = true;
                if (!second && !open(top, line)) return false;
                for (int c = 0; c < top.size(); c++) cell(c, top.get(c).toCharArray(), 0, top.get(c).length());
            }
            return row();
        }

        private boolean head() {
            // Lines of comments above the header are none of it.
            if (top.getFirst().startsWith("#")) return true;
            headed = true;
            return second || header(top, line);
        }

        private boolean row() {
            if (rows >= MOST_ROWS) {
                problem(0, "", "", Rule.TOO_MANY_ROWS, Integer.toString(MOST_ROWS));
                return false;
            }
            if (count < columns.length) problem(line, "", "", Rule.ROW_TOO_SHORT, count + " < " + columns.length);
            if (tooMany) problem(line, "", "", Rule.ROW_TOO_LONG, count + " > " + columns.length);
            tooMany = false;
            if (!second) lines.add(rows, line);
            rows++;
            return true;
        }
    }
}
