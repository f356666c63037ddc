package xiaxiang.core.door;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A table of anyone's data, held by column: commas, tabs or semicolons; `.csv`, `.tsv`, `.tab`, `.txt`, each perhaps `.gz`; UTF-8 or GB18030.
///
/// `.tsv` and `.tab` are parted by tabs, others by what the header shows most of. Where semicolons part the cells, a comma in a number is a decimal comma,
/// unless the column has decimal points too: it is then text. Missing is a blank cell, `.`, `NA`, `NaN` or `null` (the last two in any case). A column is
/// numbers if every cell is a number or missing; whole numbers beyond 2^53 (long codes) stay text. The unnamed first column that R writes is called `row`.
/// Immutable; arrays handed out are not copies: do not change them. Limits: 20 million rows, 4 million different texts a column, 16 GiB unpacked.
/// Memory: 8 bytes a number, 4 a text, of the columns wanted only. Cost: two passes; 10^7 rows of 6 columns (478 MB) take 4 s and 421 MiB.
public final class Table {
    private static final int SHOWN = 5;

    private final String file;
    private final int rows;
    private final List<String> columns;
    private final Map<String, TableColumn> held;
    private final LineNumbers lines;
    private final int @Nullable [] kept;

    Table(String file, int rows, List<String> columns, Map<String, TableColumn> held, LineNumbers lines, int @Nullable [] kept) {
        this.file = file;
        this.rows = rows;
        this.columns = List.copyOf(columns);
        this.held = held;
        this.lines = lines;
        this.kept = kept;
    }

    /// Reads a whole table; null where anything is wrong with the file, its header or the shape of a row: each problem is added.
    public static @Nullable Table read(Path file, Problems problems) {
        return read(file, _ -> true, problems);
    }

    /// Reads the columns wanted; the others keep their name only.
    public static @Nullable Table read(Path file, Predicate<String> wanted, Problems problems) {
        return new TableReader(file, wanted, problems).read();
    }

    /// The file's name, for problems.
    public String file() {
        return file;
    }

    /// The number of rows.
    public int rows() {
        return rows;
    }

    /// The names in the header, those not read too.
    public List<String> columns() {
        return columns;
    }

    /// Whether a column was read.
    public boolean has(String column) {
        return held.containsKey(column);
    }

    /// The column's name nearest to a written one, or blank.
    public String nearest(String written) {
        return Cells.nearest(written, columns);
    }

    /// Whether a column holds texts. Throws IllegalArgumentException for a column not read.
    public boolean isText(String column) {
        return held(column) instanceof TableColumn.Labels;
    }

    /// Whether a column holds numbers only, true and false or yes and no among them, even if kept as text. Throws IllegalArgumentException for a column not read.
    public boolean isNumeric(String column) {
        return switch (held(column)) {
            case TableColumn.Numbers _ -> true;
            case TableColumn.Labels labels -> labels.names.stream().noneMatch(name -> Double.isNaN(number(name)));
        };
    }

    /// The row of the file, as an editor counts, of a row of this table.
    public long line(int row) {
        return lines.of(kept == null ? row : kept[row]);
    }

    private TableColumn held(String column) {
        TableColumn found = held.get(column);
        if (found == null) throw new IllegalArgumentException("The column (" + column + ") was not read.");
        return found;
    }

    /// A column's numbers, NaN where missing; true and false, yes and no in any case are 1 and 0. Each text that is no number is a problem where it first stands, five a
    /// column at most, and reads as NaN. Throws IllegalArgumentException for a column not read.
    public double[] numbers(String column, Problems problems) {
        return switch (held(column)) {
            case TableColumn.Numbers numbers -> numbers.values;
            case TableColumn.Labels labels -> numbers(column, labels, problems);
        };
    }

    private double[] numbers(String column, TableColumn.Labels labels, Problems problems) {
        double[] value = labels.names.stream().mapToDouble(Table::number).toArray();
        boolean[] told = new boolean[value.length];
        int bad = 0;
        double[] out = new double[rows];
        for (int i = 0; i < rows; i++) {
            int code = labels.codes[i];
            out[i] = code < 0 ? Double.NaN : value[code];
            if (code < 0 || told[code] || !Double.isNaN(value[code]) || bad == SHOWN) continue;
            told[code] = true;
            bad++;
            problems.add(new Problem(file, line(i), column, labels.names.get(code), Rule.NOT_A_NUMBER, ""));
        }
        return out;
    }

    private static double number(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes")) return 1;
        if (text.equalsIgnoreCase("false") || text.equalsIgnoreCase("no")) return 0;
        double number = Numeral.parse(text, '.');
        if (!Double.isNaN(number) || !Cells.whole(text)) return number;
        return Double.parseDouble(text);
    }

    /// Each row's place in [#labels(String)], -1 where missing: a column as the labels it holds, numbers too, in the order they first stand there.
    /// Throws IllegalArgumentException for a column not read. Cost: n for texts; a map look-up a row for numbers.
    public int[] codes(String column) {
        return labelled(column).codes;
    }

    /// The different labels of a column. A number is written as short as can be: 1.0 is "1". After [#at] some may stand in no row.
    public List<String> labels(String column) {
        return labelled(column).names;
    }

    private TableColumn.Labels labelled(String column) {
        return switch (held(column)) {
            case TableColumn.Numbers numbers -> numbers.labels();
            case TableColumn.Labels labels -> labels;
        };
    }

    /// A number as an id is written: whole numbers without decimals.
    public static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }

    /// These rows, in this order; problems still name the rows of the file.
    public Table at(int[] these) {
        Map<String, TableColumn> some = new LinkedHashMap<>();
        held.forEach((name, column) -> some.put(name, column.at(these)));
        int @Nullable [] before = kept;
        return new Table(file, these.length, columns, some, lines, before == null ? these.clone() : Arrays.stream(these).map(r -> before[r]).toArray());
    }

    /// Where rows stand in a file: after one another, but where cells hold line ends or lines are empty.
    static final class LineNumbers {
        private final List<long[]> jumps = new ArrayList<>();
        private long next = Long.MIN_VALUE;

        /// Row `row`, the next one, starts at `line`.
        void add(int row, long line) {
            if (line != next) jumps.add(new long[] {row, line});
            next = line + 1;
        }

        long of(int row) {
            int low = 0;
            int high = jumps.size() - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (jumps.get(middle)[0] <= row) low = middle;
                else high = middle - 1;
            }
            return jumps.isEmpty() ? 0 : jumps.get(low)[1] + row - jumps.get(low)[0];
        }
    }
}
