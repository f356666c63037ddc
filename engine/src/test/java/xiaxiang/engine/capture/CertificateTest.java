package xiaxiang.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CertificateTest {
    private static final Limits EXACT = new Limits(0, 100, 100_000, Long.MAX_VALUE, 1);

    /// A mutated certificate may be refused, or prove something; what it proves must be true.
    @Test
    void mutatedCertificatesNeverProveAFalsehood() throws IOException {
        int refused = 0;
        int proven = 0;
        for (long seed = 20_000; seed < 20_400; seed++) {
            CaptureProblem p = seed % 3 == 0 ? Problems.rare(seed) : Problems.small(seed);
            Certificate certificate = certificate(Solver.solve(p, EXACT, Progress.silent()));
            if (certificate == null) {
                continue;
            }
            double best = Problems.bruteForce(p);
            SplittableRandom random = new SplittableRandom(seed);
            for (int round = 0; round < 20; round++) {
                Certificate mutant = round % 2 == 0 ? mutate(certificate, random) : flip(certificate, random);
                if (mutant == null || mutant.equals(certificate)) {
                    continue;
                }
                switch (Verifier.verify(p, mutant)) {
                    case Verdict.Refused(String why) -> {
                        assertThat(why).isNotBlank();
                        refused++;
                    }
                    case Verdict.Proven(double lower, double upper, _) -> {
                        proven++;
                        assertThat(upper).as("seed %d round %d %s", seed, round, mutant).isGreaterThanOrEqualTo(best);
                        assertThat(lower).as("seed %d round %d", seed, round).isLessThanOrEqualTo(best);
                        assertThat(mutant.upper()).as("seed %d", seed).isGreaterThan(best - 2 * Problems.tolerance(p));
                    }
                }
            }
        }
        assertThat(refused).isGreaterThan(1000);
        assertThat(proven).isPositive();
    }

    static @Nullable Certificate certificate(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Planned planned -> planned.certificate();
            case Outcome.Infeasible _ -> null;
        };
    }

    private static Certificate mutate(Certificate c, SplittableRandom random) {
        Plan plan = c.plan();
        String print = c.fingerprint();
        double upper = c.upper();
        List<Certificate.Multipliers> multipliers = new ArrayList<>();
        for (Certificate.Multipliers m : c.multipliers()) {
            multipliers.add(m.copy());
        }
        int[] steps = c.steps().clone();
        switch (random.nextInt(7)) {
            case 0 -> {
                boolean[] open = plan.asBooleans(plan.sites());
                for (int j = 0; j < open.length; j++) {
                    open[j] ^= random.nextInt(3) == 0;
                }
                plan = Plan.of(open);
            }
            case 1 -> {
                for (Certificate.Multipliers m : multipliers) {
                    for (int i = 0; i < m.rho().length; i++) {
                        m.rho()[i] *= (float) (random.nextDouble() * 2);
                    }
                }
            }
            case 2 -> {
                for (Certificate.Multipliers m : multipliers) {
                    m.theta()[random.nextInt(m.theta().length)] *= random.nextDouble() * 2;
                }
            }
            case 3 -> steps[random.nextInt(steps.length)] = random.nextInt(0, 8 * (plan.sites() + 1));
            case 4 -> steps = Arrays.copyOf(steps, random.nextInt(steps.length));
            case 5 -> print = print.replace(print.charAt(0), print.charAt(0) == 'a' ? 'b' : 'a');
            default -> upper = upper - Math.abs(upper) * random.nextDouble();
        }
        return new Certificate(print, plan, c.lower(), upper, multipliers, c.prices(), steps);
    }

    private static @Nullable Certificate flip(Certificate c, SplittableRandom random)
            throws IOException {
        byte[] bytes = bytes(c);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        try {
            return Certificate.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            assertThat(e.getClass()).isNotNull();
            return null;
        }
    }

    private static byte[] bytes(Certificate c) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        c.write(out);
        return out.toByteArray();
    }

    @Test
    void fileFormReadsBackWhatWasWritten() throws IOException {
        for (long seed = 30_000; seed < 30_100; seed++) {
            Certificate c = certificate(Solver.solve(Problems.small(seed), EXACT, Progress.silent()));
            if (c != null) {
                byte[] bytes = bytes(c);
                Certificate back = Certificate.read(new ByteArrayInputStream(bytes));
                assertThat(back).as("seed %d", seed).isEqualTo(c).hasSameHashCodeAs(c);
                byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
                assertThatThrownBy(() -> Certificate.read(new ByteArrayInputStream(cut))).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void readsNoFalseMagicVersionOrLength() {
        assertThatThrownBy(() -> Certificate.read(new ByteArrayInputStream(new byte[64])))
                .isInstanceOf(IOException.class).hasMessageContaining("XXCC");
        byte[] version = new byte[64];
        System.arraycopy(new byte[] {'X', 'X', 'C', 'C', 0, 0, 0, 9}, 0, version, 0, 8);
        assertThatThrownBy(() -> Certificate.read(new ByteArrayInputStream(version)))
                .isInstanceOf(IOException.class).hasMessageContaining("(9)");
        byte[] huge = new byte[64];
        Arrays.fill(huge, (byte) 0x7f);
        System.arraycopy(new byte[] {'X', 'X', 'C', 'C', 0, 0, 0, 3}, 0, huge, 0, 8);
        assertThatThrownBy(() -> Certificate.read(new ByteArrayInputStream(huge)))
                .isInstanceOf(IOException.class).hasMessageContaining("number of sites");
    }

    @Test
    void aCertificateOfAnotherProblemIsRefused() {
        CaptureProblem p = Problems.nation(3, 40, 12, 8, 2, 0.3, 1);
        Certificate c = certificate(Solver.solve(p, EXACT, Progress.silent()));
        assertThat(c).isNotNull();
        if (c != null) {
            assertThat(Verifier.verify(p, c)).isInstanceOf(Verdict.Proven.class);
            CaptureProblem other = p.withLimit(0, p.limit(0) * 1.5);
            assertThat(Verifier.verify(other, c)).isEqualTo(new Verdict.Refused("It is about another problem."));
        }
    }
}
