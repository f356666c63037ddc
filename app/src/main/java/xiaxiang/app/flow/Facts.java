package xiaxiang.app.flow;

import java.util.ArrayList;
import java.util.List;
import xiaxiang.core.field.FieldTables;
import xiaxiang.core.register.AtlasTables;
import xiaxiang.core.register.FactTable;
import xiaxiang.core.trade.TradeTables;

/// All tables of facts, of every room, those that others name first.
public final class Facts {
    /// The tables.
    public static final List<FactTable> TABLES;

    static {
        List<FactTable> all = new ArrayList<>(AtlasTables.ALL);
        all.addAll(List.of(FieldTables.VISITS, FieldTables.ANSWERS, TradeTables.SELL_OUT));
        TABLES = List.copyOf(all);
    }

    static final String BOUNDARIES = "boundaries.geojson";

    private Facts() {}

    /// The tables that are CSV files.
    public static List<FactTable> csv() {
        return TABLES.stream().filter(table -> !table.equals(AtlasTables.BOUNDARIES)).toList();
    }
}
