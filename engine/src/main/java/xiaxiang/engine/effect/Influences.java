package xiaxiang.engine.effect;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Every cluster's influence on every effect and average, never held at once: made in blocks of clusters, and added up into errors, covariances and bootstrap draws.
///
/// Columns: the group-time effects, then the averages. A row is the sum over the cluster's units. Draws are made of effects and counts of units alone, fewer than the averages. Cost: units x effects, and clusters x columns x draws.
final class Influences {
    private static final int BLOCK = 1024;

    private final GroupTimeDesign design;
    private final List<TwoByTwo> effects;
    private final List<Form> forms;
    /// Kept units, cluster by cluster; where each begins.
    private final int[] order;
    private final int[] start;
    private final int columns;
    /// Sums of squares, by arm and column. An arm is what clusters share: units of one cohort, of none, or of several.
    private final double[][] squares;
    private final int[] arm;
    private final int[] armSize;
    /// Columns whose covariances are asked for, and their sums of products, row-major.
    private final int[] joint;
    final double[] products;

    Influences(GroupTimeDesign design, List<TwoByTwo> effects, List<Form> forms, int[] joint) {
        this.design = design;
        this.effects = effects;
        this.forms = forms;
        this.joint = joint;
        int n = design.units.length;
        order = IntStream.range(0, n).boxed().sorted(Comparator.comparingInt(this::cluster)).mapToInt(Integer::intValue).toArray();
        int[] starts = IntStream.range(0, n).filter(p -> p == 0 || cluster(order[p]) != cluster(order[p - 1])).toArray();
        start = Arrays.copyOf(starts, starts.length + 1);
        start[starts.length] = n;
        columns = effects.size() + forms.size();
        arm = IntStream.range(0, clusters()).map(this::arm).toArray();
        armSize = new int[design.cohorts.length + 2];
        for (int a : arm) armSize[a]++;
        squares = new double[armSize.length][columns];
        products = new double[joint.length * joint.length];
    }

    private int cluster(int unit) {
        return design.panel.cluster(design.units[unit]);
    }

    int clusters() {
        return start.length - 1;
    }

    /// The cohort's index, the number of cohorts for controls only, one more for a mixture.
    private int arm(int cluster) {
        int[] cohorts = IntStream.range(start[cluster], start[cluster + 1]).map(p -> design.cohortOf[order[p]]).distinct().toArray();
        if (cohorts.length > 1) return design.cohorts.length + 1;
        return cohorts[0] < 0 ? design.cohorts.length : cohorts[0];
    }

    /// The analytic variance of a column.
    double variance(int column) {
        double n = design.units.length;
        double sum = 0;
        for (double[] of : squares) sum += of[column];
        return sum / n / n;
    }

    /// What the arms add to the variance of a column, each with its own divisor of clusters less one, as in Welch's test; and the degrees of freedom of their sum (Satterthwaite).
    /// NaN where an arm of one cluster has a part.
    double[] welch(int column) {
        double n = design.units.length;
        double sum = 0;
        double parts = 0;
        for (int a = 0; a < armSize.length; a++) {
            if (squares[a][column] == 0) continue;
            double v = squares[a][column] / n / n * armSize[a] / (armSize[a] - 1);
            sum += v;
            parts += v * v / (armSize[a] - 1);
        }
        return Double.isFinite(sum) ? new double[] {sum, sum * sum / parts} : new double[] {Double.NaN, Double.NaN};
    }

    /// Goes through all clusters once.
    void run(MultiplierBootstrap bootstrap) {
        double[][] sums = new double[Math.min(BLOCK, clusters())][base()];
        for (int from = 0; from < clusters(); from += BLOCK) {
            int first = from;
            int count = Math.min(BLOCK, clusters() - from);
            IntStream.range(0, count).parallel().forEach(r -> fill(first + r, sums[r]));
            for (int r = 0; r < count; r++) gather(arm[first + r], row(sums[r]));
            bootstrap.add(sums, count);
        }
        bootstrap.map(this::row);
        bootstrap.finish();
    }

    /// What is summed: influences on the effects, units by cohort, units.
    int base() {
        return effects.size() + design.cohorts.length + 1;
    }

    private void fill(int cluster, double[] sums) {
        Arrays.fill(sums, 0);
        double[] x = new double[1 + design.panel.covariates()];
        for (int p = start[cluster]; p < start[cluster + 1]; p++) {
            int unit = order[p];
            for (int e = 0; e < effects.size(); e++) sums[e] += effects.get(e).influence(unit, x);
            if (design.cohortOf[unit] >= 0) sums[effects.size() + design.cohortOf[unit]]++;
            sums[base() - 1]++;
        }
    }

    private double[] row(double[] sums) {
        double[] row = Arrays.copyOf(sums, columns);
        for (int f = 0; f < forms.size(); f++) row[effects.size() + f] = forms.get(f).of(sums);
        return row;
    }

    private void gather(int ofArm, double[] row) {
        for (int j = 0; j < columns; j++) squares[ofArm][j] += row[j] * row[j];
        int m = joint.length;
        for (int a = 0; a < m; a++) {
            double v = row[joint[a]];
            if (v != 0) for (int b = 0; b < m; b++) products[a * m + b] += v * row[joint[b]];
        }
    }
}
