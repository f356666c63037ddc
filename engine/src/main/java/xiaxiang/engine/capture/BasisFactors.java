package xiaxiang.engine.capture;

import java.util.Arrays;

/// A basis of a [CoveringProgram] with its slacks, factored: columns of sites, and unit columns of the rows whose slack is basic. Only the kernel, the
/// basic sites by the rows without a basic slack, is eliminated: columns and rows with one entry left first, then the sparsest columns, with threshold
/// pivoting; later exchanges are kept as pairs of a row and two columns (alternate product form), which stay sparse. A slot is a row's place: it holds that row's slack, or the site pivoted there.
final class BasisFactors {
    private static final double THRESHOLD = 0.1;
    private static final double SINGULAR = 1e-9;
    private static final double DROP = 1e-14;
    /// Exchanges after which to factor anew.
    static final int MOST_ETAS = 64;

    private final CoveringProgram program;
    private final double[] work;
    /// Whether the row had no basic slack when factored.
    private final boolean[] isKernel;
    /// Slot of every site when factored, or -1.
    private final int[] slotOf;
    private int[] pivotRow = new int[0];
    private int[] pivotColumn = new int[0];
    private double[] diagonal = new double[0];
    private int steps;
    private Sparse lower = new Sparse();
    private Sparse upper = new Sparse();
    /// The entries of each step's column outside the kernel.
    private final Sparse outer = new Sparse();
    private final Sparse etas = new Sparse();
    private final int[] entered = new int[MOST_ETAS + 1];
    private final int[] left = new int[MOST_ETAS + 1];
    private final double[] pivots = new double[MOST_ETAS + 1];

    /// Columns one after the other.
    private static final class Sparse {
        private int[] start = new int[64];
        private int[] index = new int[256];
        private double[] value = new double[256];
        private int count;

        void clear() {
            count = 0;
        }

        void add(int i, double v) {
            int at = start[count + 1];
            if (at == index.length) {
                index = Arrays.copyOf(index, 2 * at);
                value = Arrays.copyOf(value, 2 * at);
            }
            index[at] = i;
            value[at] = v;
            start[count + 1] = at + 1;
        }

        /// Makes room for the next column; call before its first entry.
        void open() {
            if (count + 2 > start.length) {
                start = Arrays.copyOf(start, 2 * start.length);
            }
            start[count + 1] = start[count];
        }

        void close() {
            count++;
        }
    }

    BasisFactors(CoveringProgram program) {
        this.program = program;
        this.work = new double[program.rows];
        this.isKernel = new boolean[program.rows];
        this.slotOf = new int[program.columns];
    }

    /// Entries a solve looks at, at most.
    long size() {
        return (long) lower.start[lower.count] + upper.start[upper.count] + outer.start[outer.count] + 2L * etas.start[etas.count];
    }

    /// Exchanges since the last factoring.
    int exchanges() {
        return etas.count;
    }

    /// Slot of a basic site as factored.
    int slotOf(int site) {
        return slotOf[site];
    }

    /// Factors the basis of the basic sites and of the slacks of all rows but `kernel`; as many of one as of the other. Sites that depend on
    /// others are left out and rows without a pivot get their slack back: both lists then differ from what [#slotOf] and [#hasSlack] say.
    void factor(int[] sites, boolean[] kernel) {
        System.arraycopy(kernel, 0, isKernel, 0, kernel.length);
        Arrays.fill(slotOf, -1);
        pivotRow = new int[sites.length];
        pivotColumn = new int[sites.length];
        diagonal = new double[sites.length];
        steps = 0;
        lower.clear();
        upper.clear();
        outer.clear();
        etas.clear();
        Order order = new Order(program, sites, isKernel);
        order.run();
        int[] stepOfRow = new int[program.rows];
        Arrays.fill(stepOfRow, -1);
        for (int s = 0; s < order.size; s++) {
            eliminate(order.column[s], order.row[s], order.rowCount, stepOfRow);
        }
        for (int r = 0; r < isKernel.length; r++) {
            isKernel[r] &= stepOfRow[r] >= 0;
        }
        for (int s = 0; s < steps; s++) {
            outside(pivotColumn[s]);
        }
    }

    private void outside(int column) {
        outer.open();
        for (int e = program.columnStart[column]; e < program.columnStart[column + 1]; e++) {
            if (!isKernel[program.columnRow[e]]) {
                outer.add(program.columnRow[e], program.columnValue[e]);
            }
        }
        outer.close();
    }

    /// Whether the row's slack is basic as factored.
    boolean hasSlack(int row) {
        return !isKernel[row];
    }

    private int[] touched = new int[64];

