package xiaxiang.app.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.DemandPoint;
import xiaxiang.core.atlas.DemandPoints;
import xiaxiang.core.atlas.Division;
import xiaxiang.core.share.OutcomeSynthesis;
import xiaxiang.core.share.Outcomes;
import xiaxiang.core.share.Period;
import xiaxiang.core.share.SealedDesign;

/// The townships of a workspace as a design sees them: where, how many people, how urban, how rich, and whether a plan opens anything there.
public final class ShareTownships {
    /// One township. `waves` is the plan's first wave there, 0 if it opens nothing.
    private record Township(String code, double lon, double lat, long persons, double income, int tier, int wave) {}

    private final List<Township> all = new ArrayList<>();

    private ShareTownships(Atlas atlas, Map<String, Integer> waves) {
        Map<String, Division> divisions = atlas.divisions().stream().collect(Collectors.toMap(Division::code, d -> d, (a, _) -> a));
        Map<String, List<DemandPoint>> points = DemandPoints.of(atlas).stream().collect(Collectors.groupingBy(DemandPoint::township, TreeMap::new, Collectors.toList()));
        points.forEach((code, of) -> all.add(township(code, divisions.get(code), of, waves.getOrDefault(code, 0))));
    }

    /// The townships of an atlas, sorted by code, without a plan.
    public static ShareTownships of(Atlas atlas) {
        return new ShareTownships(atlas, Map.of());
    }

    /// The townships of an atlas beside a plan's plan.json.
    public static ShareTownships of(Atlas atlas, JsonNode plan) {
        Map<String, Integer> waves = new TreeMap<>();
        for (JsonNode site : plan.path("sites")) {
            String action = site.path("action").asString("");
            if (!action.equals("keep") && !action.equals("close")) waves.merge(site.path("town").asString(""), site.path("wave").asInt(1), Math::min);
        }
        return new ShareTownships(atlas, waves);
    }

    private static Township township(String code, @Nullable Division division, List<DemandPoint> points, int wave) {
        long persons = points.stream().mapToLong(DemandPoint::persons).sum();
        double income = points.stream().mapToDouble(p -> p.incomeIndex() * p.persons()).sum() / Math.max(1, persons);
        int tier = (division == null ? points.getFirst().tier() : division.tier()).index();
        if (division != null && division.point() != null) return new Township(code, division.point().lon(), division.point().lat(), persons, income, tier, wave);
        double lon = points.stream().mapToDouble(p -> p.point().lon()).average().orElse(0);
        double lat = points.stream().mapToDouble(p -> p.point().lat()).average().orElse(0);
        return new Township(code, lon, lat, persons, income, tier, wave);
    }

    /// The number of townships the plan opens something in.
    public int planned() {
        return (int) all.stream().filter(t -> t.wave() > 0).count();
    }

    /// The number of waves of the plan.
    public int waves() {
        return all.stream().mapToInt(Township::wave).max().orElse(0);
    }

    /// The people of every township.
    public List<OutcomeSynthesis.Township> people() {
        return all.stream().map(t -> new OutcomeSynthesis.Township(t.code(), t.persons())).toList();
    }

    /// What the lot's townships are matched by.
    public static List<String> features(@Nullable Outcomes outcomes) {
        return outcomes == null ? List.of("log_persons", "tier", "income_index") : List.of("level", "trend", "tier", "income_index");
    }

    /// The townships to be assigned, in the order of their codes. With outcomes they are matched by level and trend before the launch, else by people.
    /// Throws IllegalArgumentException if the outcomes lack one, or have less than two periods before the launch.
    public List<SealedDesign.Unit> units(@Nullable Outcomes outcomes, Period launch) {
        List<Township> planned = all.stream().filter(t -> t.wave() > 0).toList();
        if (outcomes == null) return planned.stream().map(t -> unit(t, Math.log((double) Math.max(1, t.persons())), (double) t.tier(), t.income())).toList();
        List<String> codes = planned.stream().map(Township::code).toList();
        List<String> missing = codes.stream().filter(c -> !outcomes.divisions().contains(c)).toList();
        if (!missing.isEmpty()) throw new IllegalArgumentException("outcomes.csv lacks townships of the plan: " + String.join(" ", missing) + ". Add them, or give --outcomes none.");
        int before = Math.min(outcomes.periods(), launch.index() - outcomes.first().index());
        if (launch.perYear() != outcomes.first().perYear() || before < 2) throw new IllegalArgumentException("outcomes.csv begins in " + outcomes.first() + "; two such periods before the launch (" + launch + ") are needed. Give --launch.");
        double[] y = outcomes.units(outcomes.main(), codes, 0, before);
        return IntStream.range(0, planned.size()).mapToObj(i -> unit(planned.get(i), level(y, i, before), trend(y, i, before), (double) planned.get(i).tier(), planned.get(i).income())).toList();
    }

    private static SealedDesign.Unit unit(Township t, Double... features) {
        return new SealedDesign.Unit(t.code(), t.lon(), t.lat(), List.of(features));
    }

    private static double level(double[] y, int i, int n) {
        double sum = 0;
        for (int t = 0; t < n; t++) sum += y[i * n + t];
        return sum / n;
    }

    /// The least-squares slope, in units a period.
    private static double trend(double[] y, int i, int n) {
        double middle = (n - 1) / 2.0;
        double top = 0;
        double bottom = 0;
        for (int t = 0; t < n; t++) {
            top += (t - middle) * y[i * n + t];
            bottom += (t - middle) * (t - middle);
        }
        return top / bottom;
    }

    /// The townships the plan does nothing in.
    public List<SealedDesign.Place> others() {
        return all.stream().filter(t -> t.wave() == 0).map(t -> new SealedDesign.Place(t.code(), t.lon(), t.lat())).toList();
    }
}
