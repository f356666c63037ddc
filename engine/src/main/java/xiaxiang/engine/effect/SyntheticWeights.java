package xiaxiang.engine.effect;

/// Weights of donors and of periods before treatment; each sums to 1, the periods' to 0 where levels are compared.
final class SyntheticWeights {
    final double[] unit;
    final double[] period;
    /// The ridge penalty chosen; NaN where there is none.
    final double penalty;

    SyntheticWeights(double[] unit, double[] period, double penalty) {
        this.unit = unit;
        this.period = period;
        this.penalty = penalty;
    }

    /// The treated mean less the weighted donors, by period, less the weighted mean of that before treatment.
    double[] gaps(SyntheticBlock block) {
        double[] gap = block.target.clone();
        for (int i = 0; i < unit.length; i++) {
            if (unit[i] == 0) continue;
            for (int t = 0; t < gap.length; t++) gap[t] -= unit[i] * block.donor[i * block.periods + t];
        }
        double base = 0;
        for (int t = 0; t < period.length; t++) base += period[t] * gap[t];
        for (int t = 0; t < gap.length; t++) gap[t] -= base;
        return gap;
    }

    /// The mean gap after treatment began.
    double estimate(SyntheticBlock block) {
        double[] gap = gaps(block);
        double sum = 0;
        for (int t = block.before; t < gap.length; t++) sum += gap[t];
        return sum / block.after();
    }
}
