package xiaxiang.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Least cost, pools, profit and scenarios against brute force.
class AimsTest {
    private static final Limits EXACT = new Limits(0, 100, 100_000, Long.MAX_VALUE, 1);

    @Test
    void theLeastCostIsTheLeastOfAllPlansThatReachTheTarget() {
        int reached = 0;
        for (long seed = 60_000; seed < 60_600; seed++) {
            CaptureProblem p = seed % 2 == 0 ? Problems.small(seed) : Problems.rare(seed);
            SplittableRandom random = new SplittableRandom(seed);
            double target = Problems.bruteForce(p) * (0.2 + 0.9 * random.nextDouble());
            int k = random.nextInt(p.resources());
            if (!(Math.abs(target) < 1e300)) {
                continue;
            }
            double least = leastByBruteForce(p, k, target);
            switch (LeastCost.solve(p, k, target, new Limits(1e-7, 100, 100_000, Long.MAX_VALUE, 1), Progress.silent())) {
                case LeastCost.Result.Reached r -> {
                    reached++;
                    assertThat(p.netCapture(r.plan().asBooleans(p.sites()))).as("seed %d", seed).isEqualTo(r.capture()).isGreaterThanOrEqualTo(target);
                    assertThat(p.used(k, r.plan().asBooleans(p.sites()))).as("seed %d", seed).isEqualTo(r.cost());
                    assertThat(r.cost()).as("seed %d", seed).isCloseTo(least, within(2e-7 * least + 1e-12));
                    assertThat(r.least()).as("seed %d", seed).isLessThanOrEqualTo(least * (1 + 1e-9));
                    Certificate refutation = r.refutation();
                    if (refutation != null) {
                        refuted("seed " + seed, p.withLimit(k, r.refutedLimit()), refutation, target);
                    }
                }
                case LeastCost.Result.Unreachable u -> {
                    assertThat(least).as("seed %d %s", seed, u).isEqualTo(Double.POSITIVE_INFINITY);
                    Certificate refutation = u.refutation();
                    if (refutation != null) {
                        refuted("seed " + seed, p, refutation, target);
                    }
                }
                case LeastCost.Result.Unknown u -> throw new AssertionError("seed " + seed + ": " + u);
            }
        }
        assertThat(reached).isGreaterThan(200);
    }

    private static void refuted(String name, CaptureProblem p, Certificate refutation, double target) {
        assertThat(Verifier.verify(p, refutation)).as(name).isInstanceOfSatisfying(Verdict.Proven.class,
                proven -> assertThat(proven.upper()).as(name).isLessThan(target + Problems.tolerance(p)));
    }

    private static double leastByBruteForce(CaptureProblem p, int k, double target) {
        double least = Double.POSITIVE_INFINITY;
        for (int bits = 0; bits < 1 << p.sites(); bits++) {
            boolean[] open = Problems.subset(p.sites(), bits);
            if (p.isFeasible(open) && p.netCapture(open) >= target) {
                least = Math.min(least, p.used(k, open));
            }
        }
        return least;
    }

    @Test
    void aPoolHoldsTheBestPlansAndMissesNone() {
        for (long seed = 61_000; seed < 61_500; seed++) {
            CaptureProblem p = seed % 2 == 0 ? Problems.small(seed) : Problems.rare(seed);
            SplittableRandom random = new SplittableRandom(seed);
            int count = random.nextInt(2, 30);
            double near = random.nextInt(3) == 0 ? 0 : 0.5 * random.nextDouble();
            double[] all = allCaptures(p);
            Solver.Pool pool = Solver.pool(p, EXACT, Progress.silent(), count, near);
            assertThat(pool.complete()).as("seed %d", seed).isTrue();
            assertThat(pool.plans()).as("seed %d", seed).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(count);
            double tolerance = Problems.tolerance(p);
            double least = all.length == 0 ? 0 : all[0] - near * Math.abs(all[0]);
            long sure = Arrays.stream(all).filter(c -> c > least + tolerance).count();
            assertThat(pool.plans().size()).as("seed %d: %s", seed, pool).isGreaterThanOrEqualTo((int) Math.min(count, sure));
            for (int n = 0; n < pool.plans().size(); n++) {
                boolean[] open = pool.plans().get(n).asBooleans(p.sites());
                assertThat(p.isFeasible(open)).as("seed %d", seed).isTrue();
                assertThat(p.netCapture(open)).as("seed %d plan %d", seed, n).isCloseTo(all[n], within(tolerance)).isGreaterThan(least - tolerance);
            }
        }
    }

    /// Net captures of all allowed plans, the best first.
    private static double[] allCaptures(CaptureProblem p) {
        List<Double> all = new ArrayList<>();
        for (int bits = 0; bits < 1 << p.sites(); bits++) {
            boolean[] open = Problems.subset(p.sites(), bits);
            if (p.isFeasible(open)) {
                all.add(p.netCapture(open));
            }
        }
        all.sort(Comparator.reverseOrder());
        return all.stream().mapToDouble(c -> c).toArray();
    }

