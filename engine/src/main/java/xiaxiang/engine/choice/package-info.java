/// How people choose between brands, shops and buying nothing.
///
/// Takes: individual choices with the utilities of what could be chosen, or attractions by point and brand; plain arrays throughout. Gives: multinomial, nested
/// and mixed logits fitted by maximum likelihood, with errors and with what cannot be known; predictions; nested-logit shares, and the constants that make them
/// meet public totals.
/// Invariants: pure functions; the answer does not depend on the thread count.
/// Source: McFadden (1974, 1978), multinomial and nested logit; Train (2009), mixed logit; Berry (1994), inversion of market shares.
@org.jspecify.annotations.NullMarked
package xiaxiang.engine.choice;
