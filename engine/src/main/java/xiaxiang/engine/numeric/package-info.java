/// What every estimator needs: least squares, definite matrices, and the search for a maximum.
///
/// Takes: dense row-major arrays. Gives: coefficients, inverses, maxima, and which columns cannot be told apart.
/// Invariants: pure functions; the answer does not depend on the thread count.
@org.jspecify.annotations.NullMarked
package xiaxiang.engine.numeric;
