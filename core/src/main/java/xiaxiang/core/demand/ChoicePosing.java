package xiaxiang.core.demand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.demand.ChoiceSpec.Written;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.door.Table;
import xiaxiang.engine.choice.ChoiceModel;
import xiaxiang.engine.choice.Choices;
import xiaxiang.engine.choice.Formula;
import xiaxiang.engine.choice.Mixture;
import xiaxiang.engine.choice.Nest;
import xiaxiang.engine.choice.Nests;
import xiaxiang.engine.choice.Parameter;
import xiaxiang.engine.choice.RandomCoefficient;
import xiaxiang.engine.choice.Utility;

/// The steps from a table to a model: filter, cases, names, utilities, nests, weights; whatever contradicts is a problem.
final class ChoicePosing {
    private final ChoiceSpec spec;
    private final Problems problems;
    private final Problems warnings = new Problems();
    /// The alternatives found in long data, where none are listed.
    private List<String> found = List.of();
    private final Set<Integer> bent = new HashSet<>();

    ChoicePosing(ChoiceSpec spec, Problems problems) {
        this.spec = spec;
        this.problems = problems;
    }

    @Nullable PosedChoice pose(ChoiceTable whole) {
        ChoiceTable filtered = filtered(whole);
        ChoiceTable table = filtered == null ? whole : filtered;
        List<String> ids = spec.alternatives().stream().map(ChoiceSpec.Alternative::id).toList();
        List<String> called = spec.alternatives().stream().map(ChoiceSpec.Alternative::name).toList();
        ChoiceNames listed = new ChoiceNames(spec, table, ids, called);
        // Without the filter nobody knows which rows are meant, without a list which alternatives.
        ChoiceCases.Read read = filtered == null ? null : spec.columns().isLong() ? rows(table, listed) : ids.isEmpty() ? null : new ChoiceCases(spec, table, listed).wide();
        if (read == null) {
            check(table, listed);
            return null;
        }
        List<String> names = called.isEmpty() ? found : called;
        return pose(read, new ChoiceNames(spec, read.table, ids.isEmpty() ? found : ids, names));
    }

    /// Where the data allow no cases, names at least can be judged.
    private void check(ChoiceTable table, ChoiceNames names) {
        ChoiceSpec.Columns c = spec.columns();
        Stream.of(c.weight(), c.individual(), spec.cluster(), c.available()).filter(Objects::nonNull).forEach(table::isOfColumns);
        spec.alternatives().stream().map(ChoiceSpec.Alternative::available).filter(Objects::nonNull).forEach(table::isOfColumns);
        if (names.alternatives().isEmpty()) return;
        use(names);
        names.number();
        nests(spec.nests(), names, new HashMap<>());
    }

    private @Nullable ChoiceTable filtered(ChoiceTable table) {
        Written filter = spec.columns().filter();
        if (filter == null) return table;
        int[] missing = {0};
        int[] kept = table.where(filter, missing);
        if (kept == null) return null;
        if (kept.length == 0) filter.report(filter.expression().text(), Rule.NOTHING_LEFT, filter.expression().text());
        if (missing[0] > 0) warn("filter", filter.expression().text(), Rule.FILTER_MISSING, Integer.toString(missing[0]));
        return kept.length == 0 ? null : kept.length == table.rows() ? table : table.at(kept);
    }

    private void warn(String column, String value, Rule rule, String detail) {
        warnings.add(new Problem(spec.data().getFileName() + "", 0, column, value, rule, detail));
    }

    /// Long data: rows brought together by case, in the order cases first stand there.
    private ChoiceCases.@Nullable Read rows(ChoiceTable table, ChoiceNames listed) {
        Written caseId = spec.columns().caseId();
        Written alternative = spec.columns().alternative();
        if (caseId == null || alternative == null) return null;
        ChoiceTable.Labels cases = table.labels(caseId);
        ChoiceTable.Labels labels = table.labels(alternative);
        if (cases == null || labels == null) return null;
        int[] of = spec.alternatives().isEmpty() ? all(labels) : labels.names.stream().mapToInt(listed::alternative).toArray();
        for (int r = 0; r < labels.codes.length; r++)
            if (labels.codes[r] >= 0 && of[labels.codes[r]] < 0)
                table.problem(r, ChoiceCases.what(alternative), labels.names.get(labels.codes[r]), Rule.NOT_AN_ALTERNATIVE, String.join(", ", listed.alternatives()));
        // A row of no case or alternative has been told by now; the others are judged without it.
        int[] order = together(cases, IntStream.range(0, cases.codes.length).filter(r -> cases.codes[r] >= 0 && labels.codes[r] >= 0 && of[labels.codes[r]] >= 0).toArray());
        ChoiceTable ordered = table.at(order);
        int[] alternatives = Arrays.stream(order).map(r -> of[labels.codes[r]]).toArray();
        List<String> names = spec.alternatives().isEmpty() ? found : listed.alternatives();
        return new ChoiceCases(spec, ordered, new ChoiceNames(spec, ordered, names, names)).rows(Arrays.stream(order).map(r -> cases.codes[r]).toArray(), alternatives);
    }

