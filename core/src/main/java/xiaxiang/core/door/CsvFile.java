package xiaxiang.core.door;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Reads a table from `name.csv` or `name.csv.gz` (RFC 4180, comma, lines that start with `#` are comments).
///
/// UTF-8 with or without a byte order mark, or GB18030, told apart by strict decoding of the whole file. Limits: 1 GiB unpacked,
/// 5 M rows, 10,000 characters a cell. Nothing throws for what a file holds. Cost: two passes; 620,573 rows (21 MB unpacked) in about a second.
public final class CsvFile {
    /// The longest record the parser may hold while it looks for a closing quote, in characters.
    static final int RECORD_CHARS = 1 << 22;

    private static final Pattern STARTS_AT = Pattern.compile("starting at line (\\d{1,18})");

    private final TextFile text;
    private final Problems problems;
    private final CsvLimits limits;

    private CsvFile(Path path, Problems problems, CsvLimits limits) {
        text = new TextFile(path, limits.bytes());
        this.problems = problems;
        this.limits = limits;
    }

    /// Reads the table `name` of a folder and hands its rows over one by one, in the file's order, those with a bad cell too:
    /// ask [Row#good] last. A row with too few or too many cells, or an endless one, is a problem and not handed over.
    /// False if there is no such file: whether that is a problem is the caller's to say.
    public static boolean read(Path folder, String name, Columns columns, Problems problems, Consumer<Row> each) {
        return read(folder, name, columns, problems, each, CsvLimits.USUAL);
    }

    static boolean read(Path folder, String name, Columns columns, Problems problems, Consumer<Row> each, CsvLimits limits) {
        Path plain = folder.resolve(name + ".csv");
        Path packed = folder.resolve(name + ".csv.gz");
        if (!Files.exists(plain) && !Files.exists(packed)) return false;
        if (Files.exists(plain) && Files.exists(packed)) problems.add(name + ".csv", Rule.TWO_FILES, name + ".csv.gz");
        else new CsvFile(Files.exists(plain) ? plain : packed, problems, limits).read(columns, each);
        return true;
    }

    /// Takes the records of a table as they stand.
    public interface Records {
        /// The cells of a record that starts at a line; the header comes first.
        void record(long line, List<String> cells);
    }

    /// Hands over the cells of a table without judging them, the header first; what keeps the file from being read at all is a problem. False if there is no such file.
    public static boolean records(Path folder, String name, Problems problems, Records each) {
        Path plain = folder.resolve(name + ".csv");
        Path packed = folder.resolve(name + ".csv.gz");
        if (!Files.exists(plain) && !Files.exists(packed)) return false;
        new CsvFile(Files.exists(plain) ? plain : packed, problems, CsvLimits.USUAL).parse(record -> {
            each.record(record.getStartingLineNumber(), record.getFields());
            return true;
        });
        return true;
    }

    private String name() {
        return text.name();
    }

    private void read(Columns columns, Consumer<Row> each) {
        var rows = new Rows(columns, each);
        if (parse(rows::take) && !rows.begun) problems.add(name(), Rule.NO_HEADER, String.join(",", columns.required()));
    }

    /// The rows behind a header.
    private final class Rows {
        private final Columns columns;
        private final Consumer<Row> each;
        private @Nullable Map<String, Integer> index;
        private boolean begun;

        Rows(Columns columns, Consumer<Row> each) {
            this.columns = columns;
            this.each = each;
        }

        boolean take(CsvRecord record) {
            if (index != null) row(record, index, each);
            else index = header(record, columns);
            begun = true;
            return index != null;
        }
    }

    /// Hands over record by record until told to stop; false if it was, or the file cannot be read to its end.
    private boolean parse(Predicate<CsvRecord> each) {
        try {
            Encoding encoding = text.encoding(problems);
            return encoding != null && parse(encoding.charset(), each);
        } catch (ZipException | EOFException broken) {
            problems.add(name(), Rule.BROKEN_GZIP, "");
        } catch (IOException | UncheckedIOException unreadable) {
            problems.add(name(), Rule.UNREADABLE, "");
        }
        return false;
    }

    private boolean parse(Charset charset, Predicate<CsvRecord> each) throws IOException {
        long line = 0;
        try (Reader reader = text.open(charset); CsvReader<CsvRecord> csv = CsvReader.builder()
                .commentStrategy(CommentStrategy.SKIP).skipEmptyLines(true).extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE).allowUnclosedQuote(false).maxBufferSize(RECORD_CHARS).ofCsvRecord(reader)) {
            Iterator<CsvRecord> records = csv.iterator();
            for (long rows = -1; records.hasNext(); rows++) {
                CsvRecord record = records.next();
                line = record.getStartingLineNumber();
                if (rows >= limits.rows()) {
                    problems.add(name(), Rule.TOO_MANY_ROWS, Long.toString(limits.rows()));
                    return false;
                }
                if (!each.test(record)) return false;
            }
            return true;
        } catch (CsvParseException broken) {
            problems.add(new Problem(name(), line(broken, line + 1), "", "", Rule.BROKEN_QUOTES, ""));
            return false;
        }
    }

    /// The row a broken record starts at: the parser tells it in its message only; if it does not, the row after the last good one.
    static long line(CsvParseException broken, long next) {
        var found = STARTS_AT.matcher(String.valueOf(broken.getMessage()));
        return found.find() ? Long.parseLong(found.group(1)) : next;
    }

    /// Where each column stands, or null if one is missing or there twice: then no row can be judged.
    private @Nullable Map<String, Integer> header(CsvRecord record, Columns columns) {
        var index = new HashMap<String, Integer>();
        List<String> known = columns.all();
        boolean whole = true;
        for (int i = 0; i < record.getFieldCount() && !trailing(record, i); i++) {
            String column = record.getField(i).strip();
            if (index.putIfAbsent(column, i) != null) {
                headerProblem(record, column, Rule.DUPLICATE_COLUMN, "");
                whole = false;
            } else if (!columns.others() && !known.contains(column)) {
                String near = Cells.nearest(column, known);
                headerProblem(record, column, Rule.UNKNOWN_COLUMN, near.isEmpty() ? String.join(" ", known) : near);
            }
        }
        for (String column : columns.required()) {
            if (index.containsKey(column)) continue;
            headerProblem(record, column, Rule.MISSING_COLUMN, "");
            whole = false;
        }
        return whole ? index : null;
    }

    /// True if from cell i on the header is blank: spreadsheets leave such commas behind.
    private static boolean trailing(CsvRecord record, int i) {
        return record.getFields().subList(i, record.getFieldCount()).stream().allMatch(String::isBlank);
    }

    private void headerProblem(CsvRecord record, String column, Rule rule, String detail) {
        problems.add(new Problem(name(), record.getStartingLineNumber(), column, "", rule, detail));
    }

    private void row(CsvRecord record, Map<String, Integer> index, Consumer<Row> each) {
        String[] cells = record.getFields().toArray(String[]::new);
        var row = new Row(name(), record.getStartingLineNumber(), index, cells, problems);
        if (cells.length < index.size()) row.problem("", Rule.ROW_TOO_SHORT, cells.length + " < " + index.size());
        for (int i = index.size(); i < cells.length && row.good(); i++) {
            if (!cells[i].isBlank()) row.problem("", Rule.ROW_TOO_LONG, cells.length + " > " + index.size());
        }
        if (!row.good()) return;
        boolean fits = true;
        for (Map.Entry<String, Integer> column : index.entrySet()) fits &= row.fits(column.getKey(), cells[column.getValue()], limits.cellChars());
        if (fits) each.accept(row);
    }
}
