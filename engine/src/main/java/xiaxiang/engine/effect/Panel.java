package xiaxiang.engine.effect;

/// An outcome of units over periods, and when each unit was first treated. Treatment, once begun, does not end. Immutable.
///
/// Arrays are row-major `double[units * periods]`, NaN where not observed; periods are indices in order of time, whatever their names.
/// The arrays are kept, not copied: do not change them.
public final class Panel {
    /// The cohort of a unit never treated.
    public static final int NEVER = Integer.MAX_VALUE;

    private final int units;
    private final int periods;
    private final double[] outcome;
    private final int[] cohort;
    private final double[][] covariates;
    private final int[] cluster;

    /// `cohort[unit]` is the index of the first treated period (0 or below: treated throughout) or [#NEVER]; `covariates[k]` is units x periods;
    /// `cluster[unit]` counts from 0. Throws IllegalArgumentException where the lengths do not fit.
    public Panel(int units, int periods, double[] outcome, int[] cohort, double[][] covariates, int[] cluster) {
        if (outcome.length != units * periods || cohort.length != units || cluster.length != units)
            throw new IllegalArgumentException("Expected " + units + " units x " + periods + " periods, got " + outcome.length + " outcomes, " + cohort.length + " cohorts and " + cluster.length + " clusters.");
        for (double[] x : covariates) if (x.length != outcome.length) throw new IllegalArgumentException("A covariate has " + x.length + " entries, not " + outcome.length + ".");
        this.units = units;
        this.periods = periods;
        this.outcome = outcome;
        this.cohort = cohort;
        this.covariates = covariates;
        this.cluster = cluster;
    }

    /// The number of units.
    public int units() {
        return units;
    }

    /// The number of periods.
    public int periods() {
        return periods;
    }

    /// The outcome of a unit in a period; NaN if not observed.
    public double outcome(int unit, int period) {
        return outcome[unit * periods + period];
    }

    /// The first treated period of a unit, or [#NEVER].
    public int cohort(int unit) {
        return cohort[unit];
    }

    /// The number of covariates.
    public int covariates() {
        return covariates.length;
    }

    /// The k-th covariate of a unit in a period; NaN if not observed.
    public double covariate(int k, int unit, int period) {
        return covariates[k][unit * periods + period];
    }

    /// The cluster of a unit, from 0.
    public int cluster(int unit) {
        return cluster[unit];
    }
}
