package xiaxiang.engine.capture;

import java.util.Arrays;

/// What a plan under change uses of every resource, and the open site of every group. Not for several threads at once.
final class Usage {
    private final CaptureProblem problem;
    private final double[] used;
    private final int[] openOfGroup;

    /// Nothing open.
    Usage(CaptureProblem problem) {
        this.problem = problem;
        this.used = new double[problem.resources()];
        this.openOfGroup = new int[problem.groups()];
        Arrays.fill(openOfGroup, -1);
        for (int k = 0; k < used.length; k++) {
            for (int g = 0; g < openOfGroup.length; g++) {
                used[k] += problem.noneUse(k, g);
            }
        }
    }

    /// The open site of j's group, or -1.
    int openBeside(int j) {
        return problem.group(j) < 0 ? -1 : openOfGroup[problem.group(j)];
    }

    /// Counts site j in (sign 1) or out (-1).
    void count(int j, int sign) {
        for (int k = 0; k < used.length; k++) {
            used[k] += sign * more(k, j);
        }
        if (problem.group(j) >= 0) {
            openOfGroup[problem.group(j)] = sign > 0 ? j : -1;
        }
    }

    /// Use of resource k by site j beyond that of its group with none open.
    private double more(int k, int j) {
        int group = problem.group(j);
        return problem.use(k, j) - (group < 0 ? 0 : problem.noneUse(k, group));
    }

    /// Whether adding site j leaves every resource within what is allowed; j's group must have none open.
    boolean fits(int j) {
        for (int k = 0; k < used.length; k++) {
            double more = more(k, j);
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
        double cost = 0;
        for (int k = 0; k < used.length; k++) {
            cost += prices[k] * more(k, j);
        }
        return cost;
    }
}
