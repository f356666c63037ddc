package xiaxiang.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CoveringTest {
    private static final Limits EXACT = new Limits(0, 100, 100_000, Long.MAX_VALUE, 1);

    /// Covering of up to 10 sites by every rule there is; weights of 1 to 3 (ties), rows that repeat, whole and fractional ratios, t = 0 and t > 0.
    private static CaptureProblem twins(long seed, boolean whole) {
        SplittableRandom random = new SplittableRandom(seed);
        int sites = random.nextInt(1, 11);
        CaptureProblem.Rows some = Problems.rows(random, new Kernel.Covering(), random.nextInt(1, 9), sites);
        int copies = random.nextInt(2, 5);
        int points = some.weight().length;
        double[] weight = new double[copies * points];
        double[] stays = new double[weight.length];
        int[] start = new int[weight.length + 1];
        int[] site = new int[copies * some.site().length];
        float[] ratio = new float[site.length];
        for (int i = 0; i < weight.length; i++) {
            int of = i % points;
            int length = some.start()[of + 1] - some.start()[of];
            weight[i] = random.nextInt(4);
            stays[i] = whole && random.nextBoolean() ? 0.25 * random.nextInt(6) : some.stays()[of];
            start[i + 1] = start[i] + length;
            System.arraycopy(some.site(), some.start()[of], site, start[i], length);
            System.arraycopy(some.ratio(), some.start()[of], ratio, start[i], length);
        }
        if (whole) {
            Arrays.fill(ratio, 1);
        }
        return CaptureProblem.of(new Kernel.Covering(), new CaptureProblem.Rows(weight, stays, start, site, ratio), Problems.sites(random, sites));
    }

    /// A county of points on a square, covered within a radius, `open` sites of as many as points.
    private static CaptureProblem square(long seed, int points, double radius, int open) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] at = new double[2][points];
        double[] weight = new double[points];
        for (int i = 0; i < points; i++) {
            at[0][i] = random.nextDouble();
            at[1][i] = random.nextDouble();
            weight[i] = random.nextInt(1, 200);
        }
        int[] start = new int[points + 1];
        int[] site = new int[points * points];
        for (int i = 0; i < points; i++) {
            int end = start[i];
            for (int j = 0; j < points; j++) {
                if (Math.hypot(at[0][i] - at[0][j], at[1][i] - at[1][j]) <= radius) {
                    site[end++] = j;
                }
            }
            start[i + 1] = end;
        }
        float[] ratio = new float[start[points]];
        double[] use = new double[points];
        int[] alone = new int[points];
        Arrays.fill(ratio, 1);
        Arrays.fill(use, 1);
        Arrays.fill(alone, -1);
        CaptureProblem.Sites sites = new CaptureProblem.Sites(points, new double[][] {use}, new double[] {open}, alone, new double[1][0], new boolean[points],
                new boolean[points], new boolean[points]);
        return CaptureProblem.of(new Kernel.Covering(), new CaptureProblem.Rows(weight, new double[points], start, Arrays.copyOf(site, start[points]), ratio), sites);
    }

    @Test
    void agreesWithBruteForceWherePointsAreAlike() {
        int merged = 0;
        for (long seed = 60_000; seed < 61_200; seed++) {
            CaptureProblem p = twins(seed, seed % 2 == 0);
            merged += Merging.of(p).problem().points() < p.points() ? 1 : 0;
            SolverTest.check("seed " + seed, p, Problems.bruteForce(p), Solver.solve(p, EXACT, Progress.silent()), true);
        }
        assertThat(merged).as("problems with points merged").isGreaterThan(1_000);
    }

    @Test
    void mergingKeepsEveryPlansCapture() {
        for (long seed = 61_200; seed < 61_500; seed++) {
            CaptureProblem p = seed % 3 == 0 ? Problems.small(seed) : twins(seed, seed % 3 == 1);
            CaptureProblem merged = Merging.of(p).problem();
            for (int bits = 0; bits < 1 << p.sites(); bits += 1 + bits / 5) {
                boolean[] open = Problems.subset(p.sites(), bits);
                assertThat(merged.capture(open)).as("seed %d", seed).isCloseTo(p.capture(open), Offset.offset(Problems.tolerance(p)));
            }
        }
    }

    /// At its optimum the linear program's x is allowed and captures what its prices prove.
    @Test
    void linearProgramsPricesMeetItsPlan() {
        for (long seed = 62_000; seed < 62_020; seed++) {
            CaptureProblem p = square(seed, 150, 0.05 + 0.01 * (seed % 10), 12);
            Slice slice = Slice.whole(p, 0).narrow(new byte[p.sites()]);
            CoveringProgram program = new CoveringProgram(slice);
            DualSimplex simplex = new DualSimplex(program, new byte[p.sites()], new double[p.sites()], null);
            boolean solved = simplex.run(Double.NEGATIVE_INFINITY, 100_000, new Watch(Progress.silent(), Long.MAX_VALUE));
            double[] x = simplex.x();
            double captured = 0;
            for (int i = 0; i < p.points(); i++) {
                double covered = 0;
                for (int e = p.rowStart(i); e < p.rowStart(i + 1); e++) {
                    covered += x[p.siteAt(e)];
                }
                captured += p.weight(i) * Math.min(1, covered);
            }
            assertThat(solved).as("seed %d", seed).isTrue();
            assertThat(Arrays.stream(x).sum()).as("seed %d", seed).isLessThanOrEqualTo(12 + 1e-6);
            assertThat(simplex.bound()).as("seed %d", seed).isCloseTo(captured, Offset.offset(1e-7 * captured));
        }
    }

    @Test
    void threadsChangeNothing() {
        Limits limits = new Limits(1e-6, 100, 300, Long.MAX_VALUE, 1);
        for (long seed = 63_000; seed < 63_004; seed++) {
            CaptureProblem p = square(seed, 300, 0.07, 25);
            Outcome one = Solver.solve(p, limits, Progress.silent());
            assertThat(Solver.solve(p, limits.withThreads(2), Progress.silent())).as("seed %d", seed).isEqualTo(one);
            assertThat(Solver.solve(p, limits.withThreads(8), Progress.silent())).as("seed %d", seed).isEqualTo(one);
        }
    }

    @Test
    void aCertificateChangedIsRefusedOrProvesLess() {
        for (long seed = 64_000; seed < 64_006; seed++) {
            CaptureProblem p = square(seed, 200, 0.08, 15);
            Certificate certificate = CertificateTest.certificate(Solver.solve(p, EXACT, Progress.silent()));
            assertThat(certificate).as("seed %d", seed).isNotNull();
            if (certificate != null) {
                assertThat(Verifier.verify(p, certificate)).as("seed %d", seed).isInstanceOf(Verdict.Proven.class);
                Certificate more = new Certificate(certificate.fingerprint(), certificate.plan(), certificate.lower(), 0.999 * certificate.upper(),
                        certificate.multipliers(), certificate.prices(), certificate.steps());
                assertThat(Verifier.verify(p, more)).as("seed %d", seed).isInstanceOf(Verdict.Refused.class);
                Certificate.Multipliers first = certificate.multipliers().getFirst().copy();
                first.rho()[0] = 1.5f;
                List<Certificate.Multipliers> changed = new ArrayList<>(certificate.multipliers());
                changed.set(0, first);
                Certificate steep = new Certificate(certificate.fingerprint(), certificate.plan(), certificate.lower(), certificate.upper(), changed,
                        certificate.prices(), certificate.steps());
                assertThat(Verifier.verify(p, steep)).as("seed %d", seed).isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    @Test
    void aTourNeverLosesAndBreaksNoRule() {
        for (long seed = 65_000; seed < 65_300; seed++) {
            CaptureProblem p = twins(seed, true);
            boolean[] start = Starts.cheapest(p);
            if (start == null || !CoveringTour.fits(p)) {
                continue;
            }
            int[] candidates = new int[p.sites()];
            int count = 0;
            for (int j = 0; j < candidates.length; j++) {
                candidates[count] = j;
                count += p.isForbidden(j) ? 0 : 1;
            }
            boolean[] met = CoveringTour.best(p, start, Arrays.copyOf(candidates, count), new double[p.resources()], 0.1, 200, 0.001 * (seed % 1000), new Watch(Progress.silent(), Long.MAX_VALUE));
            assertThat(p.isFeasible(met)).as("seed %d", seed).isTrue();
            assertThat(p.capture(met)).as("seed %d", seed).isGreaterThanOrEqualTo(p.capture(start) - Problems.tolerance(p));
        }
    }
}
