package xiaxiang.core.share;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A month or a quarter, written `2017-03` or `2017Q1`: `perYear` is 12 or 4, `index` counts from year 0.
public record Period(int perYear, int index) {
    private static final Pattern MONTH = Pattern.compile("(\\d{4})-(0[1-9]|1[0-2])");
    private static final Pattern QUARTER = Pattern.compile("(\\d{4})Q([1-4])");

    /// Reads a period; null if it is neither a month nor a quarter.
    public static @Nullable Period parse(String text) {
        Matcher month = MONTH.matcher(text);
        if (month.matches()) return new Period(12, 12 * Integer.parseInt(month.group(1)) + Integer.parseInt(month.group(2)) - 1);
        Matcher quarter = QUARTER.matcher(text);
        if (quarter.matches()) return new Period(4, 4 * Integer.parseInt(quarter.group(1)) + Integer.parseInt(quarter.group(2)) - 1);
        return null;
    }

    /// So many periods later.
    public Period plus(int periods) {
        return new Period(perYear, index + periods);
    }

    @Override
    public String toString() {
        int year = index / perYear;
        return perYear == 4 ? "%04dQ%d".formatted(year, index % 4 + 1) : "%04d-%02d".formatted(year, index % 12 + 1);
    }
}
