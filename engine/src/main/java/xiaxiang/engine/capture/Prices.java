package xiaxiang.engine.capture;

import java.util.Arrays;

/// Finds prices theta >= 0 that make [Units#priced] small: exactly for one resource, by the ellipsoid method for more. Any
/// prices are valid, so stopping early costs tightness only. Source for the latter: Shor (1977).
final class Prices {
    private final Units units;
    private final double[] slope;
    /// Best found by the last call, scaled.
    final double[] theta;

    Prices(Units units) {
        this.units = units;
        this.slope = new double[units.resources];
        this.theta = new double[units.resources];
    }

    /// Least value found; begins at `near`. About `effort` evaluations a resource.
    double minimise(double[] gain, double[] near, int effort) {
        double atNear = units.priced(gain, near, slope);
        System.arraycopy(near, 0, theta, 0, theta.length);
        if (units.resources == 1) {
            return oneResource(gain, near[0], atNear);
        }
        double best = atNear;
        double[] zero = new double[theta.length];
        double atZero = units.priced(gain, zero, slope);
        if (atZero < best) {
            best = atZero;
            System.arraycopy(zero, 0, theta, 0, theta.length);
        }
        return ellipsoid(gain, best, effort * units.resources * units.resources);
    }

    /// The function is convex and piecewise straight: alternate between where its two known sides meet and the middle.
    private double oneResource(double[] gain, double near, double atNear) {
        double[] at = new double[1];
        double low = 0;
        double lowValue = units.priced(gain, at, slope);
        double lowSlope = slope[0];
        theta[0] = 0;
        double best = lowValue;
        if (lowSlope >= 0) {
            return best;
        }
        double high = near > 0 ? near : Math.max(lowValue, Double.MIN_NORMAL);
        double highValue = atNear;
        double highSlope = -1;
        for (int grow = 0; grow < 300 && highSlope < 0; grow++) {
            at[0] = high;
            highValue = units.priced(gain, at, slope);
            highSlope = slope[0];
            if (highValue < best) {
                best = highValue;
                theta[0] = high;
            }
            if (highSlope < 0) {
                low = high;
                lowValue = highValue;
                lowSlope = highSlope;
                high *= grow < 4 ? 1.5 : 16;
            }
        }
        for (int step = 0; step < 80 && highSlope > 0; step++) {
            double meet = (highValue - highSlope * high - lowValue + lowSlope * low) / (lowSlope - highSlope);
            double floor = lowValue + lowSlope * (meet - low);
            if (!(meet > low && meet < high) || best - floor <= 1e-13 * Math.abs(best)) {
                break;
            }
            at[0] = step % 3 == 2 ? 0.5 * (low + high) : meet;
            double value = units.priced(gain, at, slope);
            if (value < best) {
                best = value;
                theta[0] = at[0];
            }
            if (slope[0] == 0) {
                break;
            }
            if (slope[0] < 0) {
                low = at[0];
                lowValue = value;
                lowSlope = slope[0];
            } else {
                high = at[0];
                highValue = value;
                highSlope = slope[0];
            }
        }
        return best;
    }

    private double ellipsoid(double[] gain, double atStart, int steps) {
        int n = theta.length;
        double best = atStart;
        double[] center = theta.clone();
        double[][] shape = new double[n][n];
        for (int k = 0; k < n; k++) {
            double radius = 0.5 * center[k] + 0.02 * Math.abs(atStart);
            shape[k][k] = radius * radius * n;
        }
        double[] direction = new double[n];
        for (int step = 0; step < steps; step++) {
            int negative = -1;
            for (int k = 0; k < n; k++) {
                negative = center[k] < 0 ? k : negative;
            }
            if (negative >= 0) {
                Arrays.fill(slope, 0);
                slope[negative] = -1;
            } else {
                double value = units.priced(gain, center, slope);
                if (value < best) {
                    best = value;
                    System.arraycopy(center, 0, theta, 0, n);
                }
            }
            if (!cut(center, shape, direction, best)) {
                break;
            }
        }
        return best;
    }

    /// Halves the ellipsoid along `slope`; false once it is as small as rounding.
    private boolean cut(double[] center, double[][] shape, double[] direction, double best) {
        int n = center.length;
        double length = 0;
        for (int a = 0; a < n; a++) {
            direction[a] = 0;
            for (int b = 0; b < n; b++) {
                direction[a] += shape[a][b] * slope[b];
            }
            length += direction[a] * slope[a];
        }
        length = Math.sqrt(length);
        if (!(length > 1e-11 * Math.abs(best))) {
            return false;
        }
        double grow = (double) (n * n) / (n * n - 1);
        for (int a = 0; a < n; a++) {
            direction[a] /= length;
            center[a] -= direction[a] / (n + 1);
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                shape[a][b] = grow * (shape[a][b] - 2.0 / (n + 1) * direction[a] * direction[b]);
            }
        }
        return true;
    }
}
