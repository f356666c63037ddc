/// The door: everything that comes in from files is read and judged here, before any room believes it.
///
/// Takes: paths. Gives: rows as text with their file, row and column, and every [Problem] at once.
/// Invariants: a reader never throws for bad content, it collects; nothing here knows a room.
@org.jspecify.annotations.NullMarked
package xiaxiang.core.door;
