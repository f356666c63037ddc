package xiaxiang.core.door;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Collects every problem of a reading, so that all can be mended at once. Not for use by several threads.
///
/// Bounded: the first 1,000 found are kept, the rest only counted.
public final class Problems {
    /// How many problems are kept.
    public static final int KEPT = 1_000;
    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file).thenComparingLong(Problem::row)
            .thenComparingLong(Problems::position).thenComparing(Problem::column).thenComparing(Problem::rule).thenComparing(Problem::value).thenComparing(Problem::detail);

    private final List<Problem> kept = new ArrayList<>();
    private long count;

    /// Adds one problem.
    public void add(Problem problem) {
        count++;
        if (kept.size() < KEPT) kept.add(problem);
    }

    /// Adds a problem of a file as a whole.
    public void add(String file, Rule rule, String detail) {
        add(new Problem(file, 0, "", "", rule, detail));
    }

    /// True if nothing is wrong.
    public boolean isEmpty() {
        return count == 0;
    }

    /// How many problems were found, kept or not.
    public long count() {
        return count;
    }

    /// The problems kept, by file, row, column. Cost n log n.
    public List<Problem> list() {
        return kept.stream().sorted(ORDER).toList();
    }

    /// A column that is a position, so that 9 comes before 10; 0 if it is a name.
    private static long position(Problem problem) {
        return Cells.whole(problem.column()) && problem.column().length() < 18 ? Long.parseLong(problem.column()) : 0;
    }

    /// One line each, in the order of [#list], and a last line that counts those not kept. Blank if nothing is wrong.
    public String text(Locale locale) {
        return text(locale, KEPT);
    }

    /// The first `most` lines of [#text(Locale)], and a last line that counts the others.
    public String text(Locale locale, int most) {
        var text = new StringBuilder();
        list().stream().limit(most).forEach(problem -> text.append(problem.text(locale)).append('\n'));
        long more = count - Math.min(most, kept.size());
        if (more > 0) text.append(locale.getLanguage().equals("zh") ? "另有 " + more + " 个问题未列出。\n" : "And " + more + " more problems.\n");
        return text.toString();
    }
}
