/// How people choose between brands, shops and buying nothing.
///
/// Takes: attractions by point and brand, as plain arrays. Gives: nested-logit shares, and the constants that make them meet public totals.
/// Invariants: pure functions; the answer does not depend on the thread count.
/// Source: McFadden (1978), nested logit; Berry (1994), inversion of market shares.
@org.jspecify.annotations.NullMarked
package xiaxiang.engine.choice;
