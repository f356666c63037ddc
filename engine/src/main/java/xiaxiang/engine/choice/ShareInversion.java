package xiaxiang.engine.choice;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import xiaxiang.engine.choice.BrandChoice.Constants;

/// Solves the brand constants so that the market's totals equal public figures: brand units, and the part of each brand sold online.
///
/// Newton's method with the analytic Jacobian on 2 x brands unknowns (log units and log-odds of the online part); a step is halved until the
/// error falls. Cost: O(points x brands^2) a step, five to ten steps. Source: Berry (1994), with a nest for each brand.
public final class ShareInversion {
    private static final int MAX_STEPS = 60;

    private final BrandChoice market;
    private final double[] units;
    private final double[] onlineShare;

    private ShareInversion(BrandChoice market, double[] units, double[] onlineShare) {
        this.market = market;
        this.units = units;
        this.onlineShare = onlineShare;
    }

    /// How it ended: the constants, the largest relative error left in a brand's units, and the steps taken.
    public record Solution(Constants constants, double error, int steps) {}

    /// Solves from `start`. `units` are target units by brand, all > 0 and in sum below the total weight; `onlineShare` in (0, 1) by brand.
    /// Brands without any shop can only sell online, and brands without online sale only in shops: their online target is then left out.
    public static Solution solve(BrandChoice market, double[] units, double[] onlineShare, Constants start) {
        for (double u : units) if (!(u > 0)) throw new IllegalArgumentException("Target units must be above 0, got " + u + ".");
        return new ShareInversion(market, units, onlineShare).run(start);
    }

    /// A start that needs no knowledge: constants 0 and online factors 1.
    public static Constants flat(int brands) {
        return new Constants(new double[brands], new double[brands]);
    }

    private Solution run(Constants start) {
        Constants at = start;
        State now = new State(at);
        double error = now.error();
        int step = 0;
        for (; step < MAX_STEPS && error > 1e-12; step++) {
            double[] move = now.newton();
            double scale = 1;
            Constants tried = at.moved(move, scale);
            State next = new State(tried);
            while (!(next.error() < error) && scale > 1e-4) {
                scale /= 2;
                tried = at.moved(move, scale);
                next = new State(tried);
            }
            if (!(next.error() < error)) break;
            at = tried;
            now = next;
            error = next.error();
        }
        return new Solution(at, now.unitError(), step);
    }

    /// Totals and their derivatives at given constants.
    private final class State {
        final int n = market.brands;
        /// Units, online units; then d units / d alpha, d units / d log o, d online / d alpha, d online / d log o, each n x n.
        final double[] sums;

        State(Constants c) {
            double[][] parts = new double[market.blocks()][];
            IntStream.range(0, parts.length).parallel().forEach(k -> parts[k] = block(k, c));
            sums = new double[2 * n + 4 * n * n];
            for (double[] part : parts) for (int x = 0; x < sums.length; x++) sums[x] += part[x];
        }

        private double[] block(int k, Constants c) {
            double[] s = new double[2 * n + 4 * n * n];
            double[] p = new double[n];
            double[] phi = new double[n];
            double[] factor = new double[n];
            for (int b = 0; b < n; b++) factor[b] = c.onlineFactor(b);
            for (int i = k * BrandChoice.BLOCK, end = Math.min(market.points, i + BrandChoice.BLOCK); i < end; i++) {
                double all = 1;
                for (int b = 0; b < n; b++) {
                    p[b] = market.nest(i, b, c);
                    all += p[b];
                    double net = factor[b] * market.online[i * n + b];
                    phi[b] = net <= 0 ? 0 : net / (net + market.shops[i * n + b]);
                }
                for (int b = 0; b < n; b++) p[b] /= all;
                add(s, market.weight[i], p, phi);
            }
            return s;
        }

        private void add(double[] s, double q, double[] p, double[] phi) {
            int n2 = n * n;
            for (int b = 0; b < n; b++) {
                double qp = q * p[b];
                s[b] += qp;
                s[n + b] += qp * phi[b];
                for (int c = 0; c < n; c++) {
                    double cross = (b == c ? qp : 0) - qp * p[c];
                    int at = 2 * n + b * n + c;
                    s[at] += cross;
                    s[at + n2] += market.mu * phi[c] * cross;
                    s[at + 2 * n2] += phi[b] * cross;
                    s[at + 3 * n2] += phi[b] * market.mu * phi[c] * cross + (b == c ? qp * phi[b] * (1 - phi[b]) : 0);
                }
            }
        }

        private boolean mixed(int b) {
            double share = sums[n + b] / sums[b];
            return share > 1e-12 && share < 1 - 1e-12;
        }

        private double unitResidual(int b) {
            return Math.log(sums[b] / units[b]);
        }

        private double onlineResidual(int b) {
            double share = sums[n + b] / sums[b];
            return mixed(b) ? Math.log(share / (1 - share)) - Math.log(onlineShare[b] / (1 - onlineShare[b])) : 0;
        }

        double unitError() {
            double worst = 0;
            for (int b = 0; b < n; b++) worst = Math.max(worst, Math.abs(sums[b] / units[b] - 1));
            return worst;
        }

        double error() {
            double worst = 0;
            for (int b = 0; b < n; b++) worst = Math.max(worst, Math.max(Math.abs(unitResidual(b)), Math.abs(onlineResidual(b))));
            return worst;
        }

        double[] newton() {
            DMatrixRMaj jacobian = new DMatrixRMaj(2 * n, 2 * n);
            DMatrixRMaj residual = new DMatrixRMaj(2 * n, 1);
            for (int b = 0; b < n; b++) {
                residual.set(b, 0, -unitResidual(b));
                residual.set(n + b, 0, -onlineResidual(b));
                boolean mixed = mixed(b);
                for (int c = 0; c < n; c++) fill(jacobian, b, c, mixed);
                if (!mixed) jacobian.set(n + b, n + b, 1);
            }
            DMatrixRMaj move = new DMatrixRMaj(2 * n, 1);
            if (!CommonOps_DDRM.solve(jacobian, residual, move)) throw new ArithmeticException("The brand shares cannot be told apart: the Jacobian is singular.");
            return move.getData();
        }

        private void fill(DMatrixRMaj jacobian, int b, int c, boolean mixed) {
            int n2 = n * n;
            int at = 2 * n + b * n + c;
            double unit = sums[b];
            double net = sums[n + b];
            double store = unit - net;
            jacobian.set(b, c, sums[at] / unit);
            jacobian.set(b, n + c, sums[at + n2] / unit);
            if (!mixed) return;
            // The log-odds of the online part: d ln(net) - d ln(unit - net).
            jacobian.set(n + b, c, sums[at + 2 * n2] / net - (sums[at] - sums[at + 2 * n2]) / store);
            jacobian.set(n + b, n + c, sums[at + 3 * n2] / net - (sums[at + n2] - sums[at + 3 * n2]) / store);
        }
    }
}
