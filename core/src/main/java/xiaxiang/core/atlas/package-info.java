/// FACTS: places, people, shops, brands and public figures, each with its source and kind.
///
/// Takes: a workspace folder, or a national atlas folder and a region. Gives: an immutable [Atlas].
/// Invariants: a modelled or synthetic row is never shown as an observed one; population totals are kept exactly;
/// coordinates are WGS-84; codes are dated, and an old code still finds its place.
/// Source of codes and classes: NBS, statistical division codes and urban-rural class codes.
@org.jspecify.annotations.NullMarked
package xiaxiang.core.atlas;
