/// FACTS of trade: what was sold.
///
/// Takes: sellout.csv of a workspace and its [xiaxiang.core.atlas.Atlas]. Gives: units sold to consumers by shop, brand and period.
/// Invariants: sell-out only, never sell-in, shipments or activations; no month of a shop's brand counts twice; every row has its source and kind.
@org.jspecify.annotations.NullMarked
package xiaxiang.core.trade;
