package xiaxiang.core.door;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Fills one column of a table: with numbers as long as each cell is one or missing, else with texts.
final class ColumnBuilder {
    /// Different texts a column may hold.
    static final int MOST_TEXTS = 4_000_000;
    private static final double[] NONE = {};
    private static final int[] NO_CODES = {};

    private enum Kind { UNDECIDED, NUMBERS, TEXTS }

    private final Numeral point = new Numeral('.');
    private final Numeral comma = new Numeral(',');
    /// Whether commas can be decimal ones: where semicolons part the cells.
    private final boolean commas;
    private final int capacity;
    private final Map<String, Integer> index = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private Kind kind;
    private boolean demoted;
    private boolean sawPoint;
    private boolean sawComma;
    private double[] numbers = NONE;
    private int[] codes = NO_CODES;
    private int rows;

    private ColumnBuilder(Kind kind, int capacity, boolean commas) {
        this.kind = kind;
        this.capacity = Math.max(1, capacity);
        this.commas = commas;
        if (kind == Kind.TEXTS) codes = new int[this.capacity];
    }

    /// A column of about `capacity` rows that is what its cells show.
    static ColumnBuilder open(int capacity, boolean commas) {
        return new ColumnBuilder(Kind.UNDECIDED, capacity, commas);
    }

    /// A column known to hold texts.
    static ColumnBuilder texts(int capacity) {
        return new ColumnBuilder(Kind.TEXTS, capacity, false);
    }

    /// True where a text came after numbers, which were not kept as they were written: the column must be read again, as texts.
    boolean demoted() {
        return demoted;
    }

    /// Takes the next row's cell; false if there are too many different texts.
    boolean add(char[] text, int from, int end) {
        if (demoted) return true;
        while (from < end && text[from] <= ' ') from++;
        while (end > from && text[end - 1] <= ' ') end--;
        if (missing(text, from, end)) put(Double.NaN, -1);
        else if (kind == Kind.TEXTS) return text(text, from, end);
        else {
            double number = number(text, from, end);
            if (!Double.isNaN(number)) put(number, 0);
            else if (kind == Kind.NUMBERS) demoted = true;
            else return text(text, from, end);
        }
        rows++;
        return true;
    }

    /// True for what statistics packages write for nothing: "", ".", NA, NaN, null.
    private static boolean missing(char[] text, int from, int end) {
        return switch (end - from) {
            case 0 -> true;
            case 1 -> text[from] == '.';
            case 2 -> text[from] == 'N' && text[from + 1] == 'A';
            case 3 -> is("nan", text, from);
            case 4 -> is("null", text, from);
            default -> false;
        };
    }

    private static boolean is(String word, char[] text, int from) {
        for (int i = 0; i < word.length(); i++) if (Character.toLowerCase(text[from + i]) != word.charAt(i)) return false;
        return true;
    }

    /// NaN where it is none, or where decimal points and decimal commas meet in one column: then nobody knows what a comma is.
    private double number(char[] text, int from, int end) {
        double number = point.parse(text, from, end);
        if (!Double.isNaN(number)) {
            if (commas && !sawPoint) sawPoint = has(text, from, end, '.');
            return sawPoint && sawComma ? Double.NaN : number;
        }
        if (!commas) return number;
        number = comma.parse(text, from, end);
        sawComma |= !Double.isNaN(number);
        return sawPoint && sawComma ? Double.NaN : number;
    }

    private static boolean has(char[] text, int from, int end, char c) {
        for (int i = from; i < end; i++) if (text[i] == c) return true;
        return false;
    }

    private boolean text(char[] text, int from, int end) {
        if (kind == Kind.UNDECIDED) {
            kind = Kind.TEXTS;
            codes = new int[Math.max(capacity, rows + 1)];
            Arrays.fill(codes, 0, rows, -1);
        }
        String name = new String(text, from, end - from);
        Integer known = index.get(name);
        if (known == null) {
            if (names.size() >= MOST_TEXTS) return false;
            known = names.size();
            index.put(name, known);
            names.add(name);
        }
        put(Double.NaN, known);
        rows++;
        return true;
    }

    private void put(double number, int code) {
        if (kind == Kind.TEXTS) {
            if (rows == codes.length) codes = Arrays.copyOf(codes, rows + (rows >> 1) + 1);
            codes[rows] = code;
            return;
        }
        if (!Double.isNaN(number) && kind == Kind.UNDECIDED) {
            kind = Kind.NUMBERS;
            numbers = new double[Math.max(capacity, rows + 1)];
            Arrays.fill(numbers, 0, rows, Double.NaN);
        }
        if (kind == Kind.UNDECIDED) return;
        if (rows == numbers.length) numbers = Arrays.copyOf(numbers, rows + (rows >> 1) + 1);
        numbers[rows] = number;
    }

    /// The column; one that holds nothing is all missing numbers.
    TableColumn build() {
        if (kind == Kind.TEXTS) return new TableColumn.Labels(codes.length == rows ? codes : Arrays.copyOf(codes, rows), List.copyOf(names));
        if (kind == Kind.NUMBERS) return new TableColumn.Numbers(numbers.length == rows ? numbers : Arrays.copyOf(numbers, rows));
        double[] nothing = new double[rows];
        Arrays.fill(nothing, Double.NaN);
        return new TableColumn.Numbers(nothing);
    }
}
