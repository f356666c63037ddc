package xiaxiang.engine.capture;

import org.jspecify.annotations.Nullable;

/// A plan that uses little: required sites, and of each group the option (or none) that is cheapest.
final class Starts {
    private static final int ROUNDS = 60;

    private Starts() {}

    /// Flags of a feasible plan, or null when raising the price of what is overused finds none. Exact for one resource.
    static boolean @Nullable [] cheapest(CaptureProblem p) {
        double[] price = new double[p.resources()];
        for (int k = 0; k < price.length; k++) {
            price[k] = 1 / Math.max(p.limit(k), Double.MIN_NORMAL);
        }
        for (int round = 0; round < ROUNDS; round++) {
            boolean[] open = cheapest(p, price);
            if (p.isFeasible(open)) {
                return open;
            }
            for (int k = 0; k < price.length; k++) {
                double over = p.used(k, open) / Math.max(p.allowed(k), Double.MIN_NORMAL);
                price[k] *= Math.clamp(over, 0.25, 4);
            }
        }
        return null;
    }

    private static boolean[] cheapest(CaptureProblem p, double[] price) {
        double[] least = new double[p.groups()];
        int[] chosen = new int[p.groups()];
        for (int g = 0; g < least.length; g++) {
            chosen[g] = -1;
            for (int k = 0; k < price.length; k++) {
                least[g] += price[k] * p.noneUse(k, g);
            }
        }
        boolean[] open = new boolean[p.sites()];
        for (int j = 0; j < open.length; j++) {
            int group = p.group(j);
            if (p.isRequired(j)) {
                open[j] = true;
                if (group >= 0) {
                    least[group] = Double.NEGATIVE_INFINITY;
                    chosen[group] = j;
                }
            } else if (group >= 0 && !p.isForbidden(j)) {
                double cost = 0;
                for (int k = 0; k < price.length; k++) {
                    cost += price[k] * p.use(k, j);
                }
                if (cost < least[group]) {
                    least[group] = cost;
                    chosen[group] = j;
                }
            }
        }
        for (int j : chosen) {
            if (j >= 0) {
                open[j] = true;
            }
        }
        return open;
    }
}