    /// One column of the elimination; `row` is its pivot, or -1 to choose one.
    private void eliminate(int column, int row, int[] rowCount, int[] stepOfRow) {
        int count = 0;
        touched = touched.length < 2 * program.rows ? new int[2 * program.rows] : touched;
        for (int e = program.columnStart[column]; e < program.columnStart[column + 1]; e++) {
            int r = program.columnRow[e];
            if (isKernel[r]) {
                work[r] = program.columnValue[e];
                touched[count++] = r;
            }
        }
        upper.open();
        for (int s = 0; s < steps; s++) {
            double v = work[pivotRow[s]];
            if (v == 0) {
                continue;
            }
            work[pivotRow[s]] = 0;
            upper.add(s, v);
            for (int e = lower.start[s]; e < lower.start[s + 1]; e++) {
                int r = lower.index[e];
                if (work[r] == 0) {
                    touched[count++] = r;
                    count = count == touched.length ? compact(count) : count;
                }
                work[r] -= lower.value[e] * v;
            }
        }
        int pivot = row >= 0 && Math.abs(work[row]) > SINGULAR ? row : pivot(count, rowCount);
        if (pivot < 0) {
            for (int t = 0; t < count; t++) {
                work[touched[t]] = 0;
            }
            return;
        }
        accept(column, pivot, count, stepOfRow);
    }

    /// Takes repeated rows off the list.
    private int compact(int count) {
        int kept = 0;
        Arrays.sort(touched, 0, count);
        for (int t = 0; t < count; t++) {
            if (t == 0 || touched[t] != touched[t - 1]) {
                touched[kept++] = touched[t];
            }
        }
        return kept;
    }

    private void accept(int column, int pivot, int count, int[] stepOfRow) {
        double d = work[pivot];
        work[pivot] = 0;
        lower.open();
        for (int t = 0; t < count; t++) {
            int r = touched[t];
            if (Math.abs(work[r]) > DROP) {
                lower.add(r, work[r] / d);
            }
            work[r] = 0;
        }
        lower.close();
        upper.close();
        pivotRow[steps] = pivot;
        pivotColumn[steps] = column;
        diagonal[steps] = d;
        stepOfRow[pivot] = steps++;
        slotOf[column] = pivot;
    }

    /// Among entries large enough, the row with fewest others, then the first.
    private int pivot(int count, int[] rowCount) {
        double most = 0;
        for (int t = 0; t < count; t++) {
            most = Math.max(most, Math.abs(work[touched[t]]));
        }
        int best = -1;
        for (int t = 0; t < count && most > SINGULAR; t++) {
            int r = touched[t];
            boolean fits = Math.abs(work[r]) >= THRESHOLD * most;
            boolean better = best < 0 || rowCount[r] < rowCount[best] || (rowCount[r] == rowCount[best] && r < best);
            best = fits && better ? r : best;
        }
        return best;
    }

    /// Solves `B z = v` in place: v by row, z by slot.
    void forward(double[] v) {
        for (int k = etas.count - 1; k >= 0; k--) {
            double p = 0;
            for (int e = etas.start[k]; e < etas.start[k + 1]; e++) {
                p += etas.value[e] * v[etas.index[e]];
            }
            if (p != 0) {
                addColumn(v, entered[k], -p / pivots[k]);
                addColumn(v, left[k], p / pivots[k]);
            }
        }
        for (int s = 0; s < steps; s++) {
            double p = v[pivotRow[s]];
            if (p != 0) {
                for (int e = lower.start[s]; e < lower.start[s + 1]; e++) {
                    v[lower.index[e]] -= lower.value[e] * p;
                }
            }
        }
        for (int s = steps - 1; s >= 0; s--) {
            double p = v[pivotRow[s]];
            if (p == 0) {
                continue;
            }
            p /= diagonal[s];
            v[pivotRow[s]] = p;
            for (int e = upper.start[s]; e < upper.start[s + 1]; e++) {
                v[pivotRow[upper.index[e]]] -= upper.value[e] * p;
            }
            for (int e = outer.start[s]; e < outer.start[s + 1]; e++) {
                v[outer.index[e]] -= outer.value[e] * p;
            }
        }
    }

    /// Solves `B' y = v` in place: v by slot, y by row.
    void backward(double[] v) {
        for (int r = 0; r < v.length; r++) {
            if (v[r] != 0 && !isKernel[r]) {
                for (int e = program.rowStart[r]; e < program.rowStart[r + 1]; e++) {
                    int slot = slotOf[program.rowColumn[e]];
                    if (slot >= 0) {
                        v[slot] -= program.rowValue[e] * v[r];
                    }
                }
            }
        }
        for (int s = 0; s < steps; s++) {
            double p = v[pivotRow[s]];
            for (int e = upper.start[s]; e < upper.start[s + 1]; e++) {
                p -= upper.value[e] * v[pivotRow[upper.index[e]]];
            }
            v[pivotRow[s]] = p / diagonal[s];
        }
        for (int s = steps - 1; s >= 0; s--) {
            double p = v[pivotRow[s]];
            for (int e = lower.start[s]; e < lower.start[s + 1]; e++) {
                p -= lower.value[e] * v[lower.index[e]];
            }
            v[pivotRow[s]] = p;
        }
        for (int k = 0; k < etas.count; k++) {
            double p = (dot(v, entered[k]) - dot(v, left[k])) / pivots[k];
            for (int e = etas.start[k]; p != 0 && e < etas.start[k + 1]; e++) {
                v[etas.index[e]] -= etas.value[e] * p;
            }
        }
    }

