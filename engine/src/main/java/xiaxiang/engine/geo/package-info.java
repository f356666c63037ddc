/// Points on the earth: datums, distances, and who is near whom.
///
/// Takes: coordinates in degrees. Gives: WGS-84 coordinates, metres, neighbours.
/// Invariants: conversions are deterministic; a point outside its range cannot exist.
@org.jspecify.annotations.NullMarked
package xiaxiang.engine.geo;
