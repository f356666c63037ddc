package xiaxiang.engine.capture;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The dual simplex method for a [CoveringProgram] with some sites fixed: steepest edge, and steps that pass every site that may change its side on
/// the way. A point's slack costs nothing below 0 (covered more than once) and its weight above (covered less than once), so it has two sides too, and
/// any choice of sides is a start. Prices prove a bound at every moment; it falls from step to step. Sources: Forrest and Goldfarb (1992), Maros (2003).
final class DualSimplex {
    private static final double FEASIBLE = 1e-9;
    private static final double LEAST_PIVOT = 1e-7;
    private static final double NOISE = 1e-12;
    private static final double LEAST_EDGE = 1e-4;
    private static final double BEYOND = 1e-7;
    private static final int MOST_REPAIRS = 200;

    /// Where a solve stood, on the program: what a child begins with. One side a site and a row: [#LOW], [#HIGH] or [#OTHER].
    @SuppressWarnings("ArrayRecordComponent") // shared inside the engine, never compared
    record Basis(byte[] site, byte[] row) {}

    /// A site: at its least, at its most, basic. A row: slack basic and the price at its least, at its most; or slack not basic.
    static final byte LOW = 0;
    static final byte HIGH = 1;
    static final byte OTHER = 2;

    private final CoveringProgram program;
    private final BasisFactors factors;
    private final double[] least;
    private final double[] most;
    private final byte[] siteSide;
    private final byte[] rowSide;
    /// Variable in each slot: a site, or sites + row for a slack.
    private final int[] head;
    private final double[] value;
    private final double[] from;
    private final double[] to;
    private final double[] edge;
    private final double[] price;
    private final double[] gain;
    private final double[] rho;
    private final double[] alpha;
    private final double[] column;
    private final double[] tau;
    private final Ratios ratios;
    private double objective;
    private boolean fresh;
    /// The row whose price was farthest beyond its sides when factored last, or -1.
    private int broken = -1;
    /// Exchanges and changes of side so far.
    int iterations;
    /// Numbers looked at, roughly: a clock that runs alike everywhere.
    long work;

    /// `state`: one of [Slice]'s states a site of the program. Begins at `basis`, or, without one, with slack in every row, covered more than once where
    /// `near` covers more than once.
    DualSimplex(CoveringProgram program, byte[] state, double[] near, @Nullable Basis basis) {
        this.program = program;
        this.factors = new BasisFactors(program);
        int n = program.rows;
        int m = program.columns;
        least = new double[m];
        most = new double[m];
        siteSide = new byte[m];
        rowSide = new byte[n];
        head = new int[n];
        value = new double[n];
        from = new double[n];
        to = new double[n];
        edge = new double[n];
        price = new double[n];
        gain = new double[m];
        rho = new double[n];
        alpha = new double[m];
        column = new double[n];
        tau = new double[n];
        ratios = new Ratios(m + n);
        for (int j = 0; j < m; j++) {
            least[j] = state[j] == Slice.OPEN ? 1 : 0;
            most[j] = state[j] == Slice.CLOSED ? 0 : 1;
        }
        if (basis != null) {
            System.arraycopy(basis.site(), 0, siteSide, 0, m);
            System.arraycopy(basis.row(), 0, rowSide, 0, n);
        } else {
            slackBasis(near);
        }
        Arrays.fill(edge, 1);
        factor();
        for (int repair = 0; broken >= 0; repair++) {
            mend(repair < MOST_REPAIRS, near);
        }
    }

    /// A basis that lost sites or rows may leave prices beyond their sides: such a row gets its slack back for a site, or all rows do.
    private void mend(boolean gently, double[] near) {
        int row = broken;
        Arrays.fill(column, 0);
        column[row] = 1;
        factors.forward(column);
        int slot = -1;
        for (int s = 0; s < column.length && gently; s++) {
            boolean more = slot < 0 ? Math.abs(column[s]) > LEAST_PIVOT : Math.abs(column[s]) > Math.abs(column[slot]);
            slot = more && head[s] < program.columns ? s : slot;
        }
        if (slot < 0) {
            Arrays.fill(siteSide, LOW);
            slackBasis(near);
        } else {
            siteSide[head[slot]] = LOW;
            rowSide[row] = program.isLimit(row) || price[row] > 0.5 * program.weight[row] ? HIGH : LOW;
        }
        factor();
    }

