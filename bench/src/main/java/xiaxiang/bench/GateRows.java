package xiaxiang.bench;

import java.util.ArrayList;
import java.util.List;

/// All rows of the simulation gate, in their order.
final class GateRows {
    private GateRows() {}

    static List<GateRow> all() {
        List<GateRow> rows = new ArrayList<>();
        rows.addAll(ZeroShares.rows());
        rows.addAll(FewClusters.rows());
        rows.addAll(EffectGate.rows());
        rows.addAll(SpilloverRows.rows());
        rows.addAll(NestGate.rows());
        return rows;
    }
}
