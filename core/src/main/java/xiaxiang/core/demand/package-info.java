/// BELIEF: how people choose between brands, shops, the net and buying nothing, and how many phones a year each place buys.
///
/// Takes: an [xiaxiang.core.atlas.Atlas], the public shares of a period, and coefficients. Gives: a calibrated [Demand].
/// Invariants: brand shares over the whole region equal the public table; each brand's online part equals its stated one; coefficients that
/// were assumed and not fitted say so and carry a spread.
/// Also takes a [ChoiceSpec], a file that states a choice model and names anyone's data, and gives the model to be fitted ([PosedChoice]) and what came of it
/// ([ChoiceSummary]); there each problem of file or data is told with its place.
/// Source: nested logit, McFadden (1978); Huff (1964) is the setting with one brand, nest 1 and distance alone.
@org.jspecify.annotations.NullMarked
package xiaxiang.core.demand;
