package xiaxiang.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ExtremesTest {
    private static final Limits EXACT = new Limits(0, 100, 100_000, Long.MAX_VALUE, 1);

    private static CaptureProblem.Sites plain(int sites, double limit) {
        double[][] use = new double[1][sites];
        Arrays.fill(use[0], 1);
        int[] group = new int[sites];
        Arrays.fill(group, -1);
        return new CaptureProblem.Sites(sites, use, new double[] {limit}, group, new double[1][0], new boolean[sites],
                new boolean[sites], new boolean[sites]);
    }

    @Test
    void ratiosAndWeightsOfAnySizeSurvive() {
        for (long seed = 60_000; seed < 60_400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Kernel kernel = Problems.kernel((int) (seed % 4), random);
            int sites = random.nextInt(1, 9);
            CaptureProblem.Rows rows = Problems.rows(random, kernel, random.nextInt(1, 10), sites);
            for (int e = 0; e < rows.ratio().length; e++) {
                rows.ratio()[e] = (float) Math.pow(10, 60 * random.nextDouble() - 30);
            }
            for (int i = 0; i < rows.weight().length; i++) {
                rows.weight()[i] = Math.pow(10, 24 * random.nextDouble() - 12);
                rows.stays()[i] = random.nextInt(3) == 0 ? 0 : Math.pow(10, 60 * random.nextDouble() - 30);
            }
            CaptureProblem p = CaptureProblem.of(kernel, rows, Problems.sites(random, sites));
            SolverTest.check("seed " + seed, p, Problems.bruteForce(p), Solver.solve(p, EXACT, Progress.silent()), true);
        }
    }

    @Test
    void nothingToDecideIsOptimal() {
        CaptureProblem.Rows none = new CaptureProblem.Rows(new double[0], new double[0], new int[1], new int[0], new float[0]);
        CaptureProblem.Rows empty = new CaptureProblem.Rows(new double[3], new double[3], new int[4], new int[0], new float[0]);
        for (CaptureProblem p : new CaptureProblem[] {
            CaptureProblem.of(new Kernel.Logit(), none, plain(0, 1)),
            CaptureProblem.of(new Kernel.Nested(0.5), none, plain(4, 2)),
            CaptureProblem.of(new Kernel.Covering(), empty, plain(4, 0)),
            CaptureProblem.of(new Kernel.Logit(), empty, plain(0, 0))
        }) {
            Outcome outcome = Solver.solve(p, Limits.standard(), Progress.silent());
            assertThat(outcome).isInstanceOf(Outcome.Optimal.class);
            assertThat(outcome.gap()).isZero();
            SolverTest.check(p.toString(), p, 0, outcome, true);
        }
    }

    @Test
    void identicalSitesAreSolved() {
        int sites = 10;
        double[] weight = {5, 7, 11};
        int[] start = {0, 10, 20, 30};
        int[] site = new int[30];
        float[] ratio = new float[30];
        Arrays.setAll(site, e -> e % sites);
        Arrays.fill(ratio, 0.25f);
        CaptureProblem p = CaptureProblem.of(new Kernel.Logit(),
                new CaptureProblem.Rows(weight, new double[3], start, site, ratio), plain(sites, 4));
        SolverTest.check("identical", p, 23 * 0.5, Solver.solve(p, EXACT, Progress.silent()), true);
    }

    @Test
    void namesWhyNothingIsAllowed() {
        CaptureProblem.Rows rows = new CaptureProblem.Rows(new double[] {1}, new double[1], new int[] {0, 0}, new int[0],
                new float[0]);
        CaptureProblem p = CaptureProblem.of(new Kernel.Logit(), rows, plain(3, 1));
        boolean[] two = {true, true, false};
        assertThat(Solver.solve(p.withRequired(two), EXACT, Progress.silent()))
                .isEqualTo(new Outcome.Infeasible("Even the plan that uses least of resource 0 uses more than its limit."));
        assertThat(Solver.solve(p.withRequired(two).withForbidden(two), EXACT, Progress.silent()))
                .isEqualTo(new Outcome.Infeasible("Site 0 is both required and forbidden."));
    }

    @Test
    void cancellingAtAnyMomentLeavesAPlanAndATrueBound() {
        for (long seed = 0; seed < 40; seed++) {
            CaptureProblem p = seed % 4 == 0 ? Problems.rare(seed) : Problems.nation(seed, 60, 14, 8, 2, 0.3, 1);
            double best = Problems.bruteForce(p);
            long asks = seed * seed % 97;
            Progress impatient = new Progress() {
                private long asked;

                @Override
                public void at(String stage, long done, long total, double lower, double upper) {}

                @Override
                public boolean cancelled() {
                    return asked++ >= asks;
                }
            };
            Outcome outcome = Solver.solve(p, new Limits(0, 100, 1000, Long.MAX_VALUE, 2), impatient);
            assertThat(outcome instanceof Outcome.Infeasible).as("seed %d", seed).isEqualTo(best == Double.NEGATIVE_INFINITY);
            SolverTest.check("seed " + seed, p, best, outcome, false);
        }
    }

    @Test
    void refusesWhatIsOutOfBoundsByName() {
        CaptureProblem.Sites sites = plain(2, 1);
        refused(new double[] {Double.NaN}, 0, 1, 0, "weight[0] (NaN)", sites);
        refused(new double[] {-1}, 0, 1, 0, "weight[0] (-1.0)", sites);
        refused(new double[] {1}, Double.POSITIVE_INFINITY, 1, 0, "stays[0] (Infinity)", sites);
        refused(new double[] {1}, 0, 0, 0, "ratio[0] (0.0)", sites);
        refused(new double[] {1}, 0, Float.NaN, 0, "ratio[0] (NaN)", sites);
        refused(new double[] {1}, 0, 1, 2, "site[0] (2)", sites);
        refused(new double[] {1}, 0, 1, 0, "limit[0] (-1.0)", plain(2, -1));
        assertThatThrownBy(() -> new Kernel.Nested(0)).hasMessageContaining("mu (0.0)");
        CaptureProblem.Rows twice = new CaptureProblem.Rows(new double[] {1}, new double[1], new int[] {0, 2},
                new int[] {1, 1}, new float[] {1, 2});
        assertThatThrownBy(() -> CaptureProblem.of(new Kernel.Logit(), twice, sites))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("site of point 0 (1)");
    }

    private static void refused(double[] weight, double stays, float ratio, int site, String message,
            CaptureProblem.Sites sites) {
        CaptureProblem.Rows rows = new CaptureProblem.Rows(weight, new double[] {stays}, new int[] {0, 1},
                new int[] {site}, new float[] {ratio});
        assertThatThrownBy(() -> CaptureProblem.of(new Kernel.Logit(), rows, sites))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void unitsOfAllOpenSitesAddUpToWhatIsOurs() {
        for (long seed = 61_000; seed < 61_100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Kernel kernel = Problems.kernel((int) (seed % 4), random);
            CaptureProblem.Rows rows = Problems.rows(random, kernel, 9, 6);
            Arrays.fill(rows.stays(), 0);
            CaptureProblem p = CaptureProblem.of(kernel, rows, Problems.sites(random, 6));
            boolean[] open = Problems.subset(6, random.nextInt(64));
            assertThat(Arrays.stream(p.units(open)).sum()).as("seed %d", seed)
                    .isCloseTo(p.capture(open), Offset.offset(1e-9 * p.capture(open) + 1e-12));
            for (int j = 0; j < 6; j++) {
                boolean[] alone = Problems.subset(6, 1 << j);
                double capture = p.capture(alone);
                assertThat(p.aloneUnits()[j]).isCloseTo(capture, Offset.offset(1e-9 * capture + 1e-12));
            }
        }
    }
}
