package xiaxiang.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Kernel;

/// Every peer against brute force on small problems: what it calls proven is best, and its bounds hold.
class PeersTest {
    private static final double GAP = 1e-6;
    private static final double SECONDS = 10;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void coveringPeersMeetBruteForce(long seed) {
        CaptureProblem problem = small(new Kernel.Covering(), seed);
        CoveringPeers peers = new CoveringPeers(problem, SECONDS, GAP, true);
        for (PeerResult result : List.of(peers.scip(), peers.cpSat(2), peers.cpSat(8))) {
            assertBest(result, problem, seed);
        }
        assertSound(PlainGreedy.solve(problem), problem, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void peersInTheirOwnProcessMeetBruteForce(long seed) {
        CaptureProblem problem = small(new Kernel.Covering(), seed);
        CoveringPeers peers = new CoveringPeers(problem, SECONDS, GAP, true);
        CompletableFuture<PeerResult> cbc = CompletableFuture.supplyAsync(peers::cbc);
        assertBest(peers.highs(), problem, seed);
        assertBest(cbc.join(), problem, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void outerApproximationMeetsBruteForce(long seed) {
        CaptureProblem problem = small(new Kernel.Logit(), seed);
        assertBest(OuterApproximation.solve(problem, SECONDS, GAP, 1 + (int) (seed % 5)), problem, seed);
        assertSound(PlainGreedy.solve(problem), problem, seed);
    }

    /// A site worth 1e15 times the rivals, one worth as little, one equal: slopes then span 1e30.
    @Test
    void outerApproximationBearsRatiosOfAllSizes() {
        CaptureProblem problem = problem(new Kernel.Logit(), new double[] {8, 6}, new double[2], new int[] {0, 3, 5}, new int[] {0, 1, 2, 0, 1}, new float[] {1e15f, 1e-15f, 1, 1e-15f, 1}, new double[] {1, 1, 1}, 2,
                new boolean[3], new boolean[3]);
        for (int groups : new int[] {1, 2}) {
            assertBest(OuterApproximation.solve(problem, SECONDS, GAP, groups), problem, groups);
        }
    }

    /// Three sites of use 2, 1 and 1 under 2: the two small ones give more a unit, 6 and 5, than the large one, 8.
    @Test
    void greedyTakesWhatGivesMostPerUse() {
        CaptureProblem problem = problem(new Kernel.Covering(), new double[] {8, 6, 5}, new double[3], new int[] {0, 1, 2, 3}, new int[] {0, 1, 2}, new float[] {1, 1, 1}, new double[] {2, 1, 1}, 2,
                new boolean[3], new boolean[3]);
        assertThat(PlainGreedy.plan(problem)).containsExactly(false, true, true);
    }

    @Test
    void pointsOfTheSameSitesAreMerged() {
        CaptureProblem problem = problem(new Kernel.Covering(), new double[] {1, 2, 4, 8}, new double[] {0, 0, .5, 1}, new int[] {0, 2, 4, 6, 7}, new int[] {0, 1, 1, 0, 0, 1, 2}, new float[] {1, 1, 1, 1, 1, 1, 1},
                new double[] {1, 1, 1}, 1, new boolean[3], new boolean[3]);
        CoverSets covers = CoverSets.of(problem, true);
        assertThat(covers.weight()).containsExactly(5);
        assertThat(covers.sites()).isDeepEqualTo(new int[][] {{0, 1}});
    }

    @Test
    void otherProblemsAreRefused() {
        assertThatThrownBy(() -> CoverSets.of(small(new Kernel.Logit(), 1), true)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("covering kernel");
        assertThatThrownBy(() -> OuterApproximation.solve(small(new Kernel.Covering(), 1), 1, GAP, 1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("logit kernel");
    }

    private static void assertBest(PeerResult result, CaptureProblem problem, long seed) {
        assertSound(result, problem, seed);
        double best = bruteForce(problem);
        assertThat(result.proven()).as("seed %d, %s", seed, result).isTrue();
        assertThat(result.lower()).as("seed %d, %s", seed, result).isGreaterThanOrEqualTo(best * (1 - 2 * GAP));
        assertThat(result.upper()).as("seed %d, %s", seed, result).isLessThanOrEqualTo(best * (1 + 2 * GAP) + 1e-9);
    }

    /// A plan captures no more than the best, no bound is below it by more than a solver's tolerance.
    private static void assertSound(PeerResult result, CaptureProblem problem, long seed) {
        double best = bruteForce(problem);
        assertThat(result.lower()).as("seed %d, %s", seed, result).isLessThanOrEqualTo(best * (1 + 1e-12));
        assertThat(result.upper()).as("seed %d, %s", seed, result).isGreaterThanOrEqualTo(best * (1 - 1e-7));
    }

    private static double bruteForce(CaptureProblem problem) {
        double best = Double.NEGATIVE_INFINITY;
        for (int bits = 0; bits < 1 << problem.sites(); bits++) {
            boolean[] open = new boolean[problem.sites()];
            for (int j = 0; j < open.length; j++) {
                open[j] = (bits >> j & 1) == 1;
            }
            best = problem.isFeasible(open) ? Math.max(best, problem.capture(open)) : best;
        }
        return best;
    }

    /// 3 to 10 sites, 5 to 14 points, whole or fractional uses, sometimes a required site that fits and a forbidden one.
    private static CaptureProblem small(Kernel kernel, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int points = random.nextInt(5, 15);
        int sites = random.nextInt(3, 11);
        double[] weight = new double[points];
        double[] stays = new double[points];
        int[] start = new int[points + 1];
        int[] site = new int[points * sites];
        float[] ratio = new float[site.length];
        for (int i = 0; i < points; i++) {
            weight[i] = 100 * random.nextDouble();
            stays[i] = random.nextInt(4) == 0 ? random.nextDouble() : 0;
            start[i + 1] = start[i];
            for (int j = 0; j < sites; j++) {
                if (random.nextInt(3) == 0) {
                    site[start[i + 1]] = j;
                    ratio[start[i + 1]++] = kernel instanceof Kernel.Covering ? 1 : (float) Math.exp(2 * random.nextGaussian());
                }
            }
        }
        double[] use = new double[sites];
        boolean whole = random.nextBoolean();
        Arrays.setAll(use, _ -> whole ? random.nextInt(0, 6) : 0.1 + random.nextDouble());
        boolean[] required = new boolean[sites];
        boolean[] forbidden = new boolean[sites];
        required[0] = random.nextInt(3) == 0;
        forbidden[1] = random.nextInt(3) == 0;
        double limit = use[0] + random.nextDouble() * 0.6 * Arrays.stream(use).sum();
        return problem(kernel, weight, stays, start, Arrays.copyOf(site, start[points]), Arrays.copyOf(ratio, start[points]), use, limit, required, forbidden);
    }

    private static CaptureProblem problem(Kernel kernel, double[] weight, double[] stays, int[] start, int[] site, float[] ratio, double[] use, double limit, boolean[] required, boolean[] forbidden) {
        int[] alone = new int[use.length];
        Arrays.fill(alone, -1);
        return CaptureProblem.of(kernel, new CaptureProblem.Rows(weight, stays, start, site, ratio),
                new CaptureProblem.Sites(use.length, new double[][] {use}, new double[] {limit}, alone, new double[1][0], required, forbidden, new boolean[use.length]));
    }
}
