package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// Who could choose what, and what was chosen: cases, each with its own set of available alternatives. Immutable.
///
/// A row is an alternative available in a case; what is not available has no row and its utility is never asked for. Alternatives count from 0.
/// Memory: 16 bytes a row and 20 a case.
public final class Choices {
    /// The choice of a case whose choice is not known: it can be predicted, not estimated from.
    public static final int UNKNOWN = -1;

    final int alternatives;
    /// The rows of case n are `first[n] .. first[n + 1] - 1`.
    final int[] first;
    final int[] alternative;
    /// Where the utility of a row is to be asked: the case in wide data, the row in long data.
    final int[] index;
    /// Added to the utility of a row: the correction of a sample of alternatives.
    final double[] offset;
    /// The row chosen in a case; -1 if the choice is unknown or not available.
    final int[] chosen;
    final double[] weight;
    final int[] individual;
    final boolean panel;

    private Choices(int alternatives, int[] first, int[] alternative, int[] index, double[] offset, int[] chosen, double[] weight, int[] individual, boolean panel) {
        this.alternatives = alternatives;
        this.first = first;
        this.alternative = alternative;
        this.index = index;
        this.offset = offset;
        this.chosen = chosen;
        this.weight = weight;
        this.individual = individual;
        this.panel = panel;
    }

    /// Wide data: `available[alternative][case]`, and the alternative chosen in each case or [#UNKNOWN]. Utilities are asked at the number of the case.
    public static Choices wide(boolean[][] available, int[] chosen) {
        int cases = chosen.length;
        for (boolean[] a : available) if (a.length != cases) throw new IllegalArgumentException("Expected availability in " + cases + " cases, got " + a.length + ".");
        int[] first = new int[cases + 1];
        for (int n = 0; n < cases; n++) {
            first[n + 1] = first[n];
            for (boolean[] a : available) if (a[n]) first[n + 1]++;
        }
        int[] alternative = new int[first[cases]];
        int[] index = new int[first[cases]];
        int[] row = new int[cases];
        for (int n = 0; n < cases; n++) {
            int r = first[n];
            row[n] = UNKNOWN;
            for (int j = 0; j < available.length; j++) {
                if (!available[j][n]) continue;
                if (j == chosen[n]) row[n] = r;
                index[r] = n;
                alternative[r++] = j;
            }
        }
        return plain(available.length, first, alternative, index, row);
    }

    /// Long data: the rows of case n are `first[n] .. first[n + 1] - 1`, each with its alternative (below `alternatives`); `chosen[n]` is the row chosen in
    /// case n or [#UNKNOWN]. Utilities are asked at the number of the row. Throws IllegalArgumentException where rows do not fit.
    public static Choices rows(int alternatives, int[] first, int[] alternative, int[] chosen) {
        int rows = alternative.length;
        if (first.length != chosen.length + 1 || first[0] != 0 || first[chosen.length] != rows)
            throw new IllegalArgumentException("The first rows must go from 0 to " + rows + " over " + chosen.length + " cases.");
        for (int a : alternative) if (a < 0 || a >= alternatives) throw new IllegalArgumentException("Alternative " + a + " is not one of " + alternatives + ".");
        for (int n = 0; n < chosen.length; n++)
            if (first[n] > first[n + 1] || (chosen[n] != UNKNOWN && (chosen[n] < first[n] || chosen[n] >= first[n + 1])))
                throw new IllegalArgumentException("Case " + n + " has rows " + first[n] + " to " + (first[n + 1] - 1) + ", and row " + chosen[n] + " as chosen.");
        return plain(alternatives, first.clone(), alternative.clone(), IntStream.range(0, rows).toArray(), chosen.clone());
    }

    private static Choices plain(int alternatives, int[] first, int[] alternative, int[] index, int[] chosen) {
        double[] ones = new double[chosen.length];
        Arrays.fill(ones, 1);
        return new Choices(alternatives, first, alternative, index, new double[alternative.length], chosen, ones, IntStream.range(0, chosen.length).toArray(), false);
    }

