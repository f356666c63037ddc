package xiaxiang.engine.effect;

/// Synthetic control: donors weighted, weights >= 0 with sum 1, to match the treated before treatment, period by period.
///
/// With `fixedEffects` each unit is first taken from its own mean before treatment (augsynth's `fixedeff`); without, levels are matched (synthdid's
/// `sc_estimate`, Synth without predictors). Where donors can match perfectly many weights do, and one is given.
/// Source: Abadie, Diamond and Hainmueller (2010); fixed effects: Doudchenko and Imbens (2016), Ferman and Pinto (2021).
public record SyntheticControl(boolean fixedEffects, SimplexSolver solver) implements SyntheticMethod {
    /// The infinitesimal penalty of synthdid, in noise levels.
    private static final double ETA = 1e-6;

    /// As published: synthdid's steps for levels, the optimum with fixed effects.
    public static SyntheticControl published(boolean fixedEffects) {
        return new SyntheticControl(fixedEffects, fixedEffects ? SimplexSolver.EXACT : SimplexSolver.FRANK_WOLFE);
    }

    @Override
    public SyntheticWeights weigh(SyntheticBlock block) {
        double[] period = fixedEffects ? UniformControl.even(block.before) : new double[block.before];
        double noise = block.before > 1 ? block.noise() : 0;
        double zeta = solver == SimplexSolver.EXACT ? 0 : ETA * noise;
        return new SyntheticWeights(solver.solve(donors(block, fixedEffects), target(block, fixedEffects), block.donors(), zeta, noise), period, Double.NaN);
    }

    @Override
    public int needs() {
        return solver == SimplexSolver.FRANK_WOLFE || fixedEffects ? 2 : 1;
    }

    @Override
    public SyntheticMethod exact() {
        return new SyntheticControl(fixedEffects, SimplexSolver.EXACT);
    }

    /// Periods before treatment x donors, each donor less its mean where `centred`.
    static double[] donors(SyntheticBlock block, boolean centred) {
        int n = block.donors();
        double[] a = new double[block.before * n];
        for (int i = 0; i < n; i++) {
            double mean = centred ? mean(block.donor, i * block.periods, block.before) : 0;
            for (int t = 0; t < block.before; t++) a[t * n + i] = block.donor[i * block.periods + t] - mean;
        }
        return a;
    }

    /// The treated mean by period before treatment, less its own mean where `centred`.
    static double[] target(SyntheticBlock block, boolean centred) {
        double mean = centred ? mean(block.target, 0, block.before) : 0;
        double[] b = new double[block.before];
        for (int t = 0; t < b.length; t++) b[t] = block.target[t] - mean;
        return b;
    }

    static double mean(double[] x, int from, int count) {
        double sum = 0;
        for (int t = 0; t < count; t++) sum += x[from + t];
        return sum / count;
    }
}
