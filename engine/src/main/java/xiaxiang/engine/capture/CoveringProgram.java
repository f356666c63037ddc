package xiaxiang.engine.capture;

/// The linear relaxation of a covering slice: `max sum of w_r min(1, a_r . x) + c . x` over rows of points, within rows of limits `a_r . x <= b_r` (the
/// resources, then the groups), x in [0, 1]. A point's ratios are divided by what is open to capture there, its weight multiplied by it; weights are
/// divided by `scale`, limits by their largest use. Immutable; read by many threads. Source of the model: Church and ReVelle (1974).
final class CoveringProgram {
    /// Beyond so many ratios a linear program is too slow, and the bound is left to gradients.
    static final int MOST_NON_ZEROS = 3_000_000;

    final int points;
    final int rows;
    final int columns;
    final int[] columnStart;
    final int[] columnRow;
    final double[] columnValue;
    final int[] rowStart;
    final int[] rowColumn;
    final double[] rowValue;
    /// The price of a row lies in `0 .. weight` for a point, and is at most 0 for a limit, whose weight is 0.
    final double[] weight;
    final double[] right;
    final double[] cost;
    final double scale;
    /// Index of point and of site in the whole problem, and the sites' units.
    private final int[] point;
    private final int[] siteOf;
    private final Units units;

    CoveringProgram(Slice slice) {
        units = slice.units;
        point = slice.point;
        siteOf = slice.siteOf;
        int[] groupRow = groupRows(units, slice.points() + units.resources);
        points = slice.points();
        columns = slice.sites();
        rows = groupRow[units.count()];
        rowStart = new int[rows + 1];
        int entries = slice.nonZeros() + units.resources * columns + columns;
        rowColumn = new int[entries];
        rowValue = new double[entries];
        weight = new double[rows];
        right = new double[rows];
        cost = new double[columns];
        scale = pointRows(slice);
        limitRows();
        groupRows(groupRow);
        columnStart = new int[columns + 1];
        columnRow = new int[rowStart[rows]];
        columnValue = new double[columnRow.length];
        transpose();
        for (int j = 0; j < columns; j++) {
            cost[j] = slice.extra[j] / scale;
        }
    }

    /// Slopes of the points of a slice narrowed from this program's, at the prices of a solve.
    float[] slopes(DualSimplex simplex, Slice slice) {
        float[] slopes = new float[slice.points()];
        int r = 0;
        for (int i = 0; i < slopes.length; i++) {
            while (point[r] != slice.point[i]) {
                r++;
            }
            slopes[i] = (float) simplex.slope(r);
        }
        return slopes;
    }

    /// Prices of the resources, as [Units] of a slice narrowed from this program's scale them.
    double[] prices(DualSimplex simplex, Units narrowed) {
        double[] theta = new double[units.resources];
        for (int k = 0; k < theta.length; k++) {
            theta[k] = simplex.limitPrice(points + k) / largestUse(k) / units.scale[k] * narrowed.scale[k];
        }
        return theta;
    }

    /// A basis of this program as one of another, on a slice narrowed from this one's: what has left is left out.
    DualSimplex.Basis onto(CoveringProgram other, DualSimplex.Basis basis) {
        byte[] site = new byte[other.columns];
        byte[] row = new byte[other.rows];
        for (int j = 0, at = 0; j < columns && at < site.length; j++) {
            if (siteOf[j] == other.siteOf[at]) {
                site[at++] = basis.site()[j];
            }
        }
        for (int r = 0, at = 0; r < points && at < other.points; r++) {
            if (point[r] == other.point[at]) {
                row[at++] = basis.row()[r];
            }
        }
        // The limits keep their rows only where there are no groups; otherwise they begin with their slacks.
        boolean alike = rows - points == other.rows - other.points;
        for (int k = 0; k < other.rows - other.points; k++) {
            row[other.points + k] = alike ? basis.row()[points + k] : DualSimplex.HIGH;
        }
        return new DualSimplex.Basis(site, row);
    }

    private double largestUse(int k) {
        double most = Double.MIN_NORMAL;
        for (double use : units.use[k]) {
            most = Math.max(most, Math.abs(use));
        }
        return most;
    }

    boolean isLimit(int r) {
        return r >= points;
    }

    /// Least price of row r.
    double priceFrom(int r) {
        return isLimit(r) ? Double.NEGATIVE_INFINITY : 0;
    }

    /// The row of every unit that needs one, then how many rows there are.
    private static int[] groupRows(Units units, int from) {
        int[] row = new int[units.count() + 1];
        int next = from;
        for (int u = 0; u < units.count(); u++) {
            row[u] = units.start[u + 1] - units.start[u] > 1 ? next++ : -1;
        }
        row[units.count()] = next;
        return row;
    }

    private double pointRows(Slice slice) {
        double most = Double.MIN_NORMAL;
        int at = 0;
        for (int i = 0; i < points; i++) {
            double room = Math.max(0, 1 - slice.stays[i]);
            weight[i] = slice.weight[i] * room;
            most = Math.max(most, weight[i]);
            right[i] = 1;
            for (int e = slice.start[i]; e < slice.start[i + 1]; e++) {
                rowColumn[at] = slice.site[e];
                rowValue[at++] = slice.ratio[e] >= room ? 1 : slice.ratio[e] / room;
            }
            rowStart[i + 1] = at;
        }
        for (int i = 0; i < points; i++) {
            weight[i] /= most;
        }
        return most;
    }

    private void limitRows() {
        for (int k = 0; k < units.resources; k++) {
            double most = largestUse(k);
            int r = points + k;
            int at = rowStart[r];
            right[r] = units.allowed[k] / most;
            for (int j = 0; j < columns; j++) {
                rowColumn[at] = j;
                rowValue[at] = units.use[k][j] / most;
                at += units.use[k][j] != 0 ? 1 : 0;
            }
            rowStart[r + 1] = at;
        }
    }

    private void groupRows(int[] groupRow) {
        for (int u = 0; u < units.count(); u++) {
            if (groupRow[u] >= 0) {
                int at = rowStart[groupRow[u]];
                for (int e = units.start[u]; e < units.start[u + 1]; e++) {
                    rowColumn[at] = units.member[e];
                    rowValue[at++] = 1;
                }
                right[groupRow[u]] = 1;
                rowStart[groupRow[u] + 1] = at;
            }
        }
    }

    private void transpose() {
        for (int e = 0; e < columnRow.length; e++) {
            columnStart[rowColumn[e] + 1]++;
        }
        for (int j = 0; j < columns; j++) {
            columnStart[j + 1] += columnStart[j];
        }
        int[] next = columnStart.clone();
        for (int r = 0; r < rows; r++) {
            for (int e = rowStart[r]; e < rowStart[r + 1]; e++) {
                int at = next[rowColumn[e]]++;
                columnRow[at] = r;
                columnValue[at] = rowValue[e];
            }
        }
    }
}
