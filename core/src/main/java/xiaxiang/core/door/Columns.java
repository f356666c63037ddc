package xiaxiang.core.door;

import java.util.ArrayList;
import java.util.List;

/// The columns a file may have, in snake_case: `required` must stand in the header, `optional` may;
/// any other is a problem unless `others` is true (a file not made for us, of which only some columns are read).
public record Columns(List<String> required, List<String> optional, boolean others) {
    public Columns {
        required = List.copyOf(required);
        optional = List.copyOf(optional);
    }

    /// Columns that must be there.
    public static Columns of(String... required) {
        return new Columns(List.of(required), List.of(), false);
    }

    /// The same, and these may be there.
    public Columns with(String... optional) {
        return new Columns(required, List.of(optional), others);
    }

    /// The same, and whatever else is there is not looked at.
    public Columns ignoringOthers() {
        return new Columns(required, optional, true);
    }

    List<String> all() {
        var all = new ArrayList<>(required);
        all.addAll(optional);
        return all;
    }
}