    /// The same with weights, one a case: its log-likelihood is multiplied by it. Throws IllegalArgumentException if one is negative or not finite.
    public Choices weighted(double[] weight) {
        if (weight.length != cases()) throw new IllegalArgumentException("Expected " + cases() + " weights, got " + weight.length + ".");
        for (int n = 0; n < weight.length; n++) if (!(weight[n] >= 0 && weight[n] < Double.POSITIVE_INFINITY)) throw new IllegalArgumentException("The weight (" + weight[n] + ") of case " + n + " must be at least 0.");
        return new Choices(alternatives, first, alternative, index, offset, chosen, weight.clone(), individual, panel);
    }

    /// The same with `individual[case]`, any numbers: cases of one individual share their draws of random coefficients and count as one in errors.
    public Choices ofIndividuals(int[] individual) {
        if (individual.length != cases()) throw new IllegalArgumentException("Expected " + cases() + " individuals, got " + individual.length + ".");
        Map<Integer, Integer> number = new HashMap<>();
        int[] dense = new int[individual.length];
        for (int n = 0; n < dense.length; n++) {
            Integer seen = number.putIfAbsent(individual[n], number.size());
            dense[n] = seen == null ? number.size() - 1 : seen;
        }
        return new Choices(alternatives, first, alternative, index, offset, chosen, weight, dense, true);
    }

    /// Some of the rows, `kept`, those of case n being `kept[first[n] ..]`, with what is added to their utilities. Utilities are asked where they were.
    Choices of(int[] first, int[] kept, double[] offset) {
        int[] row = new int[cases()];
        for (int n = 0; n < row.length; n++) {
            row[n] = UNKNOWN;
            for (int r = first[n]; r < first[n + 1]; r++) if (kept[r] == chosen[n]) row[n] = r;
        }
        int[] ofAlternative = Arrays.stream(kept).map(r -> alternative[r]).toArray();
        return new Choices(alternatives, first, ofAlternative, Arrays.stream(kept).map(r -> index[r]).toArray(), offset, row, weight, individual, panel);
    }

    /// The same with other choices, the row of each case or [#UNKNOWN]: those of a simulation, say.
    public Choices choosing(int[] rows) {
        for (int n = 0; n < cases(); n++)
            if (rows[n] != UNKNOWN && (rows[n] < first[n] || rows[n] >= first[n + 1])) throw new IllegalArgumentException("Row " + rows[n] + " is not one of case " + n + ".");
        return new Choices(alternatives, first, alternative, index, offset, rows.clone(), weight, individual, panel);
    }

    /// The number of cases.
    public int cases() {
        return chosen.length;
    }

    /// The number of alternatives any case may have.
    public int alternatives() {
        return alternatives;
    }

    /// The number of rows: available alternatives over all cases.
    public int rows() {
        return alternative.length;
    }

    /// The first row of a case; that of case [#cases] is the number of rows.
    public int firstRow(int n) {
        return first[n];
    }

    /// The alternative of a row.
    public int alternativeOf(int row) {
        return alternative[row];
    }

    /// The row chosen in a case, or [#UNKNOWN] if the choice is unknown or was not available.
    public int chosenRow(int n) {
        return chosen[n];
    }

    /// The weight of a case.
    public double weight(int n) {
        return weight[n];
    }

    /// The number of individuals; that of cases where none are named.
    public int individuals() {
        return panel ? Arrays.stream(individual).max().orElse(-1) + 1 : cases();
    }

    /// The sum of the weights: the number of observations where all are 1.
    public double totalWeight() {
        return Arrays.stream(weight).sum();
    }

    /// The log-likelihood if every available alternative were as likely as the others: the sum of -weight ln(number available).
    public double nullLogLikelihood() {
        double sum = 0;
        for (int n = 0; n < cases(); n++) if (weight[n] != 0) sum -= weight[n] * Math.log(first[n + 1] - first[n]);
        return sum;
    }
}
