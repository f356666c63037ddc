package xiaxiang.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xiaxiang.core.atlas.DemandPoints;
import xiaxiang.core.atlas.People;
import xiaxiang.core.demand.Coefficients;
import xiaxiang.core.demand.Demand;
import xiaxiang.core.demand.DemandSettings;
import xiaxiang.core.demand.SmallCounty;
import xiaxiang.engine.capture.CaptureProblem;

/// What must hold between a plan and the plan of a changed county.
class PlanRelationsTest {
    private static final long ENOUGH = 100_000_000;

    @Test
    void moreBudgetNeverCapturesLess() {
        int compared = 0;
        for (long seed = 0; seed < 40; seed++) {
            SmallCounty county = SmallCounty.of(seed);
            double before = Double.NEGATIVE_INFINITY;
            for (long budget : new long[] {0, 1_000_000, 2_500_000, 4_000_000, 7_000_000, 11_000_000, 20_000_000}) {
                RolloutPlan plan = Cases.plan(county, Cases.scenario(budget, ENOUGH), "seed " + seed);
                if (!plan.proven()) continue;
                assertThat(plan.lower()).as("seed %d budget %d", seed, budget).isGreaterThanOrEqualTo(before - 1e-6 * (1 + Math.abs(plan.lower())));
                before = plan.lower();
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(200);
    }

    @Test
    void twiceThePeopleAreTwiceTheCaptureByTheSameSites() {
        for (long seed = 0; seed < 40; seed++) {
            SmallCounty county = SmallCounty.of(seed);
            SmallCounty twice = county.withPeople(p -> new People(p.code(), p.year(), 2 * p.persons(), p.incomeIndex(), p.provenance()));
            RolloutPlan one = Cases.plan(county, Cases.scenario(6_000_000, 5_000_000), "seed " + seed);
            RolloutPlan two = Cases.plan(twice, Cases.scenario(6_000_000, 5_000_000), "seed " + seed);
            assertThat(two.lower()).as("seed %d", seed).isCloseTo(2 * one.lower(), within(1e-5 * (1 + Math.abs(two.lower()))));
            assertThat(Cases.done(two)).as("seed %d", seed).isEqualTo(Cases.done(one));
        }
    }

    @Test
    void theOrderOfRowsChangesNothing() {
        for (long seed = 0; seed < 40; seed++) {
            SmallCounty county = SmallCounty.of(seed);
            RolloutPlan one = Cases.plan(county, Cases.scenario(6_000_000, 5_000_000), "seed " + seed);
            RolloutPlan two = Cases.plan(county.shuffled(seed), Cases.scenario(6_000_000, 5_000_000), "seed " + seed);
            assertThat(two.lower()).as("seed %d", seed).isCloseTo(one.lower(), within(1e-6 * (1 + Math.abs(one.lower()))));
            assertThat(Cases.done(two)).as("seed %d", seed).isEqualTo(Cases.done(one));
        }
    }

    /// With everybody's constants as they are, more of what is not ours divides every ratio of ours: whatever is open, we sell less; and where nothing
    /// of ours stands yet, the best plan captures less.
    @Test
    void anotherRivalNeverHelps() {
        for (long seed = 0; seed < 40; seed++) {
            CaptureProblem problem = Cases.problem(SmallCounty.of(seed), Cases.scenario(6_000_000, 5_000_000));
            for (double more : new double[] {1.001, 1.3, 4}) {
                CaptureProblem weaker = weaker(problem, more, 1);
                for (int bits = 0; bits < 1 << problem.sites(); bits += 5) {
                    boolean[] open = Cases.subset(problem.sites(), bits);
                    assertThat(units(weaker, open)).as("seed %d plan %d x %s", seed, bits, more).isLessThanOrEqualTo(units(problem, open));
                }
                assertThat(Cases.best(weaker(problem, more, 0))).as("seed %d x %s", seed, more).isLessThanOrEqualTo(Cases.best(weaker(problem, 1, 0)) + 1e-9);
            }
        }
    }

    /// All units of ours, those of what stays among them.
    private static double units(CaptureProblem p, boolean[] open) {
        return p.capture(open) + IntStream.range(0, p.points()).mapToDouble(i -> p.weight(i) * p.kernel().value(p.stays(i))).sum();
    }

    /// Every ratio divided by `by`; what stays also multiplied by `stays`, and then nothing is open today.
    private static CaptureProblem weaker(CaptureProblem p, double by, int stays) {
        int[] start = IntStream.rangeClosed(0, p.points()).map(p::rowStart).toArray();
        float[] ratio = new float[p.nonZeros()];
        for (int at = 0; at < ratio.length; at++) ratio[at] = (float) (p.ratioAt(at) / by);
        var rows = new CaptureProblem.Rows(IntStream.range(0, p.points()).mapToDouble(p::weight).toArray(), IntStream.range(0, p.points()).mapToDouble(i -> stays * p.stays(i) / by).toArray(),
                start, IntStream.range(0, p.nonZeros()).map(p::siteAt).toArray(), ratio);
        double[][] use = new double[p.resources()][];
        double[][] none = new double[p.resources()][];
        double[] limit = new double[p.resources()];
        for (int k = 0; k < use.length; k++) {
            int resource = k;
            use[k] = IntStream.range(0, p.sites()).mapToDouble(j -> p.use(resource, j)).toArray();
            none[k] = IntStream.range(0, p.groups()).mapToDouble(g -> p.noneUse(resource, g)).toArray();
            limit[k] = p.limit(k);
        }
        return CaptureProblem.of(p.kernel(), rows, new CaptureProblem.Sites(p.sites(), use, limit, IntStream.range(0, p.sites()).map(p::group).toArray(), none,
                new boolean[p.sites()], new boolean[p.sites()], stays == 0 ? new boolean[p.sites()] : p.openToday()));
    }

    /// What is open today sells in the problem what demand says it sells, also where a point considers a few shops only.
    @Test
    void todaysPlanIsTodaysDemand() {
        int compared = 0;
        for (long seed = 0; seed < 100; seed++) {
            SmallCounty county = SmallCounty.of(seed);
            for (int considered : new int[] {3, 4, 6, 60}) {
                var settings = new DemandSettings("Ours", "CN", "Table", "2017Q1", "shipment", 40_000, considered);
                Demand demand = calibrated(county, settings);
                if (demand == null) continue;
                compared++;
                Scenario scenario = Cases.scenario(0, ENOUGH);
                CaptureProblem problem = PlanProblem.of(demand, new Options(county.atlas(), demand, scenario), scenario);
                double byDemand = 0;
                for (int i = 0; i < problem.points(); i++) {
                    double nest = demand.nestWorth(i, demand.ours());
                    byDemand += problem.weight(i) * nest / (nest + demand.others(i));
                }
                assertThat(units(problem, problem.openToday())).as("seed %d, %d shops considered", seed, considered).isCloseTo(byDemand, within(1e-6 * byDemand));
            }
        }
        assertThat(compared).isGreaterThan(200);
    }

    /// Null where so few shops cannot sell the public shares.
    private static @Nullable Demand calibrated(SmallCounty county, DemandSettings settings) {
        try {
            return Demand.calibrate(county.atlas(), DemandPoints.of(county.atlas()), settings, Coefficients.documented());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Test
    void theThreadsDoNotDecide() {
        SmallCounty county = SmallCounty.of(11);
        Scenario scenario = Cases.scenario(6_000_000, 5_000_000);
        List<RolloutPlan> plans = IntStream.rangeClosed(1, 3).mapToObj(threads -> {
            var limits = xiaxiang.engine.capture.Limits.standard().withThreads(threads);
            return switch (Rollout.plan(county.atlas(), county.demand(), scenario, limits, xiaxiang.engine.capture.Progress.silent())) {
                case RolloutOutcome.Planned(RolloutPlan plan) -> plan;
                case RolloutOutcome.Infeasible(String why, var _) -> throw new AssertionError(why);
            };
        }).toList();
        for (RolloutPlan plan : plans) {
            assertThat(plan.certificate()).isEqualTo(plans.getFirst().certificate());
            assertThat(plan.scheduleUnits()).isEqualTo(plans.getFirst().scheduleUnits());
            assertThat(plan.frontier()).isEqualTo(plans.getFirst().frontier());
        }
    }
}
