package xiaxiang.core.demand;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.demand.ChoiceSpec.Written;
import xiaxiang.core.door.Rule;
import xiaxiang.engine.choice.Choices;

/// Who could choose what and what they chose, read from a table of cases (wide) or of their alternatives (long); every contradiction is a problem.
final class ChoiceCases {
    private final ChoiceSpec spec;
    private final ChoiceTable table;
    private final ChoiceNames names;

    ChoiceCases(ChoiceSpec spec, ChoiceTable table, ChoiceNames names) {
        this.spec = spec;
        this.table = table;
        this.names = names;
    }

    /// The choices, the table its utilities are asked of, the row of it that stands for each case, and in wide data who is available, by alternative and row.
    static final class Read {
        final Choices choices;
        final ChoiceTable table;
        final int[] caseRow;
        final boolean[][] available;

        private Read(Choices choices, ChoiceTable table, int[] caseRow, boolean[][] available) {
            this.choices = choices;
            this.table = table;
            this.caseRow = caseRow;
            this.available = available;
        }
    }

    /// Null where a problem was reported that leaves no choices to speak of.
    @Nullable Read wide() {
        int[] chosen = chosen();
        boolean[][] available = new boolean[names.alternatives().size()][];
        for (int j = 0; j < available.length; j++) {
            Written asked = spec.alternatives().get(j).available();
            available[j] = available(asked == null ? spec.columns().available() : asked);
        }
        if (chosen == null) return null;
        for (int n = 0; n < chosen.length; n++) {
            if (chosen[n] < 0 || available[chosen[n]][n]) continue;
            Written asked = spec.alternatives().get(chosen[n]).available();
            table.problem(n, what(spec.columns().choice()), names.alternatives().get(chosen[n]), Rule.CHOICE_UNAVAILABLE, asked == null ? "" : asked.expression().text());
        }
        return new Read(Choices.wide(available, chosen), table, IntStream.range(0, chosen.length).toArray(), available);
    }

    static String what(Written written) {
        var bare = written.expression().bareName();
        return bare == null ? written.expression().text() : bare.name();
    }

    private int @Nullable [] chosen() {
        Written choice = spec.columns().choice();
        ChoiceTable.Labels labels = table.labels(choice);
        if (labels == null) return null;
        int[] of = labels.names.stream().mapToInt(names::alternative).toArray();
        int[] chosen = new int[table.rows()];
        for (int n = 0; n < chosen.length; n++) {
            chosen[n] = labels.codes[n] < 0 ? Choices.UNKNOWN : of[labels.codes[n]];
            if (chosen[n] < 0 && labels.codes[n] >= 0) table.problem(n, what(choice), labels.names.get(labels.codes[n]), Rule.NOT_AN_ALTERNATIVE, String.join(", ", ids()));
        }
        return chosen;
    }

    private List<String> ids() {
        return spec.alternatives().isEmpty() ? names.alternatives() : spec.alternatives().stream().map(ChoiceSpec.Alternative::id).toList();
    }

    private boolean[] available(@Nullable Written asked) {
        boolean[] out = new boolean[table.rows()];
        double[] values = asked == null ? null : table.known(asked);
        // Where it is missing nobody can tell, and that is told: not so that the choice was not there.
        for (int n = 0; n < out.length; n++) out[n] = values == null || values[n] != 0;
        return out;
    }

    /// Long data: the table's rows must already stand case by case. `alternative[row]` is the alternative of each row.
    @Nullable Read rows(int[] caseOf, int[] alternative) {
        boolean[] there = there(alternative);
        Written choice = spec.columns().choice();
        double[] chosen = table.known(choice);
        if (chosen == null) return null;
        for (int r = 0; r < chosen.length; r++) if (Double.isFinite(chosen[r]) && chosen[r] != 0 && chosen[r] != 1) table.problem(r, what(choice), Double.toString(chosen[r]), Rule.OUT_OF_RANGE, "{0, 1}");
        int[] start = IntStream.concat(IntStream.range(0, caseOf.length).filter(r -> r == 0 || caseOf[r] != caseOf[r - 1]), IntStream.of(caseOf.length)).toArray();
        int[] picked = picked(start, alternative, there, chosen);
        return available(start, alternative, there, picked);
    }

    /// Whether the alternative of each row is available.
    private boolean[] there(int[] alternative) {
        boolean[] common = available(spec.columns().available());
        Map<Integer, boolean[]> own = new HashMap<>();
        for (int j = 0; j < spec.alternatives().size(); j++) {
            Written asked = spec.alternatives().get(j).available();
            if (asked != null) own.put(j, available(asked));
        }
        boolean[] out = new boolean[alternative.length];
        for (int r = 0; r < out.length; r++) out[r] = own.getOrDefault(alternative[r], common)[r];
        return out;
    }

    /// The row chosen in each case.
    private int[] picked(int[] start, int[] alternative, boolean[] there, double[] chosen) {
        int[] picked = new int[start.length - 1];
        int[] seen = new int[names.alternatives().size()];
        Arrays.fill(seen, -1);
        for (int n = 0; n < picked.length; n++) {
            int count = 0;
            boolean known = true;
            picked[n] = Choices.UNKNOWN;
            for (int r = start[n]; r < start[n + 1]; r++) {
                if (seen[alternative[r]] == n) twice(r, alternative[r]);
                seen[alternative[r]] = n;
                known &= !Double.isNaN(chosen[r]);
                if (chosen[r] == 0 || Double.isNaN(chosen[r])) continue;
                count++;
                picked[n] = r;
                if (!there[r]) table.problem(r, what(spec.columns().choice()), names.alternatives().get(alternative[r]), Rule.CHOICE_UNAVAILABLE, "0");
            }
            if (known && count != 1) table.problem(start[n], what(spec.columns().choice()), "", Rule.NOT_ONE_CHOICE, Integer.toString(count));
        }
        return picked;
    }

    /// The choices among what is available; rows that are not leave the table.
    private Read available(int[] start, int[] alternative, boolean[] there, int[] picked) {
        int[] kept = IntStream.range(0, there.length).filter(r -> there[r]).toArray();
        int[] place = new int[there.length];
        Arrays.fill(place, Choices.UNKNOWN);
        for (int k = 0; k < kept.length; k++) place[kept[k]] = k;
        int[] first = new int[start.length];
        for (int n = 0, k = 0; n < start.length; n++) {
            while (k < kept.length && kept[k] < start[n]) k++;
            first[n] = k;
        }
        int[] chosen = Arrays.stream(picked).map(r -> r < 0 ? Choices.UNKNOWN : place[r]).toArray();
        Choices choices = Choices.rows(names.alternatives().size(), first, Arrays.stream(kept).map(r -> alternative[r]).toArray(), chosen);
        return new Read(choices, kept.length == there.length ? table : table.at(kept), Arrays.copyOf(first, picked.length), new boolean[0][]);
    }

    private void twice(int row, int alternative) {
        Written caseId = spec.columns().caseId();
        table.problem(row, caseId == null ? "" : what(caseId), names.alternatives().get(alternative), Rule.ALTERNATIVE_TWICE, "");
    }
}
