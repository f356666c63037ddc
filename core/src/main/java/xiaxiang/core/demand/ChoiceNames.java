package xiaxiang.core.demand;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.demand.ChoiceSpec.Setting;
import xiaxiang.core.demand.ChoiceSpec.Written;
import xiaxiang.core.door.Rule;
import xiaxiang.core.door.Table;
import xiaxiang.core.door.YamlFile;
import xiaxiang.engine.choice.Expression;
import xiaxiang.engine.choice.Meaning;
import xiaxiang.engine.choice.Nests;
import xiaxiang.engine.choice.Parameter;

/// What names stand for in a choice model: alternatives by id or name, and parameters, numbered in the order of the `parameters` section, others as they
/// first stand in the utilities.
///
/// Three steps: [#use] for each utility, nest and random coefficient; [#number]; then [#meaning].
final class ChoiceNames {
    private static final String EACH = "alt";
    /// Where nests' parameters start and end: as loose as what is above them.
    private static final Setting NEST = Setting.from(1, 1);
    private static final Setting DISSIMILARITY = new Setting(1, false, 1e-3, 1);
    private static final Setting DEVIATION = Setting.from(.1, Double.NEGATIVE_INFINITY);

    private final ChoiceSpec spec;
    private final ChoiceTable table;
    private final List<String> alternatives;
    private final Map<String, Integer> byId = new LinkedHashMap<>();
    private final Map<String, Integer> byPlainId = new LinkedHashMap<>();
    private final Map<String, Setting> used = new LinkedHashMap<>();
    private final Set<String> settled = new HashSet<>();
    private final Set<String> reported = new HashSet<>();
    private final List<String> random = new ArrayList<>();
    private final List<String> bases = new ArrayList<>();
    private final Map<String, Integer> number = new LinkedHashMap<>();

    /// `ids` and `names` of the alternatives in their order.
    ChoiceNames(ChoiceSpec spec, ChoiceTable table, List<String> ids, List<String> names) {
        this.spec = spec;
        this.table = table;
        alternatives = names;
        for (int j = 0; j < ids.size(); j++) byId.put(ids.get(j), j);
        for (int j = 0; j < ids.size(); j++) byId.putIfAbsent(names.get(j), j);
        byId.forEach((id, j) -> byPlainId.putIfAbsent(plain(id), j));
    }

    /// 1, 1.0 and "1" are one id.
    private static String plain(String id) {
        try {
            return Table.text(Double.parseDouble(id));
        } catch (NumberFormatException e) {
            return id;
        }
    }

    /// The alternative of an id or name; -1 if there is none.
    int alternative(String id) {
        Integer exact = byId.get(id.strip());
        return exact == null ? byPlainId.getOrDefault(plain(id.strip()), -1) : exact;
    }

    List<String> alternatives() {
        return alternatives;
    }

    /// Notes the parameters of an alternative's utility; a name that can be none is reported, once.
    void use(Written utility, int alternative) {
        for (Expression.Name name : utility.expression().names()) {
            if (table.has(name.name()) && name.alternative().isEmpty()) continue;
            String full = full(name, alternative);
            if (full == null) {
                if (!name.alternative().equals(EACH) && alternative(name.alternative()) < 0 && reported.add(name.alternative()))
                    utility.report(name.alternative(), Rule.NOT_AN_ALTERNATIVE, String.join(", ", alternatives));
                continue;
            }
            if (spec.random().containsKey(full)) {
                if (!random.contains(full)) random.add(full);
            } else use(full, name.name(), Setting.FREE, !spec.parameters().isEmpty(), utility.yaml(), utility.key());
        }
    }

    /// The parameter's whole name in an alternative's utility; null where it belongs to another.
    private @Nullable String full(Expression.Name name, int alternative) {
        if (name.alternative().isEmpty()) return name.name();
        int of = name.alternative().equals(EACH) ? alternative : alternative(name.alternative());
        return of == alternative && of >= 0 ? name.name() + "[" + alternatives.get(of) + "]" : null;
    }

    /// Notes a parameter: its setting is that of its whole name, of its name before the bracket, or `otherwise`, which is refused if all must be listed.
    private void use(String full, String base, Setting otherwise, boolean mustBeListed, YamlFile at, String key) {
        if (used.containsKey(full)) return;
        for (String listed : List.of(full, base, base + "[" + EACH + "]")) {
            Setting setting = spec.parameters().get(listed);
            if (setting == null) continue;
            used.put(full, setting);
            settled.add(listed);
            // The general one is not unused where each alternative has its own.
            if (!listed.equals(base)) settled.addAll(List.of(base, base + "[" + EACH + "]"));
            return;
        }
        if (mustBeListed && reported.add(full)) at.report(key, full, Rule.UNKNOWN_NAME, nearest(full));
        used.put(full, otherwise);
    }