    /// Takes the labels that stand in some row for the alternatives; a label's number among them.
    private int[] all(ChoiceTable.Labels labels) {
        boolean[] there = new boolean[labels.names.size()];
        for (int code : labels.codes) if (code >= 0) there[code] = true;
        int[] number = new int[there.length];
        List<String> names = new ArrayList<>();
        for (int code = 0; code < there.length; code++) {
            number[code] = names.size();
            if (there[code]) names.add(labels.names.get(code));
        }
        found = List.copyOf(names);
        return number;
    }

    /// Some rows, ascending, sorted by case, stably: cases in the order they first stand there. Cost: linear.
    private static int[] together(ChoiceTable.Labels cases, int[] rows) {
        int[] rank = new int[cases.names.size()];
        Arrays.fill(rank, -1);
        int ranks = 0;
        for (int r : rows) if (rank[cases.codes[r]] < 0) rank[cases.codes[r]] = ranks++;
        int[] next = new int[ranks + 1];
        for (int r : rows) next[rank[cases.codes[r]] + 1]++;
        for (int r = 0; r < ranks; r++) next[r + 1] += next[r];
        int[] order = new int[rows.length];
        for (int r : rows) order[next[rank[cases.codes[r]]]++] = r;
        return order;
    }

    private void use(ChoiceNames names) {
        for (int j = 0; j < names.alternatives().size(); j++) {
            Written utility = utility(j);
            if (utility != null) names.use(utility, j);
        }
        names.useOthers();
    }

    private @Nullable Written utility(int alternative) {
        Written own = spec.alternatives().isEmpty() ? null : spec.alternatives().get(alternative).utility();
        return own == null ? spec.columns().utility() : own;
    }

    private @Nullable PosedChoice pose(ChoiceCases.Read read, ChoiceNames names) {
        use(names);
        List<Parameter> parameters = names.number();
        List<Utility> utilities = utilities(read, names);
        Nests nests = new Nests(spec.convention(), nests(spec.nests(), names, new HashMap<>()));
        Choices choices = individuals(weighted(read), read);
        int[] clusters = clusters(read);
        if (!problems.isEmpty()) return null;
        warnUnchosen(choices, names);
        List<RandomCoefficient> random = names.random().stream().map(name -> random(name, names)).toList();
        ChoiceModel model = new ChoiceModel(choices, utilities, parameters, nests, random.isEmpty() ? Mixture.NONE : new Mixture(random, spec.draws()));
        return new PosedChoice(model, names.alternatives(), clusters, warnings, bent);
    }

    private RandomCoefficient random(String name, ChoiceNames names) {
        ChoiceSpec.RandomPart part = spec.random().get(name);
        if (part == null) throw new IllegalStateException(name);
        return new RandomCoefficient(part.distribution(), names.parameter(part.mean()), names.parameter(part.deviation()));
    }

    private List<Utility> utilities(ChoiceCases.Read read, ChoiceNames names) {
        List<Utility> out = new ArrayList<>();
        boolean one = spec.columns().isLong() && spec.alternatives().stream().allMatch(a -> a.utility() == null)
                && Stream.ofNullable(spec.columns().utility()).flatMap(u -> u.expression().names().stream()).allMatch(n -> n.alternative().isEmpty());
        for (int j = 0; j < (one ? 1 : names.alternatives().size()); j++) {
            int alternative = j;
            Written utility = utility(j);
            if (utility == null) {
                if (spec.unread().isEmpty()) spec.yaml().report("utility", names.alternatives().get(j), Rule.REQUIRED, "");
                continue;
            }
            Formula formula = read.table.formula(utility, name -> names.meaning(name, alternative));
            if (formula == null) continue;
            out.add(formula.utility());
            Arrays.stream(formula.bentCoefficients()).forEach(bent::add);
            if (isAvailabilityKnown(read, j)) checkDefined(read, utility, formula, j, one, names);
        }
        return out;
    }

    /// Where the availability names what is no column, nobody knows which utilities are needed.
    private boolean isAvailabilityKnown(ChoiceCases.Read read, int alternative) {
        Written own = spec.alternatives().isEmpty() ? null : spec.alternatives().get(alternative).available();
        return Stream.ofNullable(own == null ? spec.columns().available() : own).flatMap(a -> a.expression().names().stream()).allMatch(name -> read.table.has(name.name()));
    }

    /// Every available alternative needs a utility.
    private void checkDefined(ChoiceCases.Read read, Written utility, Formula formula, int alternative, boolean all, ChoiceNames names) {
        if (read.available.length > 0) {
            for (int n = 0; n < read.table.rows(); n++)
                if (read.available[alternative][n] && !formula.isDefined(n)) read.table.undefined(n, utility, names.alternatives().get(alternative));
            return;
        }
        for (int r = 0; r < read.table.rows(); r++) {
            int of = read.choices.alternativeOf(r);
            if ((all || of == alternative) && !formula.isDefined(r)) read.table.undefined(r, utility, names.alternatives().get(of));
        }
    }