    private void slackBasis(double[] near) {
        for (int r = 0; r < program.points; r++) {
            double covered = 0;
            for (int e = program.rowStart[r]; e < program.rowStart[r + 1]; e++) {
                covered += program.rowValue[e] * near[program.rowColumn[e]];
            }
            rowSide[r] = covered > 1 + 1e-6 ? LOW : HIGH;
        }
        Arrays.fill(rowSide, program.points, program.rows, HIGH);
    }

    /// Runs until no better bound is left, it is at most `enough` (in units a year), or after so many iterations. Whether x is the optimum.
    boolean run(double enough, int mostIterations, Watch watch) {
        double goal = enough / program.scale;
        while (iterations < mostIterations) {
            if (factors.exchanges() >= BasisFactors.MOST_ETAS) {
                factor();
            }
            int slot = leaving();
            if (slot < 0) {
                if (fresh) {
                    return true;
                }
                factor();
                continue;
            }
            if (objective <= goal || (iterations % 16 == 0 && watch.stopped())) {
                return false;
            }
            if (!step(slot) && !retry()) {
                return false;
            }
            iterations++;
            work += 8L * program.rows + 4L * program.columns + 4 * factors.size();
        }
        return false;
    }

    /// After a step that could not be done: once more with new factors, then never.
    private boolean retry() {
        if (fresh) {
            return false;
        }
        factor();
        return true;
    }

    // ---- the state, worked out anew

    private void factor() {
        int m = program.columns;
        int[] sites = new int[m];
        int count = 0;
        double[] edgeOf = new double[m + program.rows];
        for (int s = 0; s < head.length; s++) {
            edgeOf[head[s]] = edge[s];
        }
        for (int j = 0; j < m; j++) {
            if (siteSide[j] == OTHER) {
                sites[count++] = j;
            }
        }
        boolean[] kernel = new boolean[program.rows];
        for (int r = 0; r < kernel.length; r++) {
            kernel[r] = rowSide[r] == OTHER;
        }
        factors.factor(Arrays.copyOf(sites, count), kernel);
        for (int r = 0; r < kernel.length; r++) {
            if (factors.hasSlack(r)) {
                rowSide[r] = rowSide[r] != OTHER ? rowSide[r] : program.isLimit(r) || price[r] > 0.5 * program.weight[r] ? HIGH : LOW;
                seat(r, m + r, edgeOf[m + r]);
            }
        }
        for (int k = 0; k < count; k++) {
            int slot = factors.slotOf(sites[k]);
            if (slot >= 0) {
                seat(slot, sites[k], edgeOf[sites[k]]);
            } else {
                siteSide[sites[k]] = LOW;
            }
        }
        prices();
        sides();
        values();
        fresh = true;
    }

    private void seat(int slot, int variable, double itsEdge) {
        head[slot] = variable;
        edge[slot] = itsEdge > 0 ? itsEdge : 1;
        int r = variable - program.columns;
        if (r < 0) {
            from[slot] = least[variable];
            to[slot] = most[variable];
        } else {
            from[slot] = rowSide[r] == HIGH ? 0 : Double.NEGATIVE_INFINITY;
            to[slot] = rowSide[r] == HIGH ? Double.POSITIVE_INFINITY : 0;
        }
    }

    private double cost(int variable) {
        int r = variable - program.columns;
        return r < 0 ? -program.cost[variable] : rowSide[r] == HIGH ? program.weight[r] : 0;
    }

    private void prices() {
        for (int s = 0; s < head.length; s++) {
            price[s] = cost(head[s]);
        }
        factors.backward(price);
        System.arraycopy(program.cost, 0, gain, 0, gain.length);
        objective = 0;
        broken = -1;
        double worst = BEYOND;
        for (int r = 0; r < price.length; r++) {
            double p = Math.min(Math.max(price[r], program.priceFrom(r)), program.weight[r]);
            if (Math.abs(price[r] - p) > worst) {
                worst = Math.abs(price[r] - p);
                broken = r;
            }
            price[r] = p;
            objective += program.isLimit(r) ? -p * program.right[r] : program.weight[r] - p;
            for (int e = program.rowStart[r]; p != 0 && e < program.rowStart[r + 1]; e++) {
                gain[program.rowColumn[e]] += p * program.rowValue[e];
            }
        }
        for (int j = 0; j < gain.length; j++) {
            objective += gain[j] * (gain[j] > 0 ? most[j] : least[j]);
        }
    }

