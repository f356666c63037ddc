package xiaxiang.engine.choice;

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

    private final Kind kind;
    private final int size;
    private final double[] matrix;

    Covariance(Kind kind, int size, double[] matrix) {
        this.kind = kind;
        this.size = size;
        this.matrix = matrix;
    }

    /// Which kind it is.
    public Kind kind() {
        return kind;
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
