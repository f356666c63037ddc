package xiaxiang.engine.choice;

/// The utility of one alternative, case by case, as a function of the coefficients.
///
/// Coefficients are one vector for all alternatives of a model; what a utility does not use is not touched.
public sealed interface Utility {
    /// `constant[n] + sum over t of beta[parameter[t]] * factor[t][n]`: linear in the coefficients, which most utilities are, and much quicker for it.
    final class Linear implements Utility {
        final double[] constant;
        final int[] parameter;
        final double[][] factor;

        /// `constant` has one entry a case, `factor` one array of cases a parameter; a parameter stands there once at most.
        /// The arrays are kept, not copied: do not change them. Throws IllegalArgumentException where the lengths do not fit.
        public Linear(double[] constant, int[] parameter, double[][] factor) {
            if (parameter.length != factor.length) throw new IllegalArgumentException("Expected a factor for each of " + parameter.length + " parameters, got " + factor.length + ".");
            for (double[] f : factor) if (f.length != constant.length) throw new IllegalArgumentException("A factor has " + f.length + " cases, not " + constant.length + ".");
            this.constant = constant;
            this.parameter = parameter;
            this.factor = factor;
        }
    }

    /// Any other smooth function, with its derivatives.
    non-sealed interface Curved extends Utility {
        /// The coefficients it depends on, ascending.
        int[] parameters();

        /// The utility of case `n` at the coefficients `beta`; fills `gradient` (one entry a parameter of [#parameters]) and `hessian`
        /// (their square, row-major, both halves) unless they are empty arrays. NaN where it is not defined.
        double at(int n, double[] beta, double[] gradient, double[] hessian);
    }
}