    @Test
    void theMostProfitIsThatOfAllPlans() {
        for (long seed = 62_000; seed < 62_400; seed++) {
            CaptureProblem units = Problems.small(4 * seed + new int[] {0, 1, 3}[(int) (seed % 3)]);
            SplittableRandom random = new SplittableRandom(seed);
            double[] margin = new double[units.sites()];
            double[] running = new double[units.sites()];
            boolean classes = random.nextBoolean();
            for (int j = 0; j < margin.length; j++) {
                margin[j] = classes ? random.nextInt(0, 3) : 3 * random.nextDouble();
                running[j] = random.nextInt(3) == 0 ? 0 : 20 * random.nextDouble();
            }
            double staysMargin = random.nextInt(3) == 0 ? 0 : 2 * random.nextDouble();
            CaptureProblem p = Profit.of(units, margin, staysMargin, running);
            double today = profit(units, margin, staysMargin, running, units.openToday());
            double best = Double.NEGATIVE_INFINITY;
            for (int bits = 0; bits < 1 << units.sites(); bits++) {
                boolean[] open = Problems.subset(units.sites(), bits);
                double net = profit(units, margin, staysMargin, running, open) - today;
                assertThat(p.netCapture(open)).as("seed %d plan %d", seed, bits).isCloseTo(net, within(1e-6 * (Math.abs(net) + Math.abs(today) + 1)));
                best = units.isFeasible(open) ? Math.max(best, p.netCapture(open)) : best;
            }
            SolverTest.check("seed " + seed, p, best, Solver.solve(p, EXACT, Progress.silent()), true);
        }
    }

    private static double profit(CaptureProblem p, double[] margin, double staysMargin, double[] running, boolean[] open) {
        double profit = 0;
        for (int j = 0; j < open.length; j++) {
            profit -= open[j] ? running[j] : 0;
        }
        for (int i = 0; i < p.points(); i++) {
            double earned = staysMargin * p.stays(i);
            double sum = p.stays(i);
            for (int e = p.rowStart(i); e < p.rowStart(i + 1); e++) {
                if (open[p.siteAt(e)]) {
                    earned += margin[p.siteAt(e)] * p.ratioAt(e);
                    sum += p.ratioAt(e);
                }
            }
            profit += sum > 0 ? p.weight(i) * earned * p.kernel().value(sum) / sum : 0;
        }
        return profit;
    }

    @Test
    void meanAndWorstOfScenariosAreThoseOfAllPlans() {
        for (long seed = 63_000; seed < 63_300; seed++) {
            List<CaptureProblem> scenarios = scenarios(seed);
            double[] probability = probabilities(scenarios.size(), seed);
            CaptureProblem first = scenarios.getFirst();
            CaptureProblem mean = Scenarios.mean(scenarios, probability);
            CaptureProblem worst = Scenarios.worst(scenarios);
            double bestMean = Double.NEGATIVE_INFINITY;
            double bestWorst = Double.NEGATIVE_INFINITY;
            for (int bits = 0; bits < 1 << first.sites(); bits++) {
                boolean[] open = Problems.subset(first.sites(), bits);
                double sum = 0;
                double least = Double.POSITIVE_INFINITY;
                for (int k = 0; k < probability.length; k++) {
                    double net = scenarios.get(k).netCapture(open);
                    sum += probability[k] * net;
                    least = Math.min(least, net);
                }
                assertThat(mean.netCapture(open)).as("seed %d", seed).isCloseTo(sum, within(Problems.tolerance(mean)));
                assertThat(worst.netCapture(open)).as("seed %d", seed).isCloseTo(least, within(Problems.tolerance(worst)));
                if (first.isFeasible(open)) {
                    bestMean = Math.max(bestMean, mean.netCapture(open));
                    bestWorst = Math.max(bestWorst, worst.netCapture(open));
                }
            }
            SolverTest.check("mean " + seed, mean, bestMean, Solver.solve(mean, EXACT, Progress.silent()), true);
            SolverTest.check("worst " + seed, worst, bestWorst, Solver.solve(worst, EXACT, Progress.silent()), true);
        }
    }

    /// The same choice in two to four worlds of other weights and ratios.
    private static List<CaptureProblem> scenarios(long seed) {
        CaptureProblem p = Problems.small(seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<CaptureProblem> scenarios = new ArrayList<>(List.of(p));
        for (int k = random.nextInt(1, 4); k > 0; k--) {
            scenarios.add(p.withRows(Problems.rows(random, p.kernel(), random.nextInt(0, 14), p.sites())));
        }
        return scenarios;
    }

    private static double[] probabilities(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] p = new double[count];
        double sum = 0;
        for (int k = 0; k < count; k++) {
            p[k] = random.nextDouble();
            sum += p[k];
        }
        for (int k = 0; k < count; k++) {
            p[k] /= sum;
        }
        return p;
    }

    @Test
    void theChancesOfTwoPlansAddUp() {
        for (long seed = 64_000; seed < 64_100; seed++) {
            List<CaptureProblem> scenarios = scenarios(seed);
            double[] probability = probabilities(scenarios.size(), seed);
            int sites = scenarios.getFirst().sites();
            SplittableRandom random = new SplittableRandom(seed);
            Plan a = Plan.of(Problems.subset(sites, random.nextInt(1 << sites)));
            Plan b = Plan.of(Problems.subset(sites, random.nextInt(1 << sites)));
            Scenarios.Chance one = Scenarios.compare(scenarios, probability, a, b);
            Scenarios.Chance other = Scenarios.compare(scenarios, probability, b, a);
            assertThat(one.better() + one.same() + one.worse()).as("seed %d", seed).isCloseTo(1, within(1e-9));
            assertThat(one.better()).as("seed %d", seed).isCloseTo(other.worse(), within(1e-9));
            assertThat(Scenarios.compare(scenarios, probability, a, a).same()).as("seed %d", seed).isCloseTo(1, within(1e-9));
        }
    }
}