    /// Puts every site that is not basic where its gain says.
    private void sides() {
        for (int j = 0; j < gain.length; j++) {
            if (siteSide[j] == OTHER) {
                gain[j] = 0;
            } else if (siteSide[j] == LOW ? gain[j] > NOISE : gain[j] < -NOISE) {
                siteSide[j] = siteSide[j] == LOW ? HIGH : LOW;
            }
        }
    }

    private double at(int j) {
        return siteSide[j] == HIGH ? most[j] : least[j];
    }

    private void values() {
        System.arraycopy(program.right, 0, value, 0, value.length);
        for (int j = 0; j < gain.length; j++) {
            double x = siteSide[j] == OTHER ? 0 : at(j);
            if (x != 0) {
                addColumn(value, j, -x);
            }
        }
        factors.forward(value);
    }

    private void addColumn(double[] vector, int j, double times) {
        for (int e = program.columnStart[j]; e < program.columnStart[j + 1]; e++) {
            vector[program.columnRow[e]] += times * program.columnValue[e];
        }
    }

    // ---- one step

    /// The slot with the largest infeasibility along its edge, or -1.
    private int leaving() {
        int best = -1;
        double score = 0;
        for (int s = 0; s < value.length; s++) {
            double v = value[s];
            double outside = v < from[s] ? from[s] - v : v - to[s];
            if (outside > FEASIBLE && outside * outside > score * edge[s]) {
                score = outside * outside / edge[s];
                best = s;
            }
        }
        return best;
    }

    /// Whether the step could be done.
    private boolean step(int slot) {
        double sign = value[slot] < from[slot] ? 1 : -1;
        Arrays.fill(rho, 0);
        rho[slot] = 1;
        factors.backward(rho);
        row();
        candidates(sign);
        int slack = head[slot] - program.columns;
        double own = slack >= 0 && !program.isLimit(slack) ? program.weight[slack] : Double.POSITIVE_INFINITY;
        double outside = sign > 0 ? from[slot] - value[slot] : value[slot] - to[slot];
        int entering = ratios.enter(outside, own);
        if (entering == Ratios.NONE) {
            return false;
        }
        if (entering != Ratios.OWN && !solvedColumn(entering, slot)) {
            return false;
        }
        objective -= ratios.fall;
        shiftPrices(sign * ratios.step, slot);
        flip(entering);
        if (entering == Ratios.OWN) {
            rowSide[slack] = sign > 0 ? LOW : HIGH;
            price[slack] = sign > 0 ? 0 : program.weight[slack];
            seat(slot, head[slot], edge[slot]);
        } else {
            exchange(slot, entering, sign);
        }
        fresh = false;
        return true;
    }

    /// Row of the tableau: what each site that is not basic does to the leaving one.
    private void row() {
        Arrays.fill(alpha, 0);
        for (int r = 0; r < rho.length; r++) {
            double p = rho[r];
            if (Math.abs(p) > NOISE) {
                for (int e = program.rowStart[r]; e < program.rowStart[r + 1]; e++) {
                    alpha[program.rowColumn[e]] += p * program.rowValue[e];
                }
            }
        }
    }

    private void candidates(double sign) {
        ratios.clear();
        for (int j = 0; j < alpha.length; j++) {
            double rate = sign * alpha[j];
            byte side = siteSide[j];
            if (side == LOW && rate < -LEAST_PIVOT && most[j] > least[j]) {
                ratios.add(j, Math.max(0, -gain[j]) / -rate, -rate, -rate * (most[j] - least[j]));
            } else if (side == HIGH && rate > LEAST_PIVOT && most[j] > least[j]) {
                ratios.add(j, Math.max(0, gain[j]) / rate, rate, rate * (most[j] - least[j]));
            }
        }
        for (int r = 0; r < rho.length; r++) {
            double rate = sign * rho[r];
            if (rowSide[r] == OTHER && rate < -LEAST_PIVOT) {
                ratios.add(alpha.length + r, Math.max(0, program.weight[r] - price[r]) / -rate, -rate, Double.POSITIVE_INFINITY);
            } else if (rowSide[r] == OTHER && rate > LEAST_PIVOT && !program.isLimit(r)) {
                ratios.add(alpha.length + r, Math.max(0, price[r]) / rate, rate, Double.POSITIVE_INFINITY);
            }
        }
    }