    private String nearest(String name) {
        String column = table.nearest(name);
        return spec.parameters().keySet().stream().filter(p -> p.equalsIgnoreCase(name)).findFirst().orElse(column.isEmpty() ? String.join(", ", spec.parameters().keySet()) : column);
    }

    /// Notes the parameters of nests and random coefficients. What they name is declared there, so that it need not be listed.
    void useOthers() {
        for (ChoiceSpec.NestPart nest : spec.nests()) use(nest);
        spec.random().forEach((name, part) -> {
            if (!random.contains(name) && !spec.mayUse(name)) part.yaml().report("mean", name, Rule.UNUSED_PARAMETER, "");
            if (!isNumber(part.mean())) use(part.mean(), part.mean(), Setting.FREE, false, part.yaml(), "mean");
            if (!isNumber(part.deviation())) use(part.deviation(), part.deviation(), DEVIATION, false, part.yaml(), "deviation");
        });
    }

    private void use(ChoiceSpec.NestPart nest) {
        Setting usual = spec.convention() == Nests.Convention.SCALE ? NEST : DISSIMILARITY;
        if (!isNumber(nest.parameter())) use(nest.parameter(), nest.parameter(), usual, false, nest.yaml(), "parameter");
        nest.nests().forEach(this::use);
    }

    private static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /// Numbers the parameters and reports those that nothing uses.
    List<Parameter> number() {
        List<Parameter> all = new ArrayList<>();
        List<String> sections = new ArrayList<>(spec.parameters().keySet());
        used.keySet().stream().map(ChoiceNames::base).distinct().forEach(bases::add);
        for (String listed : sections) if (!settled.contains(listed) && !spec.mayUse(base(listed))) spec.yaml().mapping("parameters").report(listed, "", Rule.UNUSED_PARAMETER, "");
        Map<Integer, List<String>> byRank = new TreeMap<>();
        used.forEach((name, setting) -> byRank.computeIfAbsent(rank(name, sections), _ -> new ArrayList<>()).add(name));
        Set<String> order = new LinkedHashSet<>();
        byRank.values().forEach(order::addAll);
        for (String name : order) {
            Setting s = used.getOrDefault(name, Setting.FREE);
            number.put(name, all.size());
            all.add(new Parameter(name, s.start(), s.fixed(), s.lower(), s.upper()));
        }
        spec.nests().forEach(nest -> addNumbers(nest, all));
        spec.random().forEach((name, part) -> {
            addNumber(part.mean(), "mean of " + name, all);
            addNumber(part.deviation(), "deviation of " + name, all);
        });
        return all;
    }

    /// As listed, by whole name or by the one before the bracket; then as used, those of one name together.
    private int rank(String name, List<String> sections) {
        int at = sections.indexOf(name);
        String base = base(name);
        if (at < 0) at = Math.max(sections.indexOf(base), sections.indexOf(base + "[" + EACH + "]"));
        return at >= 0 ? at : sections.size() + bases.indexOf(base);
    }

    private static String base(String name) {
        int bracket = name.indexOf('[');
        return bracket > 0 ? name.substring(0, bracket) : name;
    }

    private void addNumbers(ChoiceSpec.NestPart nest, List<Parameter> all) {
        addNumber(nest.parameter(), nest.name(), all);
        nest.nests().forEach(inner -> addNumbers(inner, all));
    }

    /// A number where a parameter could stand is a fixed parameter.
    private void addNumber(String text, String name, List<Parameter> all) {
        if (!isNumber(text) || number.containsKey(text)) return;
        number.put(text, all.size());
        all.add(Parameter.fixed(name, Double.parseDouble(text)));
    }

    /// The number of a parameter, or of a number in its place.
    int parameter(String name) {
        return number.getOrDefault(name, -1);
    }

    /// The random coefficients that utilities use, in the order of their numbers, which follow those of the parameters.
    List<String> random() {
        return random;
    }

    /// What a name stands for in the utility of an alternative.
    Meaning meaning(Expression.Name name, int alternative) {
        if (table.has(name.name()) && name.alternative().isEmpty()) return table.column(name.name());
        String full = full(name, alternative);
        if (full == null) return new Meaning.Constant(0);
        if (random.contains(full)) return new Meaning.Coefficient(number.size() + random.indexOf(full));
        Setting setting = used.getOrDefault(full, Setting.FREE);
        return setting.fixed() ? new Meaning.Constant(setting.start()) : new Meaning.Coefficient(parameter(full));
    }
}
