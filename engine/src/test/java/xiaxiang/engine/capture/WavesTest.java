package xiaxiang.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WavesTest {
    private static final Limits EXACT = new Limits(0, 100, 100_000, Long.MAX_VALUE, 1);

    /// Up to 6 sites and 1 to 3 waves, of every kind of problem; some waves weigh nothing.
    private static WaveProblem small(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Kernel kernel = Problems.kernel((int) (seed % 4), random);
        int sites = random.nextInt(0, 7);
        CaptureProblem base = CaptureProblem.of(kernel, Problems.rows(random, kernel, random.nextInt(0, 9), sites), Problems.sites(random, sites));
        int waves = random.nextInt(1, sites > 5 ? 3 : 4);
        double[] weight = new double[waves];
        Arrays.setAll(weight, _ -> random.nextInt(6) == 0 ? 0 : 0.1 + random.nextDouble());
        double[][] limit = new double[base.resources()][waves];
        for (int k = 0; k < limit.length; k++) {
            for (int t = 0; t < waves; t++) {
                limit[k][t] = base.limit(k) * Math.min(1, (t + 1.0) / waves + (random.nextInt(3) == 0 ? 0.3 : 0));
                limit[k][t] = t == 0 ? limit[k][t] : Math.max(limit[k][t], limit[k][t - 1]);
            }
        }
        return WaveProblem.of(base, weight, limit);
    }

    /// Best net capture over all assignments, by the rules as they are written and nothing else; -infinite when there is none.
    private static double bruteForce(WaveProblem p) {
        CaptureProblem base = p.base();
        int m = base.sites();
        double best = Double.NEGATIVE_INFINITY;
        int[] wave = new int[m];
        long all = Math.round(Math.pow(p.waves() + 1, m));
        for (long code = 0; code < all; code++) {
            long rest = code;
            for (int j = 0; j < m; j++) {
                wave[j] = (int) (rest % (p.waves() + 1));
                rest /= p.waves() + 1;
            }
            double net = 0;
            boolean feasible = true;
            for (int t = 0; t < p.waves() && feasible; t++) {
                boolean[] open = new boolean[m];
                for (int j = 0; j < m; j++) {
                    open[j] = wave[j] > 0 && wave[j] <= t + 1;
                }
                feasible = p.at(t).isFeasible(open);
                net += feasible ? p.weight(t) * base.netCapture(open) : 0;
            }
            best = feasible ? Math.max(best, net) : best;
        }
        return best;
    }

    private static double tolerance(WaveProblem p) {
        double time = 0;
        for (int t = 0; t < p.waves(); t++) {
            time += p.weight(t);
        }
        return time * Problems.tolerance(p.base()) + 1e-300;
    }

    @Test
    void writtenOutTheOptimumIsThatOfAllAssignments() {
        int infeasible = 0;
        for (long seed = 70_000; seed < 70_400; seed++) {
            WaveProblem p = small(seed);
            double best = bruteForce(p);
            switch (WaveSolver.solve(p, EXACT, Progress.silent())) {
                case WaveOutcome.Planned planned -> {
                    assertThat(p.isFeasible(planned.plan())).as("seed %d", seed).isTrue();
                    assertThat(p.netCapture(planned.plan())).as("seed %d", seed).isCloseTo(planned.lower(), Offset.offset(tolerance(p)));
                    assertThat(planned.lower()).as("seed %d", seed).isCloseTo(best, Offset.offset(tolerance(p)));
                    assertThat(planned.upper()).as("seed %d", seed).isCloseTo(best, Offset.offset(tolerance(p)));
                    assertProven(p, planned, best, seed);
                }
                case WaveOutcome.Infeasible _ -> {
                    infeasible++;
                    assertThat(best).as("seed %d", seed).isEqualTo(Double.NEGATIVE_INFINITY);
                }
            }
        }
        assertThat(infeasible).isBetween(5, 200);
    }

    @Test
    void atTheRootTheBoundHoldsAndThePlanKeepsTheRules() {
        double lost = 0;
        double optima = 0;
        for (long seed = 71_000; seed < 71_600; seed++) {
            WaveProblem p = small(seed);
            double best = bruteForce(p);
            switch (WaveSolver.atRoot(p, EXACT, Progress.silent())) {
                case WaveOutcome.Planned planned -> {
                    assertThat(p.isFeasible(planned.plan())).as("seed %d", seed).isTrue();
                    assertThat(p.netCapture(planned.plan())).as("seed %d", seed).isCloseTo(planned.lower(), Offset.offset(tolerance(p)));
                    assertThat(planned.lower()).as("seed %d", seed).isLessThanOrEqualTo(best + tolerance(p));
                    assertThat(planned.upper()).as("seed %d", seed).isGreaterThanOrEqualTo(best - tolerance(p));
                    assertProven(p, planned, best, seed);
                    optima += best + p.captureToday();
                    lost += best - planned.lower();
                }
                case WaveOutcome.Infeasible _ -> assertThat(best).as("seed %d", seed).isEqualTo(Double.NEGATIVE_INFINITY);
            }
        }
        assertThat(lost / optima).isLessThan(0.005);
    }

    private static void assertProven(WaveProblem p, WaveOutcome.Planned planned, double best, long seed) {
        switch (WaveVerifier.verify(p, planned.certificate())) {
            case Verdict.Refused(String why) -> throw new AssertionError("seed " + seed + ": " + why);
            case Verdict.Proven(double lower, double upper, _) -> {
                assertThat(lower).as("seed %d", seed).isLessThanOrEqualTo(best + 1e-300).isCloseTo(planned.lower(), Offset.offset(tolerance(p)));
                assertThat(upper).as("seed %d", seed).isGreaterThanOrEqualTo(best).isCloseTo(planned.upper(), Offset.offset(tolerance(p)));
            }
        }
    }

    /// The same multipliers prove the same about the problem written out, to the verifier of problems without waves.
    @Test
    void theRootsBoundIsThatOfTheExpansion() {
        for (long seed = 72_000; seed < 72_300; seed++) {
            WaveProblem p = small(seed);
            if (!(WaveSolver.atRoot(p, EXACT, Progress.silent()) instanceof WaveOutcome.Planned planned)) {
                continue;
            }
            Certificate c = planned.certificate();
            CaptureProblem written = p.expanded().withForbidden(unfit(p.expanded()));
            Certificate same = new Certificate(written.fingerprint(), c.plan(), c.lower(), c.upper(), c.multipliers(), c.prices(), c.steps());
            assertThat(Verifier.verify(written, same)).as("seed %d", seed).isInstanceOf(Verdict.Proven.class);
            if (Verifier.verify(written, same) instanceof Verdict.Proven(double lower, double upper, _)) {
                assertThat(lower).as("seed %d", seed).isCloseTo(planned.lower(), Offset.offset(tolerance(p)));
                assertThat(upper).as("seed %d", seed).isCloseTo(planned.upper(), Offset.offset(tolerance(p)));
            }
        }
    }

    /// The sites that do not fit even beside the cheapest of everything else; the root's certificate leaves them out.
    private static boolean[] unfit(CaptureProblem p) {
        byte[] state = new byte[p.sites()];
        for (int c = 0; c < state.length; c++) {
            for (int d = 0; d < state.length; d++) {
                boolean beside = p.isRequired(d) && p.group(c) == p.group(d);
                state[c] = p.isRequired(c) ? Slice.OPEN : beside || p.isForbidden(c) ? Slice.CLOSED : state[c];
            }
        }
        Slice slice = Slice.whole(p, 0).narrow(state);
        Units units = slice.units;
        boolean[] unfit = new boolean[p.sites()];
        for (int k = 0; k < p.resources(); k++) {
            for (int c = 0; c < slice.sites(); c++) {
                double most = units.least(k) + units.use[k][c] - units.leastOf(k, units.unitOf[c]);
                unfit[slice.siteOf[c]] |= most > units.allowed[k] + 1e-9;
            }
        }
        return unfit;
    }

    /// A mutated certificate may be refused, or prove something; what it proves must be true.
    @Test
    void mutatedCertificatesNeverProveAFalsehood() {
        int refused = 0;
        int proven = 0;
        for (long seed = 73_000; seed < 73_200; seed++) {
            WaveProblem p = small(seed);
            if (!(WaveSolver.atRoot(p, EXACT, Progress.silent()) instanceof WaveOutcome.Planned planned)) {
                continue;
            }
            double best = bruteForce(p);
            SplittableRandom random = new SplittableRandom(seed);
            for (int round = 0; round < 14; round++) {
                Certificate mutant = mutated(planned.certificate(), round % 7, random);
                switch (WaveVerifier.verify(p, mutant)) {
                    case Verdict.Refused(String why) -> {
                        assertThat(why).isNotBlank();
                        refused++;
                    }
                    case Verdict.Proven(double lower, double upper, _) -> {
                        proven++;
                        assertThat(upper).as("seed %d round %d", seed, round).isGreaterThanOrEqualTo(best);
                        assertThat(lower).as("seed %d round %d", seed, round).isLessThanOrEqualTo(best + 1e-300);
                    }
                }
            }
        }
        assertThat(refused).isGreaterThan(1000);
        assertThat(proven).isGreaterThan(100);
    }

    private static Certificate mutated(Certificate c, int how, SplittableRandom random) {
        Plan plan = c.plan();
        Certificate.Multipliers m = c.multipliers().getFirst().copy();
        List<Certificate.Multipliers> multipliers = new ArrayList<>(List.of(m));
        String print = c.fingerprint();
        int[] steps = c.steps();
        double upper = c.upper();
        switch (how) {
            case 0 -> {
                boolean[] open = plan.asBooleans(plan.sites());
                for (int j = 0; j < open.length; j++) {
                    open[j] ^= random.nextInt(3) == 0;
                }
                plan = Plan.of(open);
            }
            case 1 -> {
                for (int i = 0; i < m.rho().length; i++) {
                    m.rho()[i] *= (float) (2 * random.nextDouble());
                }
                upper *= 3;
            }
            case 2 -> m.theta()[random.nextInt(m.theta().length)] *= -random.nextDouble();
            case 3 -> multipliers.set(0, Certificate.Multipliers.tangents(1, Arrays.copyOf(m.rho(), m.rho().length + 1), m.theta(), new double[0]));
            case 4 -> print = print.replace(print.charAt(0), print.charAt(0) == 'a' ? 'b' : 'a');
            case 5 -> steps = new int[] {steps[0], steps[1], steps[1]};
            default -> upper -= Math.abs(upper) * random.nextDouble();
        }
        return new Certificate(print, plan, c.lower(), upper, multipliers, c.prices(), steps);
    }

    @Test
    void oneWaveIsThePlainProblem() {
        for (long seed = 74_000; seed < 74_100; seed++) {
            CaptureProblem base = Problems.small(seed);
            double[][] limit = new double[base.resources()][1];
            for (int k = 0; k < limit.length; k++) {
                limit[k][0] = base.limit(k);
            }
            WaveProblem p = WaveProblem.of(base, new double[] {1}, limit);
            double best = Problems.bruteForce(base);
            double found = p.isExpandable() && WaveSolver.solve(p, EXACT, Progress.silent()) instanceof WaveOutcome.Planned o ? o.lower() : Double.NEGATIVE_INFINITY;
            assertThat(found == best || Math.abs(found - best) <= tolerance(p)).as("seed %d: %s, %s", seed, found, best).isTrue();
        }
    }

    @Test
    void equalLimitsInEveryWaveAreOneWave() {
        CaptureProblem base = Problems.nation(5, 60, 14, 6, 2, 0.3, 1);
        WaveProblem p = WaveProblem.of(base, new double[] {0.5, 0.25, 1}, new double[][] {{base.limit(0), base.limit(0), base.limit(0)},
                {base.limit(1), base.limit(1), base.limit(1)}});
        double best = Problems.bruteForce(base);
        assertThat(WaveSolver.solve(p, EXACT, Progress.silent())).isInstanceOf(WaveOutcome.Planned.class);
        if (WaveSolver.solve(p, EXACT, Progress.silent()) instanceof WaveOutcome.Planned planned) {
            assertThat(planned.lower()).isCloseTo(1.75 * best, Offset.offset(tolerance(p)));
            assertThat(planned.upper()).isCloseTo(1.75 * best, Offset.offset(tolerance(p)));
        }
        if (WaveSolver.atRoot(p, EXACT, Progress.silent()) instanceof WaveOutcome.Planned planned) {
            assertThat(planned.lower()).isGreaterThan(0.95 * 1.75 * best);
            assertThat(planned.upper()).isGreaterThanOrEqualTo(1.75 * best - tolerance(p));
        }
    }

    @Test
    void threadsChangeNothing() {
        CaptureProblem base = Problems.nation(9, 8_000, 300, 40, 10, 0.1, 1); // two blocks of points
        double[][] limit = new double[2][3];
        for (int k = 0; k < 2; k++) {
            for (int t = 0; t < 3; t++) {
                limit[k][t] = base.limit(k) * (t + 2) / 4;
            }
        }
        WaveProblem p = WaveProblem.of(base, new double[] {0.25, 0.25, 2}, limit);
        Limits limits = new Limits(1e-4, 12, 0, Long.MAX_VALUE, 1);
        WaveOutcome one = WaveSolver.atRoot(p, limits, Progress.silent());
        assertThat(one.gap()).isLessThan(0.05);
        assertThat(WaveSolver.atRoot(p, limits.withThreads(2), Progress.silent())).isEqualTo(one);
        assertThat(WaveSolver.atRoot(p, limits.withThreads(8), Progress.silent())).isEqualTo(one);
    }

    @Test
    void namesWhatIsOutOfItsBounds() {
        CaptureProblem base = Problems.nation(1, 10, 5, 3, 1, 0.3, 1);
        assertThatThrownBy(() -> WaveProblem.of(base, new double[] {1, 1}, new double[][] {{2, 1}, {1, 1}})).hasMessageContaining("limit of resource 0 in wave 2 (1.0)");
        assertThatThrownBy(() -> WaveProblem.of(base, new double[] {-1}, new double[][] {{1}, {1}})).hasMessageContaining("weight of a wave (-1.0)");
        assertThatThrownBy(() -> WaveProblem.of(base, new double[0], new double[][] {{}, {}})).hasMessageContaining("number of waves (0)");
        assertThatThrownBy(() -> WavePlan.of(2, new int[] {3})).hasMessageContaining("wave (3) of site 0");
    }
}
