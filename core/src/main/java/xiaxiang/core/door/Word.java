package xiaxiang.core.door;

import java.util.Arrays;

/// A word of a [WordFile] with its row and column as an editor counts them, from 1. A getter never throws for what a word holds: it adds a problem.
public final class Word {
    private final String file;
    private final String text;
    private final long row;
    private final long column;
    private final Problems problems;

    Word(String file, String text, long row, long column, Problems problems) {
        this.file = file;
        this.text = text;
        this.row = row;
        this.column = column;
        this.problems = problems;
    }

    /// The word as it stands; if it is longer than any number, only its beginning.
    public String text() {
        return text;
    }

    /// The row, from 1.
    public long row() {
        return row;
    }

    /// Adds a problem with this word.
    public void problem(Rule rule, String detail) {
        problems.add(new Problem(file, row, Long.toString(column), text, rule, detail));
    }

    /// A finite number in [low, high]; NaN, with a problem added, if it is none.
    public double number(double low, double high) {
        if (!Cells.decimal(text) || text.length() > WordFile.WORD_BYTES) {
            problem(Rule.NOT_A_NUMBER, "");
            return Double.NaN;
        }
        double number = Double.parseDouble(text);
        if (number >= low && number <= high) return number;
        problem(Rule.OUT_OF_RANGE, "[" + Row.plain(low) + ", " + Row.plain(high) + "]");
        return Double.NaN;
    }

    /// A whole number in [low, high], of 0 or more; -1, with a problem added, if it is none.
    public int whole(int low, int high) {
        if (!Cells.whole(text)) {
            problem(Rule.NOT_A_WHOLE_NUMBER, "");
            return -1;
        }
        // 18 digits always fit a long; more are out of any range we ask for.
        long number = text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
        if (number >= low && number <= high) return (int) number;
        problem(Rule.OUT_OF_RANGE, "[" + low + ", " + high + "]");
        return -1;
    }

    /// One of a few words; adds a problem if it is another.
    public void choice(String... choices) {
        if (!Arrays.asList(choices).contains(text)) problem(Rule.NOT_A_CHOICE, String.join(" ", choices));
    }
}
