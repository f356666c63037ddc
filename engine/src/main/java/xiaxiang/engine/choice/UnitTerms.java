package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.List;

/// The linear utilities of one unit's rows relative to the chosen rows of their cases, split into what draws change and what they do not. One thread only.
///
/// Rows are all but the chosen ones; case t has rows `first[t] .. first[t + 1] - 1`. Row j is worth `constant[j]` plus the random factors
/// `randomStart[j] ..`; its gradient has the entries `start[j] ..`: at the touched parameter `at`, `factor` times a multiplier.
final class UnitTerms {
    private final ChoiceModel model;
    private final Choices choices;
    private final List<RandomCoefficient> random;
    private final Slots slots;
    private final double[] beta;
    private final int fixed;
    private final int[] placeOf;
    private final double[] difference;
    private final int[] used;
    private final boolean[] seen;
    private final Multipliers multipliers;

    int cases;
    int rows;
    int[] first = new int[2];
    double[] constant = {};
    int[] randomStart = {0};
    int[] randomAt = {};
    double[] randomFactor = {};
    int[] start = {0};
    int[] at = {};
    int[] multiplier = {};
    double[] factor = {};
    final int[] touched;
    int count;

    UnitTerms(ChoiceModel model, Slots slots, double[] beta, Multipliers multipliers) {
        this.model = model;
        this.choices = model.choices();
        this.random = model.mixture().coefficients();
        this.slots = slots;
        this.beta = beta;
        this.multipliers = multipliers;
        fixed = model.parameters().size();
        placeOf = new int[slots.free.length];
        Arrays.fill(placeOf, -1);
        touched = new int[slots.free.length];
        difference = new double[slots.slot.length];
        used = new int[slots.slot.length];
        seen = new boolean[slots.slot.length];
    }

    /// The place of a parameter among those touched; -1 if it is fixed or not touched.
    int place(int parameter) {
        int s = slots.slot[parameter];
        return s < 0 ? -1 : placeOf[s];
    }

    void read(int[] of, int from, int to, boolean derivatives) {
        for (int a = 0; a < count; a++) placeOf[touched[a]] = -1;
        count = 0;
        cases = to - from;
        rows = 0;
        if (first.length <= cases) first = new int[2 * cases + 1];
        for (int t = 0; t < cases; t++) {
            int n = of[from + t];
            first[t] = rows;
            for (int row = choices.first[n]; row < choices.first[n + 1]; row++) if (row != choices.chosen[n]) row(row, choices.chosen[n], derivatives);
        }
        first[cases] = rows;
    }

    private void row(int row, int chosen, boolean derivatives) {
        int uses = 0;
        double sum = 0;
        for (int sign = 1; sign >= -1; sign -= 2) {
            int r = sign > 0 ? row : chosen;
            Utility.Linear l = (Utility.Linear) model.utility(choices.alternative[r]);
            int i = choices.index[r];
            sum += sign * (choices.offset[r] + l.constant[i]);
            for (int t = 0; t < l.parameter.length; t++) {
                int c = l.parameter[t];
                if (!seen[c]) used[uses++] = c;
                seen[c] = true;
                difference[c] += sign * l.factor[t][i];
            }
        }
        room(uses);
        int r = randomStart[rows];
        int a = start[rows];
        for (int u = 0; u < uses; u++) {
            int c = used[u];
            double d = difference[c];
            difference[c] = 0;
            seen[c] = false;
            if (d == 0) continue;
            if (c < fixed) {
                sum += beta[c] * d;
                if (derivatives) a = entry(a, c, 0, d);
                continue;
            }
            randomAt[r] = c - fixed;
            randomFactor[r++] = d;
            if (!derivatives) continue;
            a = entry(a, random.get(c - fixed).mean(), multipliers.ofMean(c - fixed), d);
            a = entry(a, random.get(c - fixed).deviation(), multipliers.ofDeviation(c - fixed), d);
        }
        constant[rows] = sum;
        rows++;
        randomStart[rows] = r;
        start[rows] = a;
    }

    private int entry(int a, int parameter, int by, double d) {
        int s = slots.slot[parameter];
        if (s < 0) return a;
        if (placeOf[s] < 0) {
            placeOf[s] = count;
            touched[count++] = s;
        }
        at[a] = placeOf[s];
        multiplier[a] = by;
        factor[a] = d;
        return a + 1;
    }

    private void room(int uses) {
        if (constant.length <= rows) {
            constant = Arrays.copyOf(constant, 2 * rows + 8);
            start = Arrays.copyOf(start, 2 * rows + 9);
            randomStart = Arrays.copyOf(randomStart, 2 * rows + 9);
        }
        int entries = start[rows] + 2 * uses;
        if (factor.length < entries) {
            at = Arrays.copyOf(at, 2 * entries);
            multiplier = Arrays.copyOf(multiplier, 2 * entries);
            factor = Arrays.copyOf(factor, 2 * entries);
        }
        int drawn = randomStart[rows] + uses;
        if (randomAt.length < drawn) {
            randomAt = Arrays.copyOf(randomAt, 2 * drawn);
            randomFactor = Arrays.copyOf(randomFactor, 2 * drawn);
        }
    }
}
