package xiaxiang.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RelationsTest {
    private static final Limits EXACT = new Limits(0, 100, 100_000, Long.MAX_VALUE, 1);

    private static double optimum(CaptureProblem p) {
        return switch (Solver.solve(p, EXACT, Progress.silent())) {
            case Outcome.Optimal o -> o.lower();
            case Outcome.Feasible f -> throw new AssertionError("only feasible: " + f);
            case Outcome.Infeasible _ -> Double.NEGATIVE_INFINITY;
        };
    }

    @Test
    void moreOfAnyResourceNeverCapturesLess() {
        for (long seed = 50_000; seed < 50_150; seed++) {
            CaptureProblem p = Problems.small(seed);
            int k = (int) (seed % p.resources());
            double more = optimum(p.withLimit(k, p.limit(k) * 1.3 + 0.5));
            assertThat(more).as("seed %d", seed).isGreaterThanOrEqualTo(optimum(p) - Problems.tolerance(p));
        }
    }

    @Test
    void forbiddingOrRequiringNeverCapturesMore() {
        for (long seed = 51_000; seed < 51_150; seed++) {
            CaptureProblem p = Problems.small(seed);
            boolean[] some = new boolean[p.sites()];
            for (int j = (int) (seed % 3); j < some.length; j += 3) {
                some[j] = true;
            }
            double free = optimum(p) + Problems.tolerance(p);
            assertThat(optimum(p.withForbidden(some))).as("seed %d", seed).isLessThanOrEqualTo(free);
            assertThat(optimum(p.withRequired(some))).as("seed %d", seed).isLessThanOrEqualTo(free);
        }
    }

    @Test
    void scaledWeightsScaleTheCapture() {
        for (long seed = 52_000; seed < 52_100; seed++) {
            Parts parts = new Parts(seed, false);
            double plain = optimum(parts.problem());
            for (int i = 0; i < parts.rows.weight().length; i++) {
                parts.rows.weight()[i] *= 1024;
            }
            double scaled = optimum(parts.problem());
            assertThat(scaled).as("seed %d", seed).isCloseTo(1024 * plain, near(1e-7 * Math.abs(scaled) + 1e-6));
        }
    }

    @Test
    void namesOfPointsAndSitesDoNotMatter() {
        for (long seed = 53_000; seed < 53_100; seed++) {
            Parts parts = new Parts(seed, true);
            double plain = optimum(parts.problem());
            double named = optimum(parts.permuted(new SplittableRandom(seed)));
            assertThat(named).as("seed %d", seed).isCloseTo(plain, near(1e-7 * Math.abs(plain) + 1e-6));
        }
    }

    @Test
    void aStrongerRivalNeverHelps() {
        for (long seed = 54_000; seed < 54_100; seed++) {
            Parts parts = new Parts(seed, false);
            double plain = optimum(parts.problem());
            for (int e = 0; e < parts.rows.ratio().length; e++) {
                parts.rows.ratio()[e] /= 2;
            }
            double tolerance = plain > 0 ? 1e-7 * plain + 1e-6 : 1e-6;
            assertThat(optimum(parts.problem())).as("seed %d", seed).isLessThanOrEqualTo(plain + tolerance);
        }
    }

    @Test
    void threadsChangeNothing() {
        for (long seed = 0; seed < 2; seed++) {
            CaptureProblem p = Problems.nation(seed, 1600, 200, 25, 10, 0.1, 1);
            Limits limits = new Limits(1e-6, 60, 40, Long.MAX_VALUE, 1);
            Outcome one = Solver.solve(p, limits, Progress.silent());
            assertThat(Solver.solve(p, limits.withThreads(2), Progress.silent())).as("seed %d", seed).isEqualTo(one);
            assertThat(Solver.solve(p, limits.withThreads(8), Progress.silent())).as("seed %d", seed).isEqualTo(one);
            assertThat(Solver.heuristic(p, 3, 4)).as("seed %d", seed).isEqualTo(Solver.heuristic(p, 3, 1));
        }
    }

    @Test
    void threadsChangeNothingOnRareKinds() {
        for (long seed = 0; seed < 60; seed++) {
            CaptureProblem p = Problems.rare(seed);
            Outcome one = Solver.solve(p, EXACT, Progress.silent());
            assertThat(Solver.solve(p, EXACT.withThreads(8), Progress.silent())).as("seed %d", seed).isEqualTo(one);
            Solver.Pool pool = Solver.pool(p, EXACT, Progress.silent(), 7, 0.3);
            assertThat(Solver.pool(p, EXACT.withThreads(2), Progress.silent(), 7, 0.3)).as("seed %d", seed).isEqualTo(pool);
            double target = one instanceof Outcome.Planned planned ? 0.7 * planned.lower() : 0;
            LeastCost.Result least = LeastCost.solve(p, 0, target, EXACT, Progress.silent());
            assertThat(LeastCost.solve(p, 0, target, EXACT.withThreads(8), Progress.silent())).as("seed %d", seed).isEqualTo(least);
        }
    }

    /// A re-plan from the plan of the problem before an edit finds the best of the problem after it.
    @Test
    void anyKnownPlanLeadsToTheSameOptimum() {
        for (long seed = 54_000; seed < 54_300; seed++) {
            CaptureProblem p = seed % 2 == 0 ? Problems.small(seed) : Problems.rare(seed);
            SplittableRandom random = new SplittableRandom(seed);
            Plan known = Plan.of(Problems.subset(p.sites(), random.nextInt(1 << p.sites())));
            SolverTest.check("seed " + seed, p, Problems.bruteForce(p), Solver.solve(p, EXACT, Progress.silent(), known), true);
        }
    }

    @Test
    void threadsChangeNothingWherePointsAreSharedOut() {
        CaptureProblem p = Problems.nation(9, 8_000, 300, 40, 10, 0.1, 1); // two blocks of points
        Limits limits = new Limits(1e-6, 8, 0, Long.MAX_VALUE, 1);
        Outcome one = Solver.solve(p, limits, Progress.silent());
        assertThat(Solver.solve(p, limits.withThreads(8), Progress.silent())).isEqualTo(one);
    }

    private static Offset<Double> near(double tolerance) {
        return Offset.offset(tolerance);
    }

    /// A problem's parts, to be changed: nothing open today, nothing kept when t must be 0 for the relation to hold.
    private static final class Parts {
        private final Kernel kernel;
        private final CaptureProblem.Rows rows;
        private final CaptureProblem.Sites sites;

        Parts(long seed, boolean stays) {
            SplittableRandom random = new SplittableRandom(seed);
            kernel = Problems.kernel((int) (seed % 4), random);
            int count = random.nextInt(1, 9);
            rows = Problems.rows(random, kernel, random.nextInt(1, 12), count);
            sites = Problems.sites(random, count);
            if (!stays) {
                Arrays.fill(rows.stays(), 0);
                Arrays.fill(sites.openToday(), false);
            }
        }

        CaptureProblem problem() {
            return CaptureProblem.of(kernel, rows, sites);
        }

        CaptureProblem permuted(SplittableRandom random) {
            int[] toSite = shuffled(sites.count(), random);
            int[] fromPoint = shuffled(rows.weight().length, random);
            double[][] use = new double[sites.limit().length][sites.count()];
            int[] group = new int[sites.count()];
            boolean[][] flags = new boolean[3][sites.count()];
            for (int j = 0; j < sites.count(); j++) {
                for (int k = 0; k < use.length; k++) {
                    use[k][toSite[j]] = sites.use()[k][j];
                }
                group[toSite[j]] = sites.group()[j];
                flags[0][toSite[j]] = sites.required()[j];
                flags[1][toSite[j]] = sites.forbidden()[j];
                flags[2][toSite[j]] = sites.openToday()[j];
            }
            int points = fromPoint.length;
            double[] weight = new double[points];
            double[] stays = new double[points];
            int[] start = new int[points + 1];
            int[] site = new int[rows.site().length];
            float[] ratio = new float[site.length];
            int at = 0;
            for (int i = 0; i < points; i++) {
                weight[i] = rows.weight()[fromPoint[i]];
                stays[i] = rows.stays()[fromPoint[i]];
                for (int e = rows.start()[fromPoint[i] + 1] - 1; e >= rows.start()[fromPoint[i]]; e--) {
                    site[at] = toSite[rows.site()[e]];
                    ratio[at++] = rows.ratio()[e];
                }
                start[i + 1] = at;
            }
            return CaptureProblem.of(kernel, new CaptureProblem.Rows(weight, stays, start, site, ratio),
                    new CaptureProblem.Sites(sites.count(), use, sites.limit(), group, sites.groupNoneUse(), flags[0],
                            flags[1], flags[2]));
        }

        private static int[] shuffled(int size, SplittableRandom random) {
            int[] order = new int[size];
            Arrays.setAll(order, i -> i);
            for (int i = size - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int kept = order[i];
                order[i] = order[other];
                order[other] = kept;
            }
            return order;
        }
    }
}
