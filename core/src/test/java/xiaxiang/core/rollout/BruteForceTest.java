package xiaxiang.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import xiaxiang.core.atlas.DemandPoint;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.demand.Demand;
import xiaxiang.core.demand.SmallCounty;
import xiaxiang.core.demand.Term;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Verdict;
import xiaxiang.engine.capture.Verifier;
import xiaxiang.engine.geo.Distance;

/// Every subset of the options of small counties is tried: the plan is the best of them.
class BruteForceTest {
    private static final int SEEDS = 300;

    @Test
    void thePlanIsTheBestOfAllSubsets() {
        int proven = 0;
        int infeasible = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            SmallCounty county = SmallCounty.of(seed);
            Scenario scenario = drawn(seed, county);
            CaptureProblem problem = Cases.problem(county, scenario);
            double best = Cases.best(problem);
            switch (Cases.outcome(county, scenario)) {
                case RolloutOutcome.Infeasible(String why, var _) -> {
                    assertThat(best).as("seed %d is infeasible because %s", seed, why).isEqualTo(Double.NEGATIVE_INFINITY);
                    assertThat(why).as("seed %d", seed).isNotBlank();
                    infeasible++;
                }
                case RolloutOutcome.Planned(RolloutPlan plan) -> {
                    double small = 1e-6 * (1 + Math.abs(best));
                    assertThat(plan.problem().isFeasible(plan.open())).as("seed %d", seed).isTrue();
                    assertThat(plan.problem().netCapture(plan.open())).as("seed %d", seed).isCloseTo(plan.lower(), within(small));
                    assertThat(plan.upper()).as("no subset beats the upper bound, seed %d", seed).isGreaterThanOrEqualTo(best - small);
                    assertThat(plan.lower()).as("no subset is better, seed %d", seed).isLessThanOrEqualTo(best + small);
                    if (plan.proven()) assertThat(plan.lower()).as("proven, seed %d", seed).isCloseTo(best, within(small));
                    if (plan.proven()) proven++;
                    assertThat(Verifier.verify(plan.problem(), plan.certificate())).as("seed %d", seed).isInstanceOf(Verdict.Proven.class);
                }
            }
        }
        assertThat(infeasible).as("cases without a plan").isBetween(1, SEEDS / 3);
        assertThat(proven).as("cases proven").isGreaterThan((SEEDS - infeasible) * 9 / 10);
    }

    /// A budget and a running cap that bind more or less, some locks.
    private static Scenario drawn(long seed, SmallCounty county) {
        var random = new SplittableRandom(seed + 77);
        // A locked id must be an option: the upgrade of a shop that would only lose by it is none. An own shop's id stands for keeping it.
        List<String> ids = new Options(county.atlas(), county.demand(), Cases.scenario(0, 0)).list.stream().map(o -> o.id().replace("-KEEP", "")).toList();
        List<String> require = new ArrayList<>();
        List<String> forbid = new ArrayList<>();
        for (String id : ids) {
            int lock = random.nextInt(12);
            if (lock == 0) require.add(id);
            if (lock == 1) forbid.add(id);
        }
        return Cases.scenario(random.nextLong(14_000_000), random.nextLong(8_000_000), require, forbid);
    }

    /// Units of ours by nested logit written out for each point, with today's shops and each plan's: no ratio, no kernel.
    @Test
    void netCaptureIsTheDifferenceOfTwoNestedLogits() {
        for (long seed = 0; seed < 60; seed++) {
            SmallCounty county = SmallCounty.of(seed);
            Scenario scenario = Cases.scenario(10_000_000, 10_000_000);
            Demand demand = county.demand();
            Options options = new Options(county.atlas(), demand, scenario);
            CaptureProblem problem = PlanProblem.of(demand, options, scenario);
            double today = ours(demand, county, options, problem.openToday());
            for (int bits = 0; bits < 1 << problem.sites(); bits += 3) {
                boolean[] open = Cases.subset(problem.sites(), bits);
                double net = ours(demand, county, options, open) - today;
                assertThat(problem.netCapture(open)).as("seed %d plan %d", seed, bits).isCloseTo(net, within(2e-5 * (1 + today)));
            }
        }
    }

    private static double ours(Demand demand, SmallCounty county, Options options, boolean[] open) {
        double mu = demand.coefficients().of(Term.NEST);
        double sum = 0;
        for (int i = 0; i < demand.points().size(); i++) {
            DemandPoint p = demand.points().get(i);
            // What one unit of attraction is worth follows from today's nest: nest = k * attraction^mu.
            double inside = offline(demand, county, options, p, null) / (1 - demand.channels(i, demand.ours())[0]);
            double online = inside * demand.channels(i, demand.ours())[0];
            double k = demand.nestWorth(i, demand.ours()) / Math.pow(inside, mu);
            double nest = k * Math.pow(online + offline(demand, county, options, p, open), mu);
            sum += demand.weight(i) * nest / (nest + demand.others(i));
        }
        return sum;
    }

    /// Attraction of our shops at a point: today's, or those that stay and the open options.
    private static double offline(Demand demand, SmallCounty county, Options options, DemandPoint p, boolean @org.jspecify.annotations.Nullable [] open) {
        double sum = 0;
        for (Shop s : county.shops())
            if (s.brands().contains("Ours") && (open == null || !Options.closable(s))) sum += reached(demand.attraction(s), p, s.point().lon(), s.point().lat());
        for (int j = 0; open != null && j < open.length; j++)
            if (open[j]) sum += reached(options.get(j).attraction(), p, options.get(j).point().lon(), options.get(j).point().lat());
        return sum;
    }

    private static double reached(double attraction, DemandPoint p, double lon, double lat) {
        double meters = Distance.meters(p.point().lon(), p.point().lat(), lon, lat);
        return meters > SmallCounty.SETTINGS.radiusMeters() ? 0 : attraction * Math.exp(-.22 / .6 * meters / 1000);
    }
}
