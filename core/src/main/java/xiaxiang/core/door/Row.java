package xiaxiang.core.door;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A row of a [CsvFile], or one that was typed: cells by column name, read as the type wanted.
///
/// A getter never throws for what a cell holds: it adds a problem and gives a value of its range, so that the row's other cells are
/// judged too; make nothing of a row that is not [#good]. A column the file does not have reads as blank. Blanks around a cell are cut.
public final class Row {
    private static final int LOOKED_THROUGH = 2_000;
    private static final int TYPED_CHARS = 2_000;

    private final String file;
    private final long line;
    private final Map<String, Integer> index;
    private final String[] cells;
    private final Problems problems;
    private boolean good = true;

    Row(String file, long line, Map<String, Integer> index, String[] cells, Problems problems) {
        this.file = file;
        this.line = line;
        this.index = index;
        this.cells = cells;
        this.problems = problems;
    }

    /// A row that stands in no file: what somebody typed, by column. `what` stands where a file's name would; its problems have row 0. A cell is judged as one of a
    /// file is, but holds 2,000 characters at most.
    public static Row typed(String what, Map<String, String> cells, Problems problems) {
        var index = new HashMap<String, Integer>();
        for (String column : cells.keySet()) index.put(column, index.size());
        var row = new Row(what, 0, index, cells.values().toArray(String[]::new), problems);
        cells.forEach((column, cell) -> row.fits(column, cell, TYPED_CHARS));
        return row;
    }

    /// False, with a problem added, if a cell is too long to be judged; adds one too if it holds what nobody can see.
    boolean fits(String column, String cell, int mostChars) {
        if (cell.length() > mostChars) {
            problem(column, Rule.CELL_TOO_LONG, Integer.toString(mostChars));
            return false;
        }
        int invisible = Cells.invisible(cell);
        if (invisible >= 0) problem(column, Rule.CONTROL_CHARACTER, "U+%04X".formatted(invisible));
        return true;
    }

    /// The file's name.
    public String file() {
        return file;
    }

    /// The row as an editor counts it, the file's first line being 1.
    public long line() {
        return line;
    }

    /// True until a problem of this row is found.
    public boolean good() {
        return good;
    }

    /// Adds a problem of this row; `column` may be blank.
    public void problem(String column, Rule rule, String detail) {
        good = false;
        problems.add(new Problem(file, line, column, text(column), rule, detail));
    }

    /// Adds a problem of this row about a name that is not among those known; the detail is the nearest of them, `-` if none is near or too many
    /// are known to look through for each of many mistakes.
    public void unknown(String column, String name, Rule rule, Collection<String> known) {
        good = false;
        String near = known.size() > LOOKED_THROUGH ? "" : Cells.nearest(name, known);
        problems.add(new Problem(file, line, column, name, rule, near.isEmpty() ? Rule.NONE_NEAR : near));
    }

    /// The cell, without the apostrophe that keeps a spreadsheet from taking it for a formula ([Formula]); blank if empty.
    public String text(String column) {
        Integer at = index.get(column);
        return at == null || at >= cells.length ? "" : Formula.bare(cells[at].strip());
    }

    /// True if the cell is not blank.
    public boolean has(String column) {
        return !text(column).isEmpty();
    }

    /// The cell, which must not be blank.
    public String required(String column) {
        String cell = text(column);
        if (cell.isEmpty()) problem(column, Rule.REQUIRED, "");
        return cell;
    }

    /// A whole number in [lo, hi]; must not be blank.
    public long whole(String column, long lo, long hi) {
        return required(column).isEmpty() ? lo : wholeOr(column, lo, hi, lo);
    }

    /// A whole number in [lo, hi], or `ifBlank`.
    public long wholeOr(String column, long lo, long hi, long ifBlank) {
        Long number = wholeOrNull(column, lo, hi);
        return number == null ? ifBlank : number;
    }

    /// A whole number in [lo, hi], or null if blank.
    public @Nullable Long wholeOrNull(String column, long lo, long hi) {
        String cell = text(column);
        return cell.isEmpty() ? null : whole(column, cell, lo, hi);
    }

    private long whole(String column, String cell, long lo, long hi) {
        if (!Cells.whole(cell)) {
            problem(column, Rule.NOT_A_WHOLE_NUMBER, "");
            return lo;
        }
        // 18 digits always fit a long; more are out of any range we ask for.
        long number = cell.length() > 19 ? Long.MAX_VALUE : parse(cell);
        if (number < lo || number > hi || cell.length() > 19) {
            problem(column, Rule.OUT_OF_RANGE, "[" + lo + ", " + hi + "]");
            return lo;
        }
        return number;
    }

