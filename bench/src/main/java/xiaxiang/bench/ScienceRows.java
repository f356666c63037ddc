package xiaxiang.bench;

import java.util.ArrayList;
import java.util.List;

/// All rows of the published numbers, in their order.
final class ScienceRows {
    private ScienceRows() {}

    static List<ScienceRow> all() {
        List<ScienceRow> rows = new ArrayList<>();
        rows.addAll(ChoiceFitRows.all());
        rows.addAll(AggregateRows.all());
        rows.addAll(EffectRows.all());
        rows.addAll(SurveyRows.all());
        return rows;
    }
}
