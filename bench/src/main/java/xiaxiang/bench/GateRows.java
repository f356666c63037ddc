package xiaxiang.bench;

import java.util.ArrayList;
import java.util.List;

/// All rows of the simulation gate, in their order.
final class GateRows {
    private GateRows() {}

    static List<GateRow> all() {
        return new ArrayList<>(ZeroShares.rows());
    }
}