    private static long parse(String cell) {
        try {
            return Long.parseLong(cell);
        } catch (NumberFormatException tooLong) {
            return cell.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /// A finite number in [lo, hi]; must not be blank.
    public double number(String column, double lo, double hi) {
        return required(column).isEmpty() ? lo : numberOr(column, lo, hi, lo);
    }

    /// A finite number in [lo, hi], or `ifBlank`.
    public double numberOr(String column, double lo, double hi, double ifBlank) {
        Double number = numberOrNull(column, lo, hi);
        return number == null ? ifBlank : number;
    }

    /// A finite number in [lo, hi], or null if blank.
    public @Nullable Double numberOrNull(String column, double lo, double hi) {
        String cell = text(column);
        if (cell.isEmpty()) return null;
        if (!Cells.decimal(cell)) {
            problem(column, Rule.NOT_A_NUMBER, "");
            return lo;
        }
        double number = Double.parseDouble(cell);
        if (number >= lo && number <= hi) return number;
        problem(column, Rule.OUT_OF_RANGE, "[" + plain(lo) + ", " + plain(hi) + "]");
        return lo;
    }

    static String plain(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15 ? Long.toString((long) bound) : Double.toString(bound);
    }

    /// One of an enum's names, in any case, with or without `-` and `_`; must not be blank.
    public <E extends Enum<E>> E choice(String column, Class<E> type) {
        E[] all = type.getEnumConstants();
        return required(column).isEmpty() ? all[0] : choiceOr(column, type, all[0]);
    }

    /// One of an enum's names, written as in [#choice], or `ifBlank`.
    public <E extends Enum<E>> E choiceOr(String column, Class<E> type, E ifBlank) {
        String cell = text(column);
        if (cell.isEmpty()) return ifBlank;
        String name = letters(cell);
        for (E one : type.getEnumConstants()) if (letters(one.name()).equals(name)) return one;
        problem(column, Rule.NOT_A_CHOICE, EnumSet.allOf(type).stream().map(one -> one.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(" ")));
        return ifBlank;
    }

    /// "GCJ-02" and "gcj02" name the same, as do "owner run" and "OWNER_RUN".
    private static String letters(String name) {
        return name.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    }

    /// A date as 2017-06-30, or null if blank.
    public @Nullable LocalDate dateOrNull(String column) {
        String cell = text(column);
        if (cell.isEmpty()) return null;
        try {
            return LocalDate.parse(cell);
        } catch (DateTimeParseException notADate) {
            problem(column, Rule.NOT_A_DATE, "");
            return null;
        }
    }

    /// True or false (also 1 or 0, yes or no, 是 or 否), or `ifBlank`.
    public boolean flagOr(String column, boolean ifBlank) {
        return switch (text(column).toLowerCase(Locale.ROOT)) {
            case "" -> ifBlank;
            case "true", "1", "yes", "是" -> true;
            case "false", "0", "no", "否" -> false;
            default -> {
                problem(column, Rule.NOT_A_FLAG, "");
                yield ifBlank;
            }
        };
    }

    /// Items separated by `|`, each not blank and written once; empty if blank.
    public List<String> list(String column) {
        String cell = text(column);
        if (cell.isEmpty()) return List.of();
        var items = new LinkedHashSet<String>();
        for (String part : cell.split("\\|", -1)) {
            String item = part.strip();
            if (item.isEmpty()) problem(column, Rule.REQUIRED, "|");
            else if (!items.add(item)) problem(column, Rule.REPEATED_ITEM, item);
        }
        return List.copyOf(items);
    }

    /// Whole numbers in [lo, hi] by name, as `a:1|b:2`, in the cell's order; empty if blank.
    public Map<String, Long> map(String column, long lo, long hi) {
        var map = new LinkedHashMap<String, Long>();
        for (String item : list(column)) {
            int colon = item.lastIndexOf(':');
            String name = colon < 0 ? "" : item.substring(0, colon).strip();
            if (name.isEmpty()) problem(column, Rule.NOT_A_MAP, "");
            else if (map.containsKey(name)) problem(column, Rule.REPEATED_ITEM, name);
            else map.put(name, whole(column, item.substring(colon + 1).strip(), lo, hi));
        }
        return map;
    }
}
