/// Samples of places and people: whom to ask, how to weigh the answers, how sure they are, and what to ask next.
///
/// Takes: frames, answers and auxiliary totals, as plain arrays. Gives: samples, weights, totals and means with errors, small areas, rank probabilities.
/// Invariants: pure functions; seeds are arguments; the answer does not depend on the thread count.
@org.jspecify.annotations.NullMarked
package xiaxiang.engine.survey;
