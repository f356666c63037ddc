/// FACTS heard in the field: visits to townships and shops, what people said and need.
///
/// Takes: visits.csv of a workspace and its [xiaxiang.core.atlas.Atlas]. Gives: visits, each at a division in force.
/// Invariants: no names of persons, only who they are to the shop; every visit has its source and kind.
/// Source: the workspace; a quote is somebody's words, never ours.
@org.jspecify.annotations.NullMarked
package xiaxiang.core.field;
