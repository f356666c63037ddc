package xiaxiang.engine.effect;

import java.util.Arrays;

/// Difference in differences as a synthetic control: all donors and all earlier periods weigh the same.
public record UniformControl() implements SyntheticMethod {
    @Override
    public SyntheticWeights weigh(SyntheticBlock block) {
        return new SyntheticWeights(even(block.donors()), even(block.before), Double.NaN);
    }

    @Override
    public int needs() {
        return 1;
    }

    @Override
    public SyntheticMethod exact() {
        return this;
    }

    static double[] even(int n) {
        double[] w = new double[n];
        Arrays.fill(w, 1.0 / n);
        return w;
    }
}
