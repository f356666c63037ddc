package xiaxiang.core.share;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import xiaxiang.core.door.Table;

/// The periods of a panel in order, each with its index and its name.
///
/// Whole numbers are taken at their value, as R's did takes them: 2003, 2004, 2006 leave a hole, and event time counts years. So are months written 202401. Other numbers, dates and
/// texts count by their rank, one step each. Immutable.
public final class Timeline {
    private static final int SPARSE = 20;

    /// How periods are counted: VALUE, MONTH or RANK.
    public enum Count { VALUE, MONTH, RANK }

    private final Count count;
    private final boolean numbers;
    /// Ascending: values, or months since year 0, or ranked numbers.
    private final double[] values;
    private final List<String> texts;

    private Timeline(Count count, boolean numbers, double[] values, List<String> texts) {
        this.count = count;
        this.numbers = numbers;
        this.values = values;
        this.texts = texts;
    }

    /// Periods that are numbers; `found` holds no NaN and at least one entry.
    static Timeline ofNumbers(double[] found) {
        double[] sorted = Arrays.stream(found).distinct().sorted().toArray();
        boolean whole = Arrays.stream(sorted).allMatch(v -> v == Math.rint(v) && Math.abs(v) < 1e9);
        boolean months = whole && sorted.length > 1 && Arrays.stream(sorted).allMatch(v -> v >= 100_001 && v <= 999_912 && v % 100 >= 1 && v % 100 <= 12);
        if (months) return new Timeline(Count.MONTH, true, Arrays.stream(sorted).map(Timeline::month).toArray(), List.of());
        boolean dense = whole && sorted[sorted.length - 1] - sorted[0] < (double) SPARSE * sorted.length;
        return new Timeline(dense ? Count.VALUE : Count.RANK, true, sorted, List.of());
    }

    /// Periods that are texts which sort as they are written.
    static Timeline ofTexts(Iterable<String> found) {
        TreeSet<String> sorted = new TreeSet<>();
        found.forEach(sorted::add);
        return new Timeline(Count.RANK, false, new double[0], List.copyOf(sorted));
    }

    /// Whether texts sort in time: ISO dates do, dates with slashes do not.
    static boolean sorts(String text) {
        return !text.contains("/") && (!text.matches("\\d{1,4}-\\d{1,2}-\\d{1,4}") || isDate(text));
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static double month(double v) {
        return Math.floor(v / 100) * 12 + v % 100 - 1;
    }

    /// How many indices there are.
    public int size() {
        if (!numbers) return texts.size();
        return count == Count.RANK ? values.length : (int) (values[values.length - 1] - values[0]) + 1;
    }

    /// How periods are counted.
    public Count count() {
        return count;
    }

    /// Whether periods are numbers.
    public boolean isNumbers() {
        return numbers;
    }

    /// The index of the first period at or after a number, perhaps below 0 or beyond the end.
    int index(double value) {
        if (count == Count.RANK) {
            int at = Arrays.binarySearch(values, value);
            return at >= 0 ? at : -1 - at;
        }
        double at = count == Count.MONTH ? month(value) : value;
        return (int) Math.clamp(Math.ceil(at - values[0]), -1e9, 1e9);
    }

    /// The index of the first period at or after a text; [#size] if there is none.
    int index(String text) {
        int at = java.util.Collections.binarySearch(texts, text);
        return at >= 0 ? at : -1 - at;
    }

    /// Whether some row has the period.
    boolean isObserved(int index) {
        if (index < 0 || index >= size()) return false;
        return count == Count.RANK || Arrays.binarySearch(values, values[0] + index) >= 0;
    }

    /// The indices of the periods that rows have.
    public int[] observed() {
        return IntStream.range(0, size()).filter(this::isObserved).toArray();
    }

    /// A period as the data writes it: a number or a text. Indices outside are written too where numbers allow it.
    public Object label(int index) {
        if (!numbers) return index >= 0 && index < texts.size() ? texts.get(index) : "";
        if (count == Count.RANK) return index >= 0 && index < values.length ? plain(values[index]) : "";
        double value = values[0] + index;
        return plain(count == Count.MONTH ? Math.floor(value / 12) * 100 + value % 12 + 1 : value);
    }

    private static Object plain(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) return (long) value;
        return value;
    }

    /// A period as a person reads it.
    public String text(int index) {
        return label(index) instanceof Double d ? Table.text(d) : label(index).toString();
    }
}
