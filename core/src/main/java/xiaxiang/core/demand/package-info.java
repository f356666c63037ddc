/// BELIEF: how people choose between brands, shops, the net and buying nothing, and how many phones a year each place buys.
///
/// Takes: an [xiaxiang.core.atlas.Atlas], the public shares of a period, and coefficients. Gives: a calibrated [Demand].
/// Invariants: brand shares over the whole region equal the public table; each brand's online part equals its stated one; coefficients that
/// were assumed and not fitted say so and carry a spread.
/// Source: nested logit, McFadden (1978); Huff (1964) is the setting with one brand, nest 1 and distance alone.
@org.jspecify.annotations.NullMarked
package xiaxiang.core.demand;
