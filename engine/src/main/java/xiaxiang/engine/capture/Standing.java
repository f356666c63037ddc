package xiaxiang.engine.capture;

import java.util.Arrays;

/// A plan under change: open sites, the sum of open ratios at every point, and what is used. Not for several threads at
/// once, except [#gain] and [#loss], which only read.
final class Standing {
    private final CaptureProblem problem;
    private final CaptureProblem.Rows rows;
    private final Columns columns;
    private final Kernel kernel;
    final boolean[] open;
    final int[] openOfGroup;
    /// t_i + s_i.
    final double[] total;
    private final double[] used;

    Standing(CaptureProblem problem, boolean[] open) {
        this.problem = problem;
        this.rows = problem.rows();
        this.columns = problem.columns();
        this.kernel = problem.kernel();
        this.open = new boolean[open.length];
        this.openOfGroup = new int[problem.groups()];
        this.total = rows.stays().clone();
        this.used = new double[problem.resources()];
        Arrays.fill(openOfGroup, -1);
        for (int k = 0; k < used.length; k++) {
            for (int g = 0; g < openOfGroup.length; g++) {
                used[k] += problem.noneUse(k, g);
            }
        }
        for (int j = 0; j < open.length; j++) {
            if (open[j]) {
                add(j);
            }
        }
    }

    /// The open site of j's group, or -1.
    int openBeside(int j) {
        return problem.group(j) < 0 ? -1 : openOfGroup[problem.group(j)];
    }

    void add(int j) {
        open[j] = true;
        count(j, 1);
        for (int e = columns.start()[j]; e < columns.start()[j + 1]; e++) {
            total[columns.point()[e]] += columns.ratio()[e];
        }
    }

    void remove(int j) {
        open[j] = false;
        count(j, -1);
        for (int e = columns.start()[j]; e < columns.start()[j + 1]; e++) {
            int i = columns.point()[e];
            total[i] = without(i, columns.ratio()[e]);
        }
    }

    /// Total at point i less the ratio r of a site just closed; worked out anew where little would be left but rounding.
    private double without(int i, double r) {
        double rest = total[i] - r;
        if (rest > 1e-3 * r) {
            return rest;
        }
        double sum = rows.stays()[i];
        for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
            sum += open[rows.site()[e]] ? rows.ratio()[e] : 0;
        }
        return sum;
    }

    private void count(int j, int sign) {
        int group = problem.group(j);
        for (int k = 0; k < used.length; k++) {
            used[k] += sign * (problem.use(k, j) - (group < 0 ? 0 : problem.noneUse(k, group)));
        }
        if (group >= 0) {
            openOfGroup[group] = sign > 0 ? j : -1;
        }
    }

    /// What opening the closed site j would capture more; its group must have none open. O(points of j).
    double gain(int j) {
        double gain = 0;
        for (int e = columns.start()[j]; e < columns.start()[j + 1]; e++) {
            int i = columns.point()[e];
            gain += rows.weight()[i] * kernel.rise(total[i], columns.ratio()[e]);
        }
        return gain;
    }

    /// What closing the open site j would lose. O(points of j).
    double loss(int j) {
        double loss = 0;
        for (int e = columns.start()[j]; e < columns.start()[j + 1]; e++) {
            int i = columns.point()[e];
            double r = columns.ratio()[e];
            loss += rows.weight()[i] * kernel.rise(Math.max(rows.stays()[i], total[i] - r), r);
        }
        return loss;
    }

    /// Whether adding site j leaves every resource within what is allowed; j's group must have none open.
    boolean fits(int j) {
        int group = problem.group(j);
        for (int k = 0; k < used.length; k++) {
            double more = problem.use(k, j) - (group < 0 ? 0 : problem.noneUse(k, group));
            if (more > 0 && used[k] + more > spendable(k)) {
                return false;
            }
        }
        return true;
    }

    /// Whether every resource is within what is allowed now.
    boolean fits() {
        for (int k = 0; k < used.length; k++) {
            if (used[k] > spendable(k)) {
                return false;
            }
        }
        return true;
    }

    /// Half the allowance is left to the rounding of the running sum.
    private double spendable(int k) {
        return problem.limit(k) + 0.5 * CaptureProblem.ALLOWANCE * problem.limit(k);
    }

    /// At given prices, what opening site j costs more than none of its group.
    double price(int j, double[] prices) {
        int group = problem.group(j);
        double cost = 0;
        for (int k = 0; k < used.length; k++) {
            cost += prices[k] * (problem.use(k, j) - (group < 0 ? 0 : problem.noneUse(k, group)));
        }
        return cost;
    }
}
