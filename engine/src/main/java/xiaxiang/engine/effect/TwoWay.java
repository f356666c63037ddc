package xiaxiang.engine.effect;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Least squares on a constant for each unit and each period, over some observations of a panel: exact, by eliminating the units and solving for the periods. Immutable.
///
/// Periods that the observations do not connect to each other get constants that cannot be compared; [#connects] tells. Cost: observations x periods, plus periods^3 / 3.
final class TwoWay {
    private static final double SINGULAR = 1e-10;

    private final int units;
    private final int periods;
    /// Units x periods.
    private final boolean[] used;
    private final int[] ofUnit;
    private final int[] ofPeriod;
    /// The Cholesky factor of the periods' normal equations, lower, row-major; a row of a period that depends on those before it is 0.
    private final double[] factor;
    /// By unit, then by period: which connected part it belongs to; -1 where not observed.
    private final int[] part;

    /// `used` says which of the units x periods observations count.
    TwoWay(Panel panel, IntPredicate used) {
        units = panel.units();
        periods = panel.periods();
        this.used = new boolean[units * periods];
        ofUnit = new int[units];
        ofPeriod = new int[periods];
        for (int i = 0; i < units; i++) {
            for (int t = 0; t < periods; t++) {
                if (!used.test(i * periods + t)) continue;
                this.used[i * periods + t] = true;
                ofUnit[i]++;
                ofPeriod[t]++;
            }
        }
        factor = factor();
        part = parts();
    }

    private double[] factor() {
        double[] s = new double[periods * periods];
        for (int t = 0; t < periods; t++) s[t * periods + t] = ofPeriod[t];
        int[] at = new int[periods];
        for (int i = 0; i < units; i++) {
            int count = 0;
            for (int t = 0; t < periods; t++) if (used[i * periods + t]) at[count++] = t;
            double share = 1.0 / Math.max(1, count);
            for (int a = 0; a < count; a++) for (int b = 0; b <= a; b++) s[at[a] * periods + at[b]] -= share;
        }
        for (int j = 0; j < periods; j++) {
            double d = s[j * periods + j];
            for (int k = 0; k < j; k++) d -= s[j * periods + k] * s[j * periods + k];
            double root = d > SINGULAR * ofPeriod[j] ? Math.sqrt(d) : 0;
            s[j * periods + j] = root;
            for (int i = j + 1; i < periods; i++) {
                double v = s[i * periods + j];
                for (int k = 0; k < j; k++) v -= s[i * periods + k] * s[j * periods + k];
                s[i * periods + j] = root == 0 ? 0 : v / root;
            }
        }
        return s;
    }

    private int[] parts() {
        int[] root = IntStream.range(0, units + periods).toArray();
        for (int i = 0; i < units; i++) for (int t = 0; t < periods; t++) if (used[i * periods + t]) root[find(root, i)] = find(root, units + t);
        int[] out = new int[units + periods];
        for (int v = 0; v < out.length; v++) out[v] = (v < units ? ofUnit[v] : ofPeriod[v - units]) == 0 ? -1 : find(root, v);
        return out;
    }

    private static int find(int[] root, int v) {
        int at = v;
        while (root[at] != at) {
            root[at] = root[root[at]];
            at = root[at];
        }
        return at;
    }

    /// Whether the constants of a unit and a period are known together, so that their sum is.
    boolean connects(int unit, int period) {
        return part[unit] >= 0 && part[unit] == part[units + period];
    }

    /// Free constants: units and periods observed, less one for each connected part.
    int rank() {
        int observed = (int) Arrays.stream(part).filter(p -> p >= 0).count();
        return observed - (int) Arrays.stream(part).filter(p -> p >= 0).distinct().count();
    }

    int observations() {
        return IntStream.of(ofUnit).sum();
    }

    boolean isUsed(int at) {
        return used[at];
    }

    /// The constants, units then periods, that solve the normal equations with right sides `ofUnits` and `ofPeriods`.
    double[] solve(double[] ofUnits, double[] ofPeriods) {
        double[] b = ofPeriods.clone();
        for (int i = 0; i < units; i++) {
            if (ofUnit[i] == 0) continue;
            double mean = ofUnits[i] / ofUnit[i];
            for (int t = 0; t < periods; t++) if (used[i * periods + t]) b[t] -= mean;
        }
        back(b);
        double[] out = new double[units + periods];
        System.arraycopy(b, 0, out, units, periods);
        for (int i = 0; i < units; i++) {
            double rest = ofUnits[i];
            for (int t = 0; t < periods; t++) if (used[i * periods + t]) rest -= b[t];
            out[i] = ofUnit[i] == 0 ? 0 : rest / ofUnit[i];
        }
        return out;
    }

    private void back(double[] b) {
        for (int j = 0; j < periods; j++) {
            double v = b[j];
            for (int k = 0; k < j; k++) v -= factor[j * periods + k] * b[k];
            b[j] = factor[j * periods + j] == 0 ? 0 : v / factor[j * periods + j];
        }
        for (int j = periods - 1; j >= 0; j--) {
            double v = b[j];
            for (int k = j + 1; k < periods; k++) v -= factor[k * periods + j] * b[k];
            b[j] = factor[j * periods + j] == 0 ? 0 : v / factor[j * periods + j];
        }
    }

    /// The constants that fit `y` (units x periods) best, with one step of refinement, so that they are exact to rounding.
    double[] fit(double[] y) {
        double[] constants = step(y);
        double[] rest = y.clone();
        takeOff(rest, constants);
        double[] more = step(rest);
        for (int v = 0; v < constants.length; v++) constants[v] += more[v];
        return constants;
    }

    private double[] step(double[] y) {
        double[] u = new double[units];
        double[] p = new double[periods];
        for (int i = 0; i < units; i++) {
            for (int t = 0; t < periods; t++) {
                if (!used[i * periods + t]) continue;
                u[i] += y[i * periods + t];
                p[t] += y[i * periods + t];
            }
        }
        return solve(u, p);
    }

    /// Takes the constants off every entry of `y`, used or not.
    void takeOff(double[] y, double[] constants) {
        for (int i = 0; i < units; i++) for (int t = 0; t < periods; t++) y[i * periods + t] -= constants[i] + constants[units + t];
    }

    /// What the constants of the used observations leave of `y`, at every entry.
    double[] rest(double[] y) {
        double[] out = y.clone();
        takeOff(out, fit(y));
        return out;
    }
}
