package xiaxiang.core.rollout;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.door.Word;
import xiaxiang.core.door.WordFile;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Kernel;

/// A test problem of Haase and Mueller (2014): numbers parted by blanks, "n m e", n weights, e rows of n rival costs, m rows of n site costs, all costs
/// stored negated. Source: A comparison of linear reformulations for multinomial logit choice probabilities in facility location models (2014).
///
/// Of b and a as stored, `w_i = sum over e of exp(alpha beta b_ei)` and `V_ij = exp(beta a_ij)`; the ratio is V_ij / w_i, worked out in logs. Line ends mean
/// nothing. Some files hold further problems of the same size after the first: their numbers are judged, and the first is the problem.
public final class Hm14File {
    /// The most bytes of a file, and the most points times rows of costs.
    private static final long MOST_BYTES = 512L << 20;
    private static final long MOST_NUMBERS = 20_000_000;
    private static final int MOST_COUNT = 1_000_000;
    /// The largest coefficient, weight and cost, in absolute value.
    private static final double MOST_COEFFICIENT = 1e6;
    private static final double MOST_WEIGHT = 1e15;
    private static final double MOST_COST = 1e9;
    /// What a ratio is kept in: a float holds it, and no share differs by more than 1e-37.
    private static final double LEAST_RATIO = 1e-37;
    private static final double MOST_RATIO = 1e37;

    private final Problems problems;
    /// n, m and e.
    private final int[] size = {-1, -1, -1};
    /// The weights, then the costs row by row.
    private double[] values = {};
    /// Numbers found, the three sizes and those of further problems included.
    private long found;
    /// Where what follows the first problem turns out not to be another one of its size.
    private @Nullable Word strange;
    private long tooBig;
    private final Lines lines = new Lines();

    private Hm14File(Problems problems) {
        this.problems = problems;
    }

    /// The problem of a file where at most `open` sites may be opened, or null with everything that is wrong added to `problems`. `alpha` weighs the
    /// rivals' costs, `beta` all costs. Throws IllegalArgumentException if a coefficient is beyond a million or no number, or `open` is below 0.
    public static @Nullable CaptureProblem read(Path file, double alpha, double beta, int open, Problems problems) {
        coefficient("alpha", alpha);
        coefficient("beta", beta);
        SiteLimit.check(open);
        long before = problems.count();
        Hm14File content = new Hm14File(problems);
        if (!WordFile.read(file, MOST_BYTES, problems, content::words)) return null;
        if (content.size[1] >= 0) SiteLimit.check(file, open, content.size[1], problems);
        return problems.count() > before ? null : content.problem(alpha, beta, open);
    }

    private static void coefficient(String name, double value) {
        if (!(Math.abs(value) <= MOST_COEFFICIENT)) throw new IllegalArgumentException("The " + name + " (" + value + ") must be in [-1000000, 1000000].");
    }

    private void words(WordFile words) {
        for (Word word = words.next(); word != null; word = words.next()) {
            if (found < size.length) count(word);
            else if (values.length == 0 || strange != null) word.number(-MOST_COST, MOST_WEIGHT);
            else if (found < whole()) value(word);
            else further(word);
            if (found >= size.length && values.length > 0) lines.count(word.row(), found < whole());
            found++;
        }
        if (tooBig > 0) problems.add(words.name(), Rule.PROBLEM_TOO_BIG, tooBig + " > " + MOST_NUMBERS);
        else if (found < size.length) few(words, size.length);
        else if (values.length > 0) complete(words);
    }

    /// One of the first three numbers. The third settles how many follow.
    private void count(Word word) {
        size[(int) found] = word.whole(1, MOST_COUNT);
        if (found < size.length - 1 || size[0] < 0 || size[1] < 0 || size[2] < 0) return;
        long numbers = size[0] * (1L + size[1] + size[2]);
        if (numbers > MOST_NUMBERS) tooBig = numbers;
        else values = new double[(int) numbers];
    }

