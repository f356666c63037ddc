package xiaxiang.core.demand;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.door.Table;
import xiaxiang.core.door.YamlFile;
import xiaxiang.engine.choice.Draws;
import xiaxiang.engine.choice.Expression;
import xiaxiang.engine.choice.Nests;
import xiaxiang.engine.choice.RandomCoefficient;

/// A choice model and its data as a YAML file states them; docs/choice.md describes every key. Its names have not been held against the data yet:
/// [PosedChoice#of] does that. `unread` are the expressions that cannot be read: what they use cannot be told to be unused.
public record ChoiceSpec(YamlFile yaml, Path data, Columns columns, List<Alternative> alternatives, Map<String, Setting> parameters, Nests.Convention convention, List<NestPart> nests,
                         Map<String, RandomPart> random, Draws draws, Set<ErrorKind> errors, @Nullable Written cluster, List<String> unread) {
    /// Copies its lists.
    public ChoiceSpec {
        alternatives = List.copyOf(alternatives);
        nests = List.copyOf(nests);
        unread = List.copyOf(unread);
    }

    /// Whether an expression that cannot be read seems to use a name.
    boolean mayUse(String name) {
        return unread.stream().anyMatch(text -> text.contains(name));
    }

    /// The standard errors that can be asked for.
    public enum ErrorKind { HESSIAN, BHHH, SANDWICH, CLUSTER }

    /// An expression and the key it stands behind.
    public record Written(Expression expression, YamlFile yaml, String key) {
        /// Reports something wrong with it.
        void report(String value, Rule rule, String detail) {
            yaml.report(key, value, rule, detail);
        }

        /// The expression behind a key; null if there is none, or none that can be read, which is reported.
        public static @Nullable Written read(YamlFile yaml, String key) {
            return ChoiceSpecFile.expression(yaml, key, new ArrayList<>());
        }

        /// The names in it, once each.
        public Set<String> names() {
            return expression.names().stream().map(Expression.Name::name).collect(Collectors.toCollection(LinkedHashSet::new));
        }

        /// The rows for which it holds, not those where it has no value; `missing[0]` counts these. Null with problems reported if it is no condition on the columns read.
        public int @Nullable [] rows(Table table, Problems problems, int[] missing) {
            int[] rows = new ChoiceTable(table, problems).where(this, missing);
            if (rows != null && rows.length == 0) report(expression.text(), Rule.NOTHING_LEFT, expression.text());
            return rows;
        }
    }

    /// Where in the data things stand. `caseId` and `alternative` are there in long format, and only there.
    public record Columns(@Nullable Written filter, Written choice, @Nullable Written weight, @Nullable Written individual, @Nullable Written caseId, @Nullable Written alternative,
                          @Nullable Written available, @Nullable Written utility) {
        /// Whether each row is an alternative of a case.
        boolean isLong() {
            return caseId != null;
        }
    }

    /// An alternative as listed; `name` is its id where none is given.
    public record Alternative(String id, String name, @Nullable Written available, @Nullable Written utility, YamlFile yaml) {}

    /// What is said of a parameter.
    public record Setting(double start, boolean fixed, double lower, double upper) {
        /// A parameter of which nothing is said.
        static final Setting FREE = new Setting(0, false, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

        /// A parameter that is to begin above 0, of which nothing is said: a nest's, or a deviation.
        static Setting from(double start, double lower) {
            return new Setting(start, false, lower, Double.POSITIVE_INFINITY);
        }
    }

    /// A nest: its parameter by name, or a number; alternatives by id or name.
    public record NestPart(String name, String parameter, List<String> alternatives, List<NestPart> nests, YamlFile yaml) {
        /// Copies its lists.
        public NestPart {
            alternatives = List.copyOf(alternatives);
            nests = List.copyOf(nests);
        }
    }

    /// A random coefficient: mean and deviation are names of parameters, or numbers.
    public record RandomPart(RandomCoefficient.Distribution distribution, String mean, String deviation, YamlFile yaml) {}

    /// Reads a file, each problem added; null where it says so little that nothing can be held against the data. Where there are problems it serves to find more.
    public static @Nullable ChoiceSpec read(Path file, Problems problems) {
        return ChoiceSpecFile.read(file, problems);
    }
}