    private List<Nest> nests(List<ChoiceSpec.NestPart> parts, ChoiceNames names, Map<Integer, String> taken) {
        List<Nest> out = new ArrayList<>();
        for (ChoiceSpec.NestPart part : parts) {
            List<Integer> members = new ArrayList<>();
            for (String id : part.alternatives()) {
                int j = names.alternative(id);
                if (j < 0) part.yaml().report("alternatives", id, Rule.NOT_AN_ALTERNATIVE, String.join(", ", names.alternatives()));
                else if (taken.putIfAbsent(j, part.name()) != null) part.yaml().report("alternatives", id, Rule.REPEATED_ITEM, id);
                else members.add(j);
            }
            List<Nest> inner = nests(part.nests(), names, taken);
            if (!members.isEmpty() || !inner.isEmpty()) out.add(new Nest(part.name(), names.parameter(part.parameter()), members, inner));
        }
        return out;
    }

    private Choices weighted(ChoiceCases.Read read) {
        Written weight = spec.columns().weight();
        double[] values = weight == null ? null : read.table.known(weight);
        if (weight == null || values == null) return read.choices;
        double[] of = Arrays.stream(read.caseRow).mapToDouble(r -> values[r]).toArray();
        boolean good = true;
        for (int r = 0; r < values.length; r++) {
            if (values[r] >= 0 && Double.isFinite(values[r])) continue;
            good = false;
            if (values[r] < 0) read.table.problem(r, ChoiceCases.what(weight), Double.toString(values[r]), Rule.OUT_OF_RANGE, "[0, 1e300]");
        }
        sameWithinCase(read, weight, values);
        if (good && Arrays.stream(of).sum() == 0) weight.report(weight.expression().text(), Rule.NOTHING_LEFT, "weight > 0");
        return good ? read.choices.weighted(of) : read.choices;
    }

    /// In long data what belongs to a case must be the same in all of its rows.
    private void sameWithinCase(ChoiceCases.Read read, Written written, double[] values) {
        if (read.available.length > 0) return;
        for (int n = 0; n < read.caseRow.length; n++)
            for (int r = read.choices.firstRow(n) + 1; r < read.choices.firstRow(n + 1); r++)
                if (values[r] < values[read.caseRow[n]] || values[r] > values[read.caseRow[n]]) read.table.problem(r, ChoiceCases.what(written), Table.text(values[r]), Rule.DIFFERS_WITHIN, "case");
    }

    private int @Nullable [] ofCases(ChoiceCases.Read read, Written written) {
        ChoiceTable.Labels labels = read.table.labels(written);
        if (labels == null) return null;
        sameWithinCase(read, written, Arrays.stream(labels.codes).mapToDouble(code -> code < 0 ? Double.NaN : code).toArray());
        return Arrays.stream(read.caseRow).map(r -> labels.codes[r]).toArray();
    }

    private Choices individuals(Choices choices, ChoiceCases.Read read) {
        Written individual = spec.columns().individual();
        int[] of = individual == null ? null : ofCases(read, individual);
        return of == null ? choices : choices.ofIndividuals(of);
    }

    private int[] clusters(ChoiceCases.Read read) {
        Written cluster = spec.cluster();
        int[] of = cluster == null ? null : ofCases(read, cluster);
        if (cluster == null || of == null) return new int[0];
        Written individual = spec.columns().individual();
        if (individual == null) return of;
        int[] who = ofCases(read, individual);
        if (who == null) return of;
        Map<Integer, Integer> clusterOf = new HashMap<>();
        for (int n = 0; n < of.length; n++) {
            if (who[n] < 0 || of[n] < 0) continue;
            Integer known = clusterOf.putIfAbsent(who[n], of[n]);
            if (known != null && known != of[n]) read.table.problem(read.caseRow[n], ChoiceCases.what(cluster), "", Rule.DIFFERS_WITHIN, ChoiceCases.what(individual));
        }
        return of;
    }

    private void warnUnchosen(Choices choices, ChoiceNames names) {
        int[] available = new int[names.alternatives().size()];
        int[] chosen = new int[available.length];
        for (int r = 0; r < choices.rows(); r++) available[choices.alternativeOf(r)]++;
        for (int n = 0; n < choices.cases(); n++) if (choices.chosenRow(n) >= 0) chosen[choices.alternativeOf(choices.chosenRow(n))]++;
        Map<Integer, Rule> found = new TreeMap<>();
        IntStream.range(0, available.length).filter(j -> chosen[j] == 0).forEach(j -> found.put(j, available[j] == 0 ? Rule.NEVER_AVAILABLE : Rule.NEVER_CHOSEN));
        found.forEach((j, rule) -> warn("", names.alternatives().get(j), rule, names.alternatives().get(j)));
    }
}
