package xiaxiang.engine.choice;

import java.util.Arrays;
import xiaxiang.engine.numeric.Semidefinite;

/// Errors from leaving one shop out after the other, to first order: with I the information, I_s and g_s a shop's part of it and its score, the sum of
/// (I - I_s)^-1 g_s squared. Degrees of freedom are Satterthwaite's, as if totals varied in proportion to what is expected. Cost: shops x k^3.
/// Source: Bell and McCaffrey (2002).
final class ShopErrors {
    final double[] covariance;
    final double[] freedom;
    final int shops;

    private final ShareTotals model;
    private final ShareTotals.Expected expected;
    private final int k;
    private final double[] residual;
    private final double[] level;
    /// By coefficient: the sum of d_s, of d_s^2, of d_s u_s' I^-1 u_s, and of u_s u_s'; d_s and u_s are what the squared score of a shop would be on average.
    private final double[] sum;
    private final double[] squares;
    private final double[] mixed;
    private final double[][] outer;

    ShopErrors(ShareTotals model, ShareTotals.Expected expected, double[] hessian) {
        this.model = model;
        this.expected = expected;
        k = model.size();
        residual = model.residuals(expected);
        level = model.levels(expected);
        covariance = new double[k * k];
        sum = new double[k];
        squares = new double[k];
        mixed = new double[k];
        outer = new double[k][k * k];
        freedom = new double[k];
        double[] information = Arrays.stream(hessian).map(h -> -h).toArray();
        double[] inverse = new Semidefinite(information, k).inverse();
        int count = 0;
        for (int s = 0; s < model.market.shops; s++) if (add(s, information, inverse)) count++;
        shops = count;
        for (int i = 0; i < covariance.length; i++) covariance[i] *= (shops - 1.0) / shops;
        for (int a = 0; a < k; a++) freedom[a] = freedom(a, inverse);
    }

    private boolean add(int shop, double[] information, double[] inverse) {
        double[] score = new double[k];
        double[] own = new double[k * k];
        if (!part(shop, score, own)) return false;
        double[] rest = new double[k * k];
        for (int i = 0; i < rest.length; i++) rest[i] = information[i] - own[i];
        double[] without = new Semidefinite(rest, k).inverse();
        double[] moved = Semidefinite.product(without, score, k);
        double[] u = Semidefinite.product(own, without, k);
        for (int a = 0; a < k; a++) for (int b = 0; b < k; b++) covariance[a * k + b] += moved[a] * moved[b];
        for (int a = 0; a < k; a++) count(a, without, u, inverse);
        return true;
    }

    private void count(int a, double[] without, double[] u, double[] inverse) {
        double d = 0;
        double form = 0;
        for (int p = 0; p < k; p++) {
            d += without[p * k + a] * u[p * k + a];
            for (int q = 0; q < k; q++) {
                form += u[p * k + a] * inverse[p * k + q] * u[q * k + a];
                outer[a][p * k + q] += u[p * k + a] * u[q * k + a];
            }
        }
        sum[a] += d - form;
        squares[a] += d * d;
        mixed[a] += d * form;
    }

    /// (tr G)^2 / tr(G^2) with G = diag(d) - U I^-1 U'.
    private double freedom(int a, double[] inverse) {
        double[] m = Semidefinite.product(inverse, outer[a], k);
        double crossed = 0;
        for (int p = 0; p < k; p++) for (int q = 0; q < k; q++) crossed += m[p * k + q] * m[q * k + p];
        return sum[a] * sum[a] / (squares[a] - 2 * mixed[a] + crossed);
    }

    /// Fills a shop's score and information; false if none of its totals is known.
    private boolean part(int shop, double[] score, double[] own) {
        int[] parameter = model.utility.parameter;
        int t = parameter.length;
        boolean any = false;
        for (int c = shop; c < residual.length; c += model.market.shops) {
            if (Double.isNaN(model.totals[c]) || !(expected.total[c] > 0)) continue;
            any = true;
            for (int a = 0; a < t; a++) {
                score[parameter[a]] += residual[c] * expected.slope[c * t + a];
                for (int b = 0; b < t; b++) own[parameter[a] * k + parameter[b]] += level[c / model.market.shops] / expected.total[c] * expected.slope[c * t + a] * expected.slope[c * t + b];
            }
        }
        return any;
    }
}
