package xiaxiang.core.door;

/// One thing wrong with a file: where, what stood there, which rule it breaks and what to do next.
///
/// `row` counts as an editor does, the header being row 1; 0 if the file as a whole is meant. `column` and `value` may be blank.
public record Problem(String file, long row, String column, String value, Rule rule, String detail) {}
