package xiaxiang.core.rollout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What two plans do differently, from their plan.json alone. What is kept as it is counts for neither.
///
/// `onlyA` and `onlyB` are sites as in plan.json; `both` are the sites of both, even where they differ in what is done there; `answers` puts their figures side by side.
public record PlanComparison(List<JsonNode> onlyA, List<JsonNode> onlyB, List<Both> both, Map<String, Figure> answers) {
    private static final List<String> FIGURES = List.of("netUnits", "shareBefore", "shareAfter", "costFen", "budgetFen", "runningFenYear", "runningCapFen", "gap", "certifiedGap");

    public PlanComparison {
        onlyA = List.copyOf(onlyA);
        onlyB = List.copyOf(onlyB);
        both = List.copyOf(both);
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /// A site of both plans: what A does there and what B does, and its net units a year in each.
    public record Both(JsonNode site, JsonNode other, double netA, double netB) {}

    /// A figure of both, as plan.json has it: a number, or one with its interval.
    public record Figure(JsonNode a, JsonNode b) {}

    /// Compares two plan.json. Cost: the number of sites.
    public static PlanComparison of(JsonNode a, JsonNode b) {
        Map<String, JsonNode> ofA = acts(a);
        Map<String, JsonNode> ofB = acts(b);
        List<Both> both = new ArrayList<>();
        ofA.forEach((id, site) -> {
            JsonNode other = ofB.get(id);
            if (other != null) both.add(new Both(site, other, site.path("netUnits").asDouble(0), other.path("netUnits").asDouble(0)));
        });
        Map<String, Figure> answers = new LinkedHashMap<>();
        for (String figure : FIGURES) answers.put(figure, new Figure(a.path(figure), b.path(figure)));
        return new PlanComparison(without(ofA, ofB), without(ofB, ofA), both, answers);
    }

    private static List<JsonNode> without(Map<String, JsonNode> these, Map<String, JsonNode> others) {
        return these.entrySet().stream().filter(e -> !others.containsKey(e.getKey())).map(Map.Entry::getValue).toList();
    }

    private static Map<String, JsonNode> acts(JsonNode plan) {
        Map<String, JsonNode> out = new LinkedHashMap<>();
        for (JsonNode site : plan.path("sites")) if (!site.path("action").asString("").equals("keep")) out.put(site.path("id").asString(""), site);
        return out;
    }
}
