package xiaxiang.app.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.DemandPoint;
import xiaxiang.core.atlas.Division;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.rollout.Option;
import xiaxiang.core.rollout.PlannedSite;
import xiaxiang.core.rollout.RolloutPlan;
import xiaxiang.engine.capture.CaptureProblem;

/// The report's townships: people, demand, shops and shares gathered from their points, and the township of any division.
final class ReportTowns {
    private final Map<String, Division> divisions = new HashMap<>();
    private final Map<String, Sum> sums = new LinkedHashMap<>();

    private static final class Sum {
        long persons;
        Kind personsKind = Kind.OBSERVED;
        int villages;
        int shops;
        int chosen;
        double demand;
        double bought;
        double boughtAfter;
        double before;
        double after;
        double lon;
        double lat;
    }

    ReportTowns(Atlas atlas, RolloutPlan plan) {
        for (Division d : atlas.divisions()) divisions.put(d.code(), d);
        List<DemandPoint> points = plan.demand().points();
        boolean[] today = plan.problem().openToday();
        boolean[] open = plan.open();
        for (int i = 0; i < points.size(); i++) addPoint(points.get(i), i, plan, today, open);
        for (Shop s : atlas.shops()) count(s.division(), true);
        for (PlannedSite s : plan.sites()) if (s.action() != Option.Action.CLOSE) count(s.option().division(), false);
    }

    private void addPoint(DemandPoint p, int i, RolloutPlan plan, boolean[] today, boolean[] open) {
        Sum sum = sums.computeIfAbsent(p.township(), _ -> new Sum());
        sum.persons += p.persons();
        if (p.personsKind() != Kind.OBSERVED) sum.personsKind = Kind.MODELLED;
        sum.villages++;
        sum.lon += p.point().lon();
        sum.lat += p.point().lat();
        CaptureProblem problem = plan.problem();
        double before = problem.stays(i);
        double after = problem.stays(i);
        for (int at = problem.rowStart(i); at < problem.rowStart(i + 1); at++) {
            if (today[problem.siteAt(at)]) before += problem.ratioAt(at);
            if (open[problem.siteAt(at)]) after += problem.ratioAt(at);
        }
        double q = problem.weight(i);
        double others = plan.demand().others(i);
        double was = problem.kernel().value(before);
        double is = problem.kernel().value(after);
        sum.before += q * was;
        sum.after += q * is;
        sum.bought += q * (1 - (1 - was) / others);
        sum.boughtAfter += q * (1 - (1 - is) / others);
        sum.demand += q * (1 - (1 - was) / others);
    }

    private void count(String division, boolean shop) {
        Sum sum = sums.get(of(division));
        if (sum == null) return;
        if (shop) sum.shops++;
        else sum.chosen++;
    }

    /// The township a division lies in: the nearest one upwards that has demand points; the division itself if there is none.
    String of(String division) {
        String at = division;
        for (Division d = divisions.get(at); d != null; d = divisions.get(at)) {
            if (sums.containsKey(at)) return at;
            @Nullable String parent = d.parent();
            if (parent == null) break;
            at = parent;
        }
        return division;
    }

    List<ReportModel.Town> list() {
        List<ReportModel.Town> out = new ArrayList<>();
        sums.forEach((code, s) -> {
            Division d = divisions.get(code);
            if (d == null) return;
            boolean seat = d.point() != null;
            double lon = d.point() == null ? s.lon / s.villages : d.point().lon();
            double lat = d.point() == null ? s.lat / s.villages : d.point().lat();
            out.add(new ReportModel.Town(code, ReportText.name(d.name(), d.nameEn()), ReportText.lower(d.tier()), ReportText.round(lon, 5), ReportText.round(lat, 5),
                    ReportText.lower(seat ? d.pointKind() : Kind.MODELLED), s.persons, ReportText.lower(s.personsKind), s.villages, ReportText.round(s.demand, 1), s.shops, s.chosen,
                    ReportText.round(s.before / Math.max(1e-9, s.bought), 5), ReportText.round(s.after / Math.max(1e-9, s.boughtAfter), 5)));
        });
        return out;
    }
}
