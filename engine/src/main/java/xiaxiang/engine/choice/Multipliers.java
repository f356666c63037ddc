package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.List;

/// What the derivative of a random coefficient in its mean or deviation is at each draw of a block: 1, z, b or b z. Number 0 is 1. One thread only.
final class Multipliers {
    private final List<RandomCoefficient> random;
    private final double[][] z;
    private final double[][] coefficient;
    private final int[] mean;
    private final int[] deviation;
    private final double[][] value;
    private final double[] moment;
    private final double[] bent;

    /// `z` and `coefficient` are read whenever a block is filled.
    Multipliers(List<RandomCoefficient> random, double[][] z, double[][] coefficient, int block) {
        this.random = random;
        this.z = z;
        this.coefficient = coefficient;
        mean = new int[random.size()];
        deviation = new int[random.size()];
        int n = 1;
        for (int q = 0; q < random.size(); q++) {
            if (isLogNormal(q)) mean[q] = n++;
            deviation[q] = n++;
        }
        value = new double[n][block];
        Arrays.fill(value[0], 1);
        moment = new double[n * n];
        bent = new double[random.size()];
    }

    private boolean isLogNormal(int q) {
        return random.get(q).distribution() == RandomCoefficient.Distribution.LOG_NORMAL;
    }

    int ofMean(int q) {
        return mean[q];
    }

    int ofDeviation(int q) {
        return deviation[q];
    }

    double[] value(int number) {
        return value[number];
    }

    void fill(int count) {
        for (int q = 0; q < mean.length; q++) {
            if (isLogNormal(q)) {
                System.arraycopy(coefficient[q], 0, value[mean[q]], 0, count);
                LinearMixedKernel.multiply(coefficient[q], z[q], value[deviation[q]], count);
            } else System.arraycopy(z[q], 0, value[deviation[q]], 0, count);
        }
    }

    /// The sums over the block of `weight` times each product of two multipliers; `scratch` is overwritten.
    void moments(double[] weight, double[] scratch, int count) {
        int n = value.length;
        for (int a = 0; a < n; a++) {
            LinearMixedKernel.multiply(weight, value[a], scratch, count);
            moment[a * n] = LinearMixedKernel.total(scratch, count);
            for (int b = 1; b <= a; b++) moment[a * n + b] = LinearMixedKernel.dot(scratch, value[b], count);
        }
        for (int q = 0; q < mean.length; q++) {
            if (!isLogNormal(q)) continue;
            LinearMixedKernel.multiply(weight, value[deviation[q]], scratch, count);
            bent[q] = LinearMixedKernel.dot(scratch, z[q], count);
        }
    }

    double moment(int a, int b) {
        return moment[Math.max(a, b) * value.length + Math.min(a, b)];
    }

    /// The sum of weight times b z z for a log-normal coefficient.
    double bentMoment(int q) {
        return bent[q];
    }
}
