package xiaxiang.core.demand;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.demand.ChoiceSpec.Written;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.door.YamlFile;
import xiaxiang.engine.choice.Draws;
import xiaxiang.engine.choice.Expression;
import xiaxiang.engine.choice.Nests;
import xiaxiang.engine.choice.RandomCoefficient.Distribution;

/// Reads a [ChoiceSpec].
final class ChoiceSpecFile {
    private static final int MOST_DRAWS = 1_000_000;
    private static final int USUAL_DRAWS = 1_000;
    private static final int MOST_NESTED = 20;
    private static final double BIG = 1e300;

    private final Path file;
    private final YamlFile yaml;
    private final List<String> unread = new ArrayList<>();

    private ChoiceSpecFile(Path file, YamlFile yaml) {
        this.file = file;
        this.yaml = yaml;
    }

    static @Nullable ChoiceSpec read(Path file, Problems problems) {
        long before = problems.count();
        YamlFile yaml = YamlFile.read(file, problems);
        if (problems.count() > before) return null;
        return new ChoiceSpecFile(file, yaml).read();
    }

    private @Nullable ChoiceSpec read() {
        String data = yaml.text("data");
        ChoiceSpec.Columns columns = columns();
        List<ChoiceSpec.Alternative> alternatives = alternatives(columns != null && columns.isLong(), columns == null ? null : columns.utility());
        Map<String, ChoiceSpec.Setting> parameters = parameters();
        Nests.Convention convention = choice(yaml, "nest_parameters", "scale", "dissimilarity").equals("dissimilarity") ? Nests.Convention.DISSIMILARITY : Nests.Convention.SCALE;
        List<ChoiceSpec.NestPart> nests = nests(yaml, 0);
        Map<String, ChoiceSpec.RandomPart> random = random();
        Draws draws = draws();
        Set<ChoiceSpec.ErrorKind> errors = EnumSet.noneOf(ChoiceSpec.ErrorKind.class);
        Written cluster = errors(errors);
        yaml.refuseOthers();
        if (columns == null) return null;
        return new ChoiceSpec(yaml, file.resolveSibling(data), columns, alternatives, parameters, convention, nests, random, draws, errors, cluster, unread);
    }

    /// A word of a few, in any case, - and _ left out; the first is usual.
    private static String choice(YamlFile at, String key, String... allowed) {
        String written = at.text(key, allowed[0]);
        String plain = written.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
        for (String word : allowed) if (word.equals(plain)) return word;
        at.report(key, written, Rule.NOT_A_CHOICE, String.join(" ", allowed));
        return allowed[0];
    }

    private @Nullable Written expression(YamlFile at, String key) {
        return expression(at, key, unread);
    }

    /// The expression behind a key, or null where there is none or it cannot be read: its text is then added to `unread`.
    static @Nullable Written expression(YamlFile at, String key, Collection<String> unread) {
        if (!at.has(key)) {
            at.text(key, "");
            return null;
        }
        String text = at.text(key);
        return switch (Expression.parse(text)) {
            case Expression.Outcome.Good<Expression>(Expression good) -> new Written(good, at, key);
            case Expression.Outcome.Bad<Expression> bad -> {
                if (!text.isEmpty()) at.report(key, text, Rule.BAD_EXPRESSION, bad.message());
                unread.add(text);
                yield null;
            }
        };
    }

    private ChoiceSpec.@Nullable Columns columns() {
        boolean rows = choice(yaml, "format", "wide", "long").equals("long");
        Written choice = expression(yaml, "choice");
        if (!yaml.has("choice")) yaml.report("choice", "", Rule.REQUIRED, "");
        Written caseId = expression(yaml, "case");
        Written alternative = expression(yaml, "alternative");
        for (String key : List.of("case", "alternative")) {
            if (rows && !yaml.has(key)) yaml.report(key, "", Rule.REQUIRED, "");
            if (!rows && yaml.has(key)) yaml.report(key, "", Rule.CONTRADICTION, "format: wide");
        }
        Written filter = expression(yaml, "filter");
        Written weight = expression(yaml, "weight");
        Written individual = expression(yaml, "individual");
        Written available = expression(yaml, "available");
        Written utility = expression(yaml, "utility");
        return choice == null ? null : new ChoiceSpec.Columns(filter, choice, weight, individual, caseId, alternative, available, utility);
    }