    /// Solves for the entering column; false when it disagrees with the row by more than rounding, or the pivot is too small to trust old factors.
    private boolean solvedColumn(int entering, int slot) {
        Arrays.fill(column, 0);
        double expected;
        if (entering < program.columns) {
            addColumn(column, entering, 1);
            expected = alpha[entering];
        } else {
            column[entering - program.columns] = 1;
            expected = rho[entering - program.columns];
        }
        factors.forward(column);
        double pivot = column[slot];
        boolean agrees = Math.abs(pivot - expected) <= 1e-7 * (1 + Math.abs(pivot));
        return Math.abs(pivot) > 1e-9 && (fresh || (agrees && Math.abs(pivot) > 1e-5));
    }

    private void shiftPrices(double step, int slot) {
        for (int r = 0; r < rho.length; r++) {
            if (rowSide[r] == OTHER) {
                price[r] -= step * rho[r];
            }
        }
        int slack = head[slot] - program.columns;
        if (slack >= 0) {
            price[slack] -= step;
        }
        for (int j = 0; j < alpha.length; j++) {
            gain[j] -= siteSide[j] == OTHER ? 0 : step * alpha[j];
        }
    }

    /// Moves the sites whose gain has changed its sign to their other side.
    private void flip(int entering) {
        boolean moved = false;
        for (int c = 0; c < ratios.size; c++) {
            int j = ratios.variable[c];
            if (j == entering || j >= alpha.length || (siteSide[j] == LOW ? gain[j] <= NOISE : gain[j] >= -NOISE)) {
                continue;
            }
            if (!moved) {
                Arrays.fill(tau, 0);
                moved = true;
            }
            double before = at(j);
            siteSide[j] = siteSide[j] == LOW ? HIGH : LOW;
            addColumn(tau, j, before - at(j));
        }
        if (moved) {
            factors.forward(tau);
            for (int s = 0; s < value.length; s++) {
                value[s] += tau[s];
            }
        }
    }

    private void exchange(int slot, int entering, double sign) {
        int m = program.columns;
        double pivot = column[slot];
        double bound = sign > 0 ? from[slot] : to[slot];
        double shift = (value[slot] - bound) / pivot;
        double entered = shift + (entering < m ? at(entering) : 0);
        for (int s = 0; s < value.length; s++) {
            value[s] -= shift * column[s];
        }
        edges(slot, pivot);
        int left = head[slot];
        if (left < m) {
            siteSide[left] = sign > 0 ? LOW : HIGH;
            gain[left] = -sign * ratios.step;
        } else {
            rowSide[left - m] = OTHER;
        }
        if (entering < m) {
            siteSide[entering] = OTHER;
            gain[entering] = 0;
        } else {
            int r = entering - m;
            rowSide[r] = program.isLimit(r) || price[r] > 0.5 * program.weight[r] ? HIGH : LOW;
            price[r] = rowSide[r] == HIGH ? program.weight[r] : 0;
        }
        seat(slot, entering, edge[slot]);
        value[slot] = entered;
        factors.exchange(left, entering, rho, pivot);
    }

    private void edges(int slot, double pivot) {
        System.arraycopy(rho, 0, tau, 0, rho.length);
        double own = 0;
        for (double r : rho) {
            own += r * r;
        }
        factors.forward(tau);
        for (int s = 0; s < edge.length; s++) {
            double ratio = column[s] / pivot;
            if (ratio != 0) {
                edge[s] = Math.max(edge[s] - 2 * ratio * tau[s] + ratio * ratio * own, LEAST_EDGE);
            }
        }
        edge[slot] = Math.max(own / (pivot * pivot), LEAST_EDGE);
    }

    // ---- what came of it

    /// Bound by the prices now, in units a year, but for the rounding of small steps.
    double bound() {
        return objective * program.scale;
    }

    /// Slope of every point, in [0, 1].
    double slope(int r) {
        return program.weight[r] > 0 ? Math.clamp(price[r] / program.weight[r], 0, 1) : 0;
    }

    /// x of every site, in [0, 1].
    double[] x() {
        double[] x = new double[program.columns];
        for (int j = 0; j < x.length; j++) {
            x[j] = siteSide[j] == OTHER ? 0 : at(j);
        }
        for (int s = 0; s < head.length; s++) {
            if (head[s] < x.length) {
                x[head[s]] = Math.clamp(value[s], 0, 1);
            }
        }
        return x;
    }

    /// Price of a limit's row, at least 0, in units a year a unit of the row.
    double limitPrice(int r) {
        return -Math.min(0, price[r]) * program.scale;
    }

    Basis basis() {
        return new Basis(siteSide.clone(), rowSide.clone());
    }
}
