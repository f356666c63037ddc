package xiaxiang.engine.numeric;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/// The model g's + s'Hs/2 in the coordinates of H's eigenvectors, and its best step no longer than a radius, found exactly: H may be indefinite or singular.
///
/// Lengths are taken in units of the scale: s_i counts scale_i times. Cost: one symmetric eigen-decomposition (about 9 k^3); each radius then costs k^2.
/// Source: Moré and Sorensen (1983).
final class Quadratic {
    /// Eigenvalues below this part of the largest are flat: a plain Newton step leaves them alone.
    private static final double FLAT = 1e-11;

    private final int k;
    private final double[] scale;
    private final double[] slope;
    private final double[] curve;
    private final double[][] axis;
    private double largest;
    private double top = Double.NEGATIVE_INFINITY;

    /// `hessian` is k x k; `scale` is k long and above 0.
    Quadratic(double[] gradient, double[] hessian, double[] scale) {
        k = gradient.length;
        this.scale = scale;
        slope = new double[k];
        curve = new double[k];
        axis = new double[k][];
        DMatrixRMaj h = new DMatrixRMaj(k, k);
        for (int i = 0; i < k; i++) for (int j = 0; j < k; j++) h.set(i, j, (hessian[i * k + j] + hessian[j * k + i]) / (2 * scale[i] * scale[j]));
        var eigen = DecompositionFactory_DDRM.eig(k, true, true);
        if (k > 0 && !eigen.decompose(h)) throw new ArithmeticException("The Hessian's eigenvalues were not found.");
        for (int a = 0; a < k; a++) {
            curve[a] = eigen.getEigenvalue(a).getReal();
            DMatrixRMaj v = eigen.getEigenVector(a);
            axis[a] = v.getData().clone();
            for (int i = 0; i < k; i++) slope[a] += axis[a][i] * gradient[i] / scale[i];
            largest = Math.max(largest, Math.abs(curve[a]));
            top = Math.max(top, curve[a]);
        }
    }

    /// Whether some direction curves upwards, beyond what rounding may explain.
    boolean rises() {
        return top > 1e-8 * largest;
    }

    /// The step to the model's maximum, leaving out flat and rising directions.
    double[] newton() {
        double[] part = new double[k];
        for (int a = 0; a < k; a++) if (curve[a] < -FLAT * largest) part[a] = -slope[a] / curve[a];
        return turned(part);
    }

    /// Twice what the model promises for [#newton]: the squared length of that step where -H measures lengths.
    double decrement() {
        double sum = 0;
        for (int a = 0; a < k; a++) if (curve[a] < -FLAT * largest) sum -= slope[a] * slope[a] / curve[a];
        return sum;
    }

    /// The best step within the radius.
    double[] within(double radius) {
        double floor = Math.max(0, top);
        double[] part = parts(floor);
        if (top < 0 && length(part) <= radius) return turned(part);
        double tiny = 1e-14 * Math.max(largest, Double.MIN_NORMAL * 1e20);
        double[] least = parts(floor + tiny);
        // The hard case: no slope along the direction of the top curvature, so that the length is made up along it.
        if (length(least) < radius) return turned(filled(least, radius));
        return turned(parts(shift(floor, tiny, radius)));
    }

    /// The shift above `floor` at which the step is as long as the radius, by bisection on its logarithm and then Newton on 1/length.
    private double shift(double floor, double tiny, double radius) {
        double norm = 0;
        for (double s : slope) norm += s * s;
        double low = tiny;
        double high = Math.max(2 * tiny, Math.sqrt(norm) / radius + largest);
        double t = Math.sqrt(low * high);
        for (int step = 0; step < 200 && high / low > 1 + 1e-12; step++) {
            double l = length(parts(floor + t));
            if (Math.abs(l / radius - 1) < 1e-10) break;
            if (l > radius) low = t;
            else high = t;
            double next = t + (l / radius - 1) * l * l / bend(floor + t);
            t = next > low && next < high ? next : Math.sqrt(low * high);
        }
        return floor + t;
    }

    private double bend(double shift) {
        double sum = 0;
        for (int a = 0; a < k; a++) {
            double d = shift - curve[a];
            if (slope[a] != 0) sum += slope[a] * slope[a] / (d * d * d);
        }
        return sum;
    }

    private double[] parts(double shift) {
        double[] part = new double[k];
        for (int a = 0; a < k; a++) if (slope[a] != 0) part[a] = slope[a] / (shift - curve[a]);
        return part;
    }

    private double[] filled(double[] part, double radius) {
        double l = length(part);
        for (int a = 0; a < k; a++)
            if (curve[a] == top) {
                // A rising direction is taken to the radius; a flat one is of no use.
                double rest = top > 0 ? Math.sqrt(Math.max(0, radius * radius - l * l)) : 0;
                part[a] += part[a] < 0 ? -rest : rest;
                break;
            }
        return part;
    }

    private static double length(double[] part) {
        double s = 0;
        for (double p : part) s += p * p;
        return Math.sqrt(s);
    }

    private double[] turned(double[] part) {
        double[] s = new double[k];
        for (int a = 0; a < k; a++) if (part[a] != 0) for (int i = 0; i < k; i++) s[i] += axis[a][i] * part[a];
        for (int i = 0; i < k; i++) s[i] /= scale[i];
        return s;
    }
}