    private void addColumn(double[] v, int variable, double times) {
        if (variable >= program.columns) {
            v[variable - program.columns] += times;
            return;
        }
        for (int e = program.columnStart[variable]; e < program.columnStart[variable + 1]; e++) {
            v[program.columnRow[e]] += times * program.columnValue[e];
        }
    }

    private double dot(double[] y, int variable) {
        if (variable >= program.columns) {
            return y[variable - program.columns];
        }
        double sum = 0;
        for (int e = program.columnStart[variable]; e < program.columnStart[variable + 1]; e++) {
            sum += y[program.columnRow[e]] * program.columnValue[e];
        }
        return sum;
    }

    /// One basic variable leaves for another (a site, or sites + row for a slack): `rho` is the leaving one's row of the inverse, `pivot` the entering
    /// one's entry there.
    void exchange(int leaving, int entering, double[] rho, double pivot) {
        etas.open();
        for (int r = 0; r < rho.length; r++) {
            if (Math.abs(rho[r]) > DROP) {
                etas.add(r, rho[r]);
            }
        }
        entered[etas.count] = entering;
        left[etas.count] = leaving;
        pivots[etas.count] = pivot;
        etas.close();
    }

    /// In what order to eliminate: columns and rows that have one entry left, which fill nothing in, then the others by their number of entries.
    private static final class Order {
        private final CoveringProgram program;
        private final int[] sites;
        private final boolean[] isKernel;
        private final boolean[] isOpen;
        private final int[] columnCount;
        final int[] rowCount;
        final int[] column;
        final int[] row;
        int size;
        private final int[] queue;
        private int head;
        private int tail;

        Order(CoveringProgram program, int[] sites, boolean[] isKernel) {
            this.program = program;
            this.sites = sites;
            this.isKernel = isKernel.clone();
            this.isOpen = new boolean[program.columns];
            this.columnCount = new int[program.columns];
            this.rowCount = new int[program.rows];
            this.column = new int[sites.length];
            this.row = new int[sites.length];
            this.queue = new int[2 * (sites.length + program.rows)];
        }

        void run() {
            for (int j : sites) {
                isOpen[j] = true;
                for (int e = program.columnStart[j]; e < program.columnStart[j + 1]; e++) {
                    if (isKernel[program.columnRow[e]]) {
                        columnCount[j]++;
                        rowCount[program.columnRow[e]]++;
                    }
                }
            }
            for (int j : sites) {
                noteColumn(j);
            }
            for (int r = 0; r < rowCount.length; r++) {
                noteRow(r);
            }
            while (head < tail) {
                int next = queue[head++];
                if (next < program.columns) {
                    singleColumn(next);
                } else {
                    singleRow(next - program.columns);
                }
            }
            rest();
        }

        private void noteColumn(int j) {
            if (isOpen[j] && columnCount[j] == 1) {
                queue[tail++] = j;
            }
        }

        private void noteRow(int r) {
            if (isKernel[r] && rowCount[r] == 1) {
                queue[tail++] = program.columns + r;
            }
        }

        private void singleColumn(int j) {
            for (int e = program.columnStart[j]; isOpen[j] && columnCount[j] == 1 && e < program.columnStart[j + 1]; e++) {
                if (isKernel[program.columnRow[e]]) {
                    take(j, program.columnRow[e]);
                }
            }
        }

        private void singleRow(int r) {
            for (int e = program.rowStart[r]; isKernel[r] && rowCount[r] == 1 && e < program.rowStart[r + 1]; e++) {
                if (isOpen[program.rowColumn[e]]) {
                    take(program.rowColumn[e], r);
                }
            }
        }

        private void take(int j, int r) {
            column[size] = j;
            row[size++] = r;
            isOpen[j] = false;
            isKernel[r] = false;
            for (int e = program.columnStart[j]; e < program.columnStart[j + 1]; e++) {
                rowCount[program.columnRow[e]]--;
                noteRow(program.columnRow[e]);
            }
            for (int e = program.rowStart[r]; e < program.rowStart[r + 1]; e++) {
                columnCount[program.rowColumn[e]]--;
                noteColumn(program.rowColumn[e]);
            }
        }

        private void rest() {
            int[] left = new int[sites.length];
            int count = 0;
            double[] key = new double[program.columns];
            for (int j : sites) {
                if (isOpen[j]) {
                    key[j] = columnCount[j];
                    left[count++] = j;
                }
            }
            for (int j : Ascending.order(Arrays.copyOf(left, count), key)) {
                column[size] = j;
                row[size++] = -1;
            }
        }
    }
}
