package xiaxiang.engine.choice;

import java.util.List;

/// The covariance of estimated parameters, and which kind it is. Immutable.
public final class Covariance {
    /// Where a covariance comes from. H: minus the Hessian; B: the sum of the outer products of scores, weighted, of each individual (or case).
    public enum Kind {
        /// The inverse of H: right where the model is.
        HESSIAN,
        /// The inverse of B: right where the model is. Source: Berndt, Hall, Hall and Hausman (1974).
        BHHH,
        /// H^-1 B H^-1, without a small-sample factor: right for the best fit of a wrong model. Source: White (1982).
        SANDWICH,
        /// As the sandwich with scores summed by cluster, without a small-sample factor.
        CLUSTER
    }

    /// With fewer independent units than this a sandwich is too small on average.
    private static final int FEW = 40;

    private final Kind kind;
    private final int units;
    private final int size;
    private final double[] matrix;

    Covariance(Kind kind, int units, int size, double[] matrix) {
        this.kind = kind;
        this.units = units;
        this.size = size;
        this.matrix = matrix;
    }

    /// Which kind it is.
    public Kind kind() {
        return kind;
    }

    /// The independent units it rests on: clusters, individuals, or cases.
    public int units() {
        return units;
    }

    /// What a reader must know, each a sentence; empty when all is well. Source: Cameron and Miller (2015), few clusters.
    public List<String> warnings() {
        boolean few = units < FEW && (kind == Kind.SANDWICH || kind == Kind.CLUSTER);
        return few ? List.of("These errors rest on " + units + " independent units only, fewer than " + FEW + ": they are too small on average, and 5% tests reject too often.") : List.of();
    }

    /// The number of parameters, fixed ones too.
    public int size() {
        return size;
    }

    /// The covariance of parameters p and q; NaN where one is fixed, held by a bound, or cannot be known.
    public double of(int p, int q) {
        return matrix[p * size + q];
    }

    /// The standard error of parameter p; NaN where there is none.
    public double error(int p) {
        return Math.sqrt(of(p, p));
    }
}
