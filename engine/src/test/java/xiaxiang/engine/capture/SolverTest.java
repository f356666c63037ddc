package xiaxiang.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SolverTest {
    private static final Limits EXACT = new Limits(0, 100, 100_000, Long.MAX_VALUE, 1);

    @Test
    void agreesWithBruteForceOnEveryKindOfSmallProblem() {
        for (long seed = 0; seed < 1600; seed++) {
            CaptureProblem p = Problems.small(seed);
            double best = Problems.bruteForce(p);
            check("seed " + seed, p, best, Solver.solve(p, EXACT, Progress.silent()), true);
        }
    }

    /// Worth of sites, sites outside, the worst of several scenarios.
    @Test
    void agreesWithBruteForceOnRareKinds() {
        for (long seed = 0; seed < 1500; seed++) {
            CaptureProblem p = Problems.rare(seed);
            check("seed " + seed, p, Problems.bruteForce(p), Solver.solve(p, EXACT, Progress.silent()), true);
        }
    }

    /// Cuts around nearly open sites, which larger problems get, from the first bound on.
    @Test
    void agreesWithBruteForceByCutsAroundSites() {
        int picked = 0;
        int means = 0;
        for (long seed = 7000; seed < 8200; seed++) {
            CaptureProblem p = seed % 3 == 0 ? Problems.rare(seed) : Problems.small(seed);
            try (Cores cores = new Cores(1)) {
                Outcome outcome = new Search(p, EXACT, Progress.silent(), cores, 0).run(null);
                check("seed " + seed, p, Problems.bruteForce(p), outcome, true);
                Certificate certificate = CertificateTest.certificate(outcome);
                picked += certificate != null && certificate.multipliers().stream().anyMatch(m -> m.chosen().length > 0) ? 1 : 0;
                means += certificate != null && IntStream.of(certificate.steps()).anyMatch(step -> (step & 7) == Certificate.ALSO) ? 1 : 0;
            }
        }
        assertThat(picked).as("certificates with cuts around sites").isGreaterThan(20);
        assertThat(means).as("certificates with means of cuts").isGreaterThan(20);
    }

    @Test
    void boundsStayTrueWhenNodesRunOut() {
        for (long seed = 5000; seed < 5300; seed++) {
            CaptureProblem p = Problems.small(seed);
            double best = Problems.bruteForce(p);
            Limits few = new Limits(0, (int) (seed % 7) + 1, (int) (seed % 5), Long.MAX_VALUE, 1);
            check("seed " + seed, p, best, Solver.solve(p, few, Progress.silent()), false);
        }
    }

    /// Checks an outcome against the true optimum; `exact`: it must be optimal or infeasible.
    static void check(String name, CaptureProblem p, double best, Outcome outcome, boolean exact) {
        double tolerance = Problems.tolerance(p);
        switch (outcome) {
            case Outcome.Optimal(Plan plan, double capture, _, Certificate certificate, _) -> {
                assertThat(capture).as(name).isCloseTo(best, Offset.offset(tolerance));
                verify(name, p, plan, capture, best, certificate, exact ? capture : Double.POSITIVE_INFINITY);
            }
            case Outcome.Feasible(Plan plan, double lower, double upper, Certificate certificate, _) -> {
                assertThat(exact).as(name + " is only feasible: " + outcome).isFalse();
                assertThat(upper).as(name).isGreaterThanOrEqualTo(best - tolerance);
                assertThat(lower).as(name).isLessThanOrEqualTo(best + tolerance);
                verify(name, p, plan, lower, best, certificate, Double.POSITIVE_INFINITY);
            }
            case Outcome.Infeasible(String why) -> {
                assertThat(why).as(name).isNotBlank();
                if (exact) {
                    assertThat(best).as(name + why).isEqualTo(Double.NEGATIVE_INFINITY);
                }
            }
        }
    }

    private static void verify(String name, CaptureProblem p, Plan plan, double lower, double best,
            Certificate certificate, double most) {
        double tolerance = Problems.tolerance(p);
        assertThat(p.isFeasible(plan.asBooleans(p.sites()))).as(name).isTrue();
        assertThat(p.netCapture(plan.asBooleans(p.sites()))).as(name).isEqualTo(lower);
        Verdict verdict = Verifier.verify(p, certificate);
        assertThat(verdict).as(name).isInstanceOf(Verdict.Proven.class);
        if (verdict instanceof Verdict.Proven(double low, double high, _)) {
            assertThat(low).as(name).isLessThanOrEqualTo(lower);
            assertThat(high).as(name).isGreaterThanOrEqualTo(best).isLessThanOrEqualTo(most + tolerance);
        }
    }
}
