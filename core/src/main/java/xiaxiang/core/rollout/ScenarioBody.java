package xiaxiang.core.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.YamlFile;

/// What a scenario asks, as JSON with names such as `budgetFen`, and the same as scenario.yaml with names such as `budget_fen`: one set of rules judges both.
public final class ScenarioBody {
    private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z])([A-Z])");
    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");
    private static final String COEFFICIENTS = "coefficients";
    /// What has columns of its own.
    private static final List<String> ASIDE = List.of("name", "nameEn", "place");

    private ScenarioBody() {}

    /// The text of scenario.yaml for a place of these names; where it has no English one, the other stands for it. Keys that are null are left out.
    public static String yaml(JsonNode body, String place, String zh, String en) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("place", place);
        all.put("name", Map.of("zh", zh, "en", en.isBlank() ? zh : en));
        all.put("currency", "CNY");
        body.properties().forEach(e -> {
            if (!ASIDE.contains(e.getKey()) && !e.getValue().isNull()) all.put(snake(e.getKey()), value(e.getValue(), e.getKey().equals(COEFFICIENTS)));
        });
        return YamlFile.write(all);
    }

    private static @Nullable Object value(JsonNode node, boolean asWritten) {
        if (node.isObject()) {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            node.properties().forEach(e -> out.put(asWritten ? e.getKey() : snake(e.getKey()), value(e.getValue(), asWritten)));
            return out;
        }
        if (node.isArray()) {
            List<@Nullable Object> out = new ArrayList<>();
            node.forEach(item -> out.add(value(item, asWritten)));
            return out;
        }
        if (node.isNull()) return null;
        if (node.isIntegralNumber()) return node.bigIntegerValue();
        return node.isNumber() ? (Object) node.doubleValue() : node.asString();
    }

    /// A key of JSON that holds an underscore is no key of ours: it stays as it is, led by one more, so that no rule takes it for another.
    private static String snake(String key) {
        return key.contains("_") ? "_" + key : CAPITAL.matcher(key).replaceAll(m -> "_" + m.group(1).toLowerCase(Locale.ROOT));
    }

    private static String camel(String text) {
        return UNDERSCORE.matcher(text).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
    }

    /// The field of the JSON that a problem of the YAML means, such as `waves[0].budgetFen`.
    public static String field(Problem problem) {
        return problem.column().startsWith(COEFFICIENTS) ? problem.column() : camel(problem.column());
    }

    /// What a rule adds, in names of the JSON where it lists keys.
    public static String detail(Problem problem) {
        return problem.rule() == xiaxiang.core.door.Rule.UNKNOWN_KEY ? camel(problem.detail()) : problem.detail();
    }

    /// The body with the top-level fields of `changes` in their place; one that is null is taken away. Both are left as they were.
    public static ObjectNode with(JsonNode body, JsonNode changes) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        body.properties().forEach(e -> out.set(e.getKey(), e.getValue()));
        changes.properties().forEach(e -> {
            if (ASIDE.contains(e.getKey())) return;
            if (e.getValue().isNull()) out.remove(e.getKey());
            else out.set(e.getKey(), e.getValue());
        });
        return out;
    }
}