    private void value(Word word) {
        int at = (int) found - size.length;
        values[at] = at < size[0] ? word.number(0, MOST_WEIGHT) : word.number(-MOST_COST, MOST_COST);
    }

    /// A number of a further problem, which must begin with the same three counts.
    private void further(Word word) {
        long at = found % whole();
        if (at >= size.length) {
            word.number(-MOST_COST, MOST_WEIGHT);
        } else if (!word.text().equals(Integer.toString(size[(int) at]))) {
            strange = word;
        }
    }

    /// Numbers of a problem, its three sizes included.
    private long whole() {
        return size.length + (long) values.length;
    }

    private void complete(WordFile words) {
        if (strange == null && found % whole() == 0) return;
        if ((strange != null || found < whole()) && lines.odd(words.name(), size[0], problems)) return;
        if (strange != null) strange.problem(Rule.TOO_MANY_NUMBERS, "> " + whole());
        else few(words, (found / whole() + 1) * whole());
    }

    private void few(WordFile words, long wanted) {
        problems.add(new Problem(words.name(), words.lastRow(), "", "", Rule.TOO_FEW_NUMBERS, found + " < " + wanted));
    }

    private CaptureProblem problem(double alpha, double beta, int open) {
        int points = size[0];
        int sites = size[1];
        int firstSite = points + points * size[2];
        float[] ratio = new float[points * sites];
        int[] site = new int[ratio.length];
        int[] start = new int[points + 1];
        for (int i = 0; i < points; i++) {
            start[i + 1] = (i + 1) * sites;
            double rivals = logRivals(i, alpha * beta);
            for (int j = 0; j < sites; j++) {
                site[i * sites + j] = j;
                ratio[i * sites + j] = (float) Math.clamp(Math.exp(beta * values[firstSite + j * points + i] - rivals), LEAST_RATIO, MOST_RATIO);
            }
        }
        return CaptureProblem.of(new Kernel.Logit(), new CaptureProblem.Rows(Arrays.copyOf(values, points), new double[points], start, site, ratio), SiteLimit.sites(sites, open));
    }

    /// Logarithm of what the rivals are worth at a point, its largest term taken out first.
    private double logRivals(int i, double factor) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int e = 1; e <= size[2]; e++) largest = Math.max(largest, factor * values[e * size[0] + i]);
        double sum = 0;
        for (int e = 1; e <= size[2]; e++) sum += Math.exp(factor * values[e * size[0] + i] - largest);
        return largest + Math.log(sum);
    }

    /// How many numbers stand in each line: where most lines hold a row, those that do not are the ones to mend.
    private static final class Lines {
        private long[] row = new long[64];
        private int[] count = new int[64];
        private int used;

        /// Counts a number of a line; of a new line only if `opens`.
        void count(long line, boolean opens) {
            if (used == 0 || row[used - 1] != line) {
                if (!opens) return;
                if (used == row.length) {
                    row = Arrays.copyOf(row, 2 * used);
                    count = Arrays.copyOf(count, 2 * used);
                }
                row[used++] = line;
            }
            count[used - 1]++;
        }

        /// Adds a problem for each line that does not hold `wanted` numbers; false, with none added, if there is no such line or most are.
        boolean odd(String file, int wanted, Problems problems) {
            long odd = IntStream.range(0, used).filter(k -> count[k] != wanted).count();
            if (odd == 0 || 2 * odd > used) return false;
            for (int k = 0; k < used; k++) {
                if (count[k] < wanted) problems.add(new Problem(file, row[k], "", "", Rule.TOO_FEW_NUMBERS, count[k] + " < " + wanted));
                else if (count[k] > wanted) problems.add(new Problem(file, row[k], "", "", Rule.TOO_MANY_NUMBERS, count[k] + " > " + wanted));
            }
            return true;
        }
    }
}