    private List<ChoiceSpec.Alternative> alternatives(boolean rows, @Nullable Written common) {
        List<ChoiceSpec.Alternative> out = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (YamlFile at : yaml.mappings("alternatives")) {
            String name = at.text("name", "");
            String id = at.has("id") ? at.text("id") : name;
            if (id.isBlank()) at.report("id", "", Rule.REQUIRED, "");
            Written available = expression(at, "available");
            Written utility = expression(at, "utility");
            if (!at.has("utility") && common == null && !yaml.has("utility")) at.report("utility", "", Rule.REQUIRED, "");
            String called = name.isBlank() ? id : name;
            if (!seen.add(id) || (!called.equals(id) && !seen.add(called))) at.report("id", id, Rule.REPEATED_ITEM, id);
            out.add(new ChoiceSpec.Alternative(id, called, available, utility, at));
            at.refuseOthers();
        }
        if (!rows && out.size() < 2) yaml.report("alternatives", "", Rule.REQUIRED, "");
        if (rows && out.isEmpty() && !yaml.has("utility")) yaml.report("utility", "", Rule.REQUIRED, "");
        return out;
    }

    private Map<String, ChoiceSpec.Setting> parameters() {
        Map<String, ChoiceSpec.Setting> out = new LinkedHashMap<>();
        if (!yaml.has("parameters")) {
            yaml.text("parameters", "");
            return out;
        }
        YamlFile all = yaml.mapping("parameters");
        for (String name : all.keys()) {
            // Quotes and blanks in brackets are as free here as in a utility.
            String plain = name.replace("`", "").replaceAll("\\s*\\[\\s*[\"']?", "[").replaceAll("[\"']?\\s*]$", "]").strip();
            out.put(plain, all.isSingle(name) ? new ChoiceSpec.Setting(all.has(name) ? all.number(name, -BIG, BIG) : start(all, name), false, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                    : setting(all.mapping(name)));
        }
        all.refuseOthers();
        return out;
    }

    private static double start(YamlFile all, String name) {
        all.text(name, "");
        return 0;
    }

    private static ChoiceSpec.Setting setting(YamlFile at) {
        double lower = at.has("lower") ? at.number("lower", Double.NEGATIVE_INFINITY, BIG) : Double.NEGATIVE_INFINITY;
        double upper = at.has("upper") ? at.number("upper", -BIG, Double.POSITIVE_INFINITY) : Double.POSITIVE_INFINITY;
        at.text("lower", "");
        at.text("upper", "");
        if (lower > upper) {
            at.report("lower", Double.toString(lower), Rule.OUT_OF_RANGE, "[-inf, " + upper + "]");
            upper = lower;
        }
        String fixed = at.text("fixed", "false").toLowerCase(Locale.ROOT);
        boolean word = List.of("true", "false", "yes", "no").contains(fixed);
        boolean isFixed = !word || fixed.equals("true") || fixed.equals("yes");
        double start = at.has("start") ? at.number("start", isFixed ? -BIG : Math.max(-BIG, lower), isFixed ? BIG : Math.min(BIG, upper)) : Math.clamp(0, lower, upper);
        at.text("start", "");
        double value = word ? start : at.number("fixed", -BIG, BIG);
        if (!word && at.has("start") && start != value) at.report("fixed", fixed, Rule.CONTRADICTION, "start");
        at.refuseOthers();
        return isFixed ? new ChoiceSpec.Setting(value, true, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY) : new ChoiceSpec.Setting(value, false, lower, upper);
    }

    private static List<ChoiceSpec.NestPart> nests(YamlFile above, int depth) {
        List<ChoiceSpec.NestPart> out = new ArrayList<>();
        for (YamlFile at : above.mappings("nests")) {
            String parameter = at.text("parameter");
            List<ChoiceSpec.NestPart> inner = depth < MOST_NESTED ? nests(at, depth + 1) : List.of();
            List<String> alternatives = at.texts("alternatives");
            if (inner.isEmpty() && alternatives.isEmpty()) at.report("alternatives", "", Rule.REQUIRED, "");
            out.add(new ChoiceSpec.NestPart(at.text("name", parameter), parameter, alternatives, inner, at));
            at.refuseOthers();
        }
        return out;
    }

    private Map<String, ChoiceSpec.RandomPart> random() {
        Map<String, ChoiceSpec.RandomPart> out = new LinkedHashMap<>();
        if (!yaml.has("random")) {
            yaml.text("random", "");
            return out;
        }
        YamlFile all = yaml.mapping("random");
        for (String name : all.keys()) {
            YamlFile at = all.mapping(name);
            Distribution distribution = switch (choice(at, "distribution", "normal", "lognormal", "uniform", "triangular")) {
                case "lognormal" -> Distribution.LOG_NORMAL;
                case "uniform" -> Distribution.UNIFORM;
                case "triangular" -> Distribution.TRIANGULAR;
                default -> Distribution.NORMAL;
            };
            out.put(name, new ChoiceSpec.RandomPart(distribution, at.text("mean"), at.text("deviation"), at));
            at.refuseOthers();
        }
        all.refuseOthers();
        return out;
    }

    private Draws draws() {
        YamlFile at = yaml.has("draws") ? yaml.mapping("draws") : null;
        if (at == null) {
            yaml.text("draws", "");
            return new Draws(Draws.Type.HALTON, USUAL_DRAWS, 0);
        }
        Draws.Type type = choice(at, "type", "halton", "random", "pseudo", "pseudorandom").equals("halton") ? Draws.Type.HALTON : Draws.Type.PSEUDO_RANDOM;
        long number = at.whole("number", 1, MOST_DRAWS, USUAL_DRAWS);
        if (!at.has("number")) at.text("number", "");
        long seed = at.whole("seed", 0, Long.MAX_VALUE, 0);
        if (!at.has("seed")) at.text("seed", "");
        at.refuseOthers();
        return new Draws(type, (int) number, seed);
    }

    /// Fills the kinds asked for, all but clusters where none are named; returns the clusters.
    private @Nullable Written errors(Set<ChoiceSpec.ErrorKind> kinds) {
        Written cluster = null;
        for (Map.Entry<String, String> entry : yaml.entries("errors")) {
            switch (entry.getKey().toLowerCase(Locale.ROOT)) {
                case "hessian" -> kinds.add(ChoiceSpec.ErrorKind.HESSIAN);
                case "bhhh" -> kinds.add(ChoiceSpec.ErrorKind.BHHH);
                case "sandwich", "robust" -> kinds.add(ChoiceSpec.ErrorKind.SANDWICH);
                case "cluster" -> {
                    kinds.add(ChoiceSpec.ErrorKind.CLUSTER);
                    cluster = cluster(entry.getValue());
                }
                default -> yaml.report("errors", entry.getKey(), Rule.NOT_A_CHOICE, "hessian, bhhh, sandwich, cluster: COLUMN");
            }
        }
        return cluster;
    }

    private @Nullable Written cluster(String text) {
        if (text.isBlank()) yaml.report("errors", "cluster", Rule.NOT_A_CHOICE, "cluster: COLUMN");
        else switch (Expression.parse(text)) {
            case Expression.Outcome.Good<Expression>(Expression good) -> {
                return new Written(good, yaml, "errors");
            }
            case Expression.Outcome.Bad<Expression> bad -> yaml.report("errors", text, Rule.BAD_EXPRESSION, bad.message());
        }
        return null;
    }
}
