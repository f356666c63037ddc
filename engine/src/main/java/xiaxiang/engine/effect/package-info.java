/// What a treatment caused: differences in differences, synthetic controls, their errors, and the design that makes them honest.
///
/// Takes: a [Panel] of units by periods, as plain arrays. Gives: effects with errors and diagnostics, designs, power.
/// Invariants: pure functions; seeds are arguments; the answer does not depend on the thread count.
@org.jspecify.annotations.NullMarked
package xiaxiang.engine.effect;
