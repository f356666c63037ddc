package xiaxiang.engine.numeric;

import java.util.Arrays;

/// Lower and upper bounds of k parameters; infinite where there is none. Immutable.
public final class Bounds {
    private final double[] lower;
    private final double[] upper;

    /// Copies its arguments. Throws IllegalArgumentException where the lengths differ or a lower bound is not at most the upper.
    public Bounds(double[] lower, double[] upper) {
        if (lower.length != upper.length) throw new IllegalArgumentException("Expected as many lower bounds (" + lower.length + ") as upper (" + upper.length + ").");
        for (int i = 0; i < lower.length; i++)
            if (!(lower[i] <= upper[i])) throw new IllegalArgumentException("The lower bound (" + lower[i] + ") of parameter " + i + " must be at most the upper (" + upper[i] + ").");
        this.lower = lower.clone();
        this.upper = upper.clone();
    }

    /// No bounds on `size` parameters.
    public static Bounds none(int size) {
        double[] upper = new double[size];
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        double[] lower = new double[size];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        return new Bounds(lower, upper);
    }

    /// The number of parameters.
    public int size() {
        return lower.length;
    }

    /// The nearest value of parameter i within its bounds.
    public double clip(int i, double value) {
        return Math.min(upper[i], Math.max(lower[i], value));
    }

    /// Whether parameter i stands at a bound and the gradient pushes it out: it cannot move.
    public boolean holds(int i, double value, double gradient) {
        return (value <= lower[i] && gradient <= 0) || (value >= upper[i] && gradient >= 0);
    }
}
