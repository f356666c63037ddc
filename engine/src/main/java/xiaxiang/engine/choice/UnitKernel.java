package xiaxiang.engine.choice;

/// The log-likelihood of one unit at a time: an individual with all its cases, or a case where no individuals are named. One thread only.
interface UnitKernel {
    /// The weighted log-likelihood of the unit whose cases are `cases[from .. to - 1]`. Adds its gradient to `score` and its Hessian (half below the
    /// diagonal) to `hessian`, in the free parameters, unless they are empty arrays.
    double add(int unit, int[] cases, int from, int to, double[] score, double[] hessian);
}
