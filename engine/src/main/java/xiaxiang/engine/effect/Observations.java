package xiaxiang.engine.effect;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Which entries of a panel can be used.
final class Observations {
    /// Errors that rest on many clusters are too small below so many: with 30, 5% tests reject in 7% of simulations.
    static final int FEW_CLUSTERS = 50;

    private Observations() {}

    /// Units x periods: whether outcome and all covariates are observed.
    static boolean[] complete(Panel panel) {
        boolean[] out = new boolean[panel.units() * panel.periods()];
        for (int i = 0; i < panel.units(); i++) for (int t = 0; t < panel.periods(); t++) out[i * panel.periods() + t] = isComplete(panel, i, t);
        return out;
    }

    static boolean isComplete(Panel panel, int unit, int period) {
        if (Double.isNaN(panel.outcome(unit, period))) return false;
        for (int k = 0; k < panel.covariates(); k++) if (Double.isNaN(panel.covariate(k, unit, period))) return false;
        return true;
    }

    /// Whether the outcome is the same wherever it is used; so it is where nothing is.
    static boolean isConstant(Panel panel, boolean[] used) {
        double one = Double.NaN;
        for (int at = 0; at < used.length; at++) {
            if (!used[at]) continue;
            double y = panel.outcome(at / panel.periods(), at % panel.periods());
            if (Double.isNaN(one)) one = y;
            else if (y != one) return false;
        }
        return true;
    }

    /// How many clusters have a unit such as this.
    static int clusters(Panel panel, IntPredicate unit) {
        return (int) IntStream.range(0, panel.units()).filter(unit).map(panel::cluster).distinct().count();
    }
}
