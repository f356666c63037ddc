package xiaxiang.engine.numeric;

/// A function of k parameters that is to be as large as possible, such as a log-likelihood.
public interface Objective {
    /// The number of parameters, k.
    int size();

    /// The value at `theta` (length k). Fills `gradient` (length k) and `hessian` (k x k, row-major, both halves) unless they are empty arrays.
    /// NaN or minus infinity where the function is not defined: the search then takes a shorter step.
    double at(double[] theta, double[] gradient, double[] hessian);
}
