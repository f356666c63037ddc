package xiaxiang.core.rollout;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.DemandPoint;
import xiaxiang.core.atlas.ShopSynthesis;
import xiaxiang.core.demand.Coefficients;
import xiaxiang.core.demand.Demand;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Progress;

/// How far to trust a plan: the assumed coefficients, and where synthetic shops stand and what they earn, are drawn anew many times. What each shop
/// is stays: every planned site is there in every draw.
///
/// In each draw the plan as it stands is valued (its net units and share), and the planner is asked again by its quick heuristic, to see which sites stay.
/// Draws are independent, and each has its own random stream from the seed and its number: the result does not depend on threads.
public record Trust(List<Double> netUnits, List<Double> shares, Map<String, Integer> stays) {
    private static final double LEVEL = .9;
    private static final int SAMPLED = 10_000;

    public Trust {
        netUnits = List.copyOf(netUnits);
        shares = List.copyOf(shares);
        stays = Map.copyOf(stays);
    }

    /// An interval that holds `level` of the draws.
    public record Interval(double low, double high, double level) {}

    /// One draw: the plan's net units and share, and the ids of the sites chosen when asked again.
    private record Draw(double netUnits, double share, List<String> chosen) {}

    /// Draws `scenario.draws()` times. `facts` is the atlas before synthesis. Cost: as many calibrations and heuristic solves.
    public static Trust draw(Atlas facts, Atlas atlas, RolloutPlan plan, Progress progress) {
        int count = plan.scenario().draws();
        AtomicInteger done = new AtomicInteger();
        List<Draw> draws = IntStream.range(0, count).parallel().filter(_ -> !progress.cancelled()).mapToObj(d -> {
            Draw one = one(facts, atlas, plan, d);
            progress.at("draws", done.incrementAndGet(), count, plan.lower(), plan.upper());
            return one;
        }).toList();
        Map<String, Integer> stays = new HashMap<>();
        for (Draw d : draws) for (String id : d.chosen()) stays.merge(id, 1, Integer::sum);
        return new Trust(draws.stream().map(Draw::netUnits).toList(), draws.stream().map(Draw::share).toList(), stays);
    }

    private static Draw one(Atlas facts, Atlas atlas, RolloutPlan plan, int number) {
        Scenario scenario = plan.scenario();
        Long seed = scenario.synthesizeSeed();
        Coefficients drawn = plan.demand().coefficients().drawn(new SplittableRandom((seed == null ? 0 : seed) * 1_000_003L + number));
        Atlas shops = seed == null ? atlas : ShopSynthesis.addMoved(facts, scenario.demand().brand(), seed, seed + 1 + number);
        Demand demand = plan.demand().recalibrate(shops, sample(plan.demand().points(), number), drawn);
        Options options = new Options(shops, demand, scenario);
        CaptureProblem problem = PlanProblem.of(demand, options, scenario.withLocksAmong(options::knows));
        boolean[] open = new boolean[options.size()];
        for (PlannedSite s : plan.sites()) {
            Integer j = options.indexOf(s.option().id());
            if (j != null && s.action() != Option.Action.CLOSE) open[j] = true;
        }
        boolean[] again = QuickPlan.open(problem, 1);
        List<String> chosen = again == null ? List.of() : IntStream.range(0, again.length).filter(j -> again[j]).mapToObj(j -> options.get(j).id()).toList();
        return new Draw(problem.netCapture(open), PlanProblem.share(demand, problem, open), chosen);
    }

    /// In a large region each draw looks at every so many-th point, in the order of codes and from another start each time, its people counted so many times:
    /// a systematic sample of about 10,000 points, whose error is small beside that of the coefficients.
    private static List<DemandPoint> sample(List<DemandPoint> points, int number) {
        int step = points.size() / SAMPLED;
        if (step < 2) return points;
        return IntStream.range(0, points.size()).filter(i -> i % step == number % step).mapToObj(points::get)
                .map(p -> new DemandPoint(p.code(), p.name(), p.township(), p.tier(), p.urbanRural(), p.point(), p.pointKind(), step * p.persons(), p.personsKind(), p.incomeIndex())).toList();
    }

    /// How many draws were made: fewer than asked for only when stopped.
    public int count() {
        return netUnits.size();
    }

    /// The interval of the plan's net units over the draws; of one value, that value.
    public Interval netInterval() {
        return interval(netUnits);
    }

    /// The interval of the share after the plan over the draws.
    public Interval shareInterval() {
        return interval(shares);
    }

    private static Interval interval(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Interval(quantile(sorted, (1 - LEVEL) / 2), quantile(sorted, (1 + LEVEL) / 2), LEVEL);
    }

    /// The quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7).
    private static double quantile(double[] sorted, double p) {
        if (sorted.length == 0) return Double.NaN;
        double at = p * (sorted.length - 1);
        int below = (int) at;
        return below + 1 >= sorted.length ? sorted[below] : sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
    }
}
