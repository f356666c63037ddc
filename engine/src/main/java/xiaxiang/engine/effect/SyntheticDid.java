package xiaxiang.engine.effect;

/// Synthetic difference in differences: donors weighted to run parallel to the treated before treatment, earlier periods weighted to run parallel to the later ones.
///
/// Unit weights have an intercept and the penalty zeta = (treated x later periods)^(1/4) sigma, with sigma the noise of the donors' first differences; period weights
/// an intercept and a penalty of 1e-6 sigma. Source: Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), Algorithm 1; conventions of R's synthdid 0.0.9.
public record SyntheticDid(SimplexSolver solver) implements SyntheticMethod {
    /// As published.
    public SyntheticDid() {
        this(SimplexSolver.FRANK_WOLFE);
    }

    @Override
    public SyntheticWeights weigh(SyntheticBlock block) {
        double noise = block.noise();
        double zeta = Math.sqrt(Math.sqrt((double) block.treatedUnit.length * block.after())) * noise;
        double[] unit = solver.solve(SyntheticControl.donors(block, true), SyntheticControl.target(block, true), block.donors(), zeta, noise);
        return new SyntheticWeights(unit, periods(block, noise), Double.NaN);
    }

    /// The donors' mean after treatment, matched by their outcomes before: donors x periods, each period less its mean over donors.
    private double[] periods(SyntheticBlock block, double noise) {
        int n = block.donors();
        double[] a = new double[n * block.before];
        double[] b = new double[n];
        for (int t = 0; t < block.before; t++) {
            double mean = 0;
            for (int i = 0; i < n; i++) mean += block.donor[i * block.periods + t];
            mean /= n;
            for (int i = 0; i < n; i++) a[i * block.before + t] = block.donor[i * block.periods + t] - mean;
        }
        for (int i = 0; i < n; i++) b[i] = SyntheticControl.mean(block.donor, i * block.periods + block.before, block.after());
        double mean = SyntheticControl.mean(b, 0, n);
        for (int i = 0; i < n; i++) b[i] -= mean;
        return solver.solve(a, b, block.before, 1e-6 * noise, noise);
    }

    @Override
    public int needs() {
        return 2;
    }

    @Override
    public SyntheticMethod exact() {
        return new SyntheticDid(SimplexSolver.EXACT);
    }
}
