package xiaxiang.engine.effect;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Every cluster's influence on every effect and average, never held at once: made in blocks of clusters, and added up into errors, covariances and bootstrap draws.
///
/// Columns: the group-time effects, then the averages. A row is the sum over the cluster's units. Cost: units x effects, and clusters x columns x draws.
final class Influences {
    private static final int BLOCK = 1024;

    private final GroupTimeDesign design;
    private final List<TwoByTwo> effects;
    private final List<Form> forms;
    /// Kept units, cluster by cluster; where each begins.
    private final int[] order;
    private final int[] start;
    final int columns;
    /// Sums of squares by column.
    final double[] squares;
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
        squares = new double[columns];
        products = new double[joint.length * joint.length];
    }

    private int cluster(int unit) {
        return design.panel.cluster(design.units[unit]);
    }

    int clusters() {
        return start.length - 1;
    }

    /// How many clusters have a unit of the cohorts marked.
    int clustersOf(boolean[] cohorts) {
        int count = 0;
        for (int c = 0; c < clusters(); c++) {
            boolean any = false;
            for (int p = start[c]; p < start[c + 1]; p++) any |= design.cohortOf[order[p]] >= 0 && cohorts[design.cohortOf[order[p]]];
            if (any) count++;
        }
        return count;
    }

    /// Goes through all clusters once.
    void run(MultiplierBootstrap bootstrap) {
        double[][] rows = new double[Math.min(BLOCK, clusters())][columns];
        for (int from = 0; from < clusters(); from += BLOCK) {
            int first = from;
            int count = Math.min(BLOCK, clusters() - from);
            IntStream.range(0, count).parallel().forEach(r -> fill(first + r, rows[r]));
            for (int r = 0; r < count; r++) gather(rows[r]);
            bootstrap.add(rows, count);
        }
        bootstrap.finish();
    }

    private void fill(int cluster, double[] row) {
        Arrays.fill(row, 0);
        double[] own = new double[effects.size()];
        double[] x = new double[1 + design.panel.covariates()];
        for (int p = start[cluster]; p < start[cluster + 1]; p++) {
            int unit = order[p];
            for (int e = 0; e < own.length; e++) {
                own[e] = effects.get(e).influence(unit, x);
                row[e] += own[e];
            }
            for (int f = 0; f < forms.size(); f++) row[own.length + f] += forms.get(f).influence(own, design.cohortOf[unit]);
        }
    }

    private void gather(double[] row) {
        for (int j = 0; j < columns; j++) squares[j] += row[j] * row[j];
        int m = joint.length;
        for (int a = 0; a < m; a++) {
            double v = row[joint[a]];
            if (v != 0) for (int b = 0; b < m; b++) products[a * m + b] += v * row[joint[b]];
        }
    }
}
