package xiaxiang.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CutTest {
    /// The verifier's cut, at any rho and theta, and any mean of such, is beyond every feasible subset; at theta = 0 beyond every subset of one of a group.
    @Test
    void everyLiftedCutHoldsForEverySubset() throws Verifier.Fault {
        for (long seed = 40_000; seed < 40_400; seed++) {
            CaptureProblem p = seed % 3 == 0 ? Problems.rare(seed) : Problems.small(seed);
            SplittableRandom random = new SplittableRandom(seed);
            double best = Problems.bruteForce(p);
            for (int round = 0; round < 5; round++) {
                double[] theta = new double[p.resources()];
                for (int k = 0; k < theta.length; k++) {
                    theta[k] = random.nextBoolean() ? 0 : 100 * random.nextDouble();
                }
                VerifierState state = new VerifierState(p, new VerifierToday(p));
                if (!state.clashedAtRoot()) {
                    List<Certificate.Multipliers> layers = new ArrayList<>();
                    for (int layer = 0; layer <= round; layer++) {
                        layers.add(layer % 2 == 0 || p.sites() == 0 ? Certificate.Multipliers.tangents(1 + random.nextInt(3), rhos(p, random), theta, lambda(p, random))
                                : around(p, rhos(p, random), theta, random));
                    }
                    double bound = new VerifierCut(p, state, layers).bound();
                    assertThat(bound).as("seed %d round %d", seed, round).isGreaterThanOrEqualTo(best);
                }
            }
        }
    }

    private static float[] rhos(CaptureProblem p, SplittableRandom random) {
        boolean covering = p.kernel() instanceof Kernel.Covering;
        float[] rho = new float[p.points()];
        for (int i = 0; i < rho.length; i++) {
            rho[i] = random.nextInt(5) == 0 ? 0 : covering ? (float) random.nextDouble() : (float) Math.exp(6 * random.nextDouble() - 3);
        }
        return rho;
    }

    /// Random chosen sites of random levels, sigmas beyond rho, and picks.
    private static Certificate.Multipliers around(CaptureProblem p, float[] rho, double[] theta, SplittableRandom random) {
        int[] chosen = IntStream.range(0, p.sites()).filter(_ -> random.nextBoolean()).toArray();
        byte[] level = new byte[chosen.length];
        for (int k = 0; k < level.length; k++) {
            level[k] = (byte) random.nextInt(1, 4);
        }
        int marked = chosen.length == 0 ? 0 : p.points();
        float[] sigma = new float[marked];
        byte[] pick = new byte[marked];
        for (int i = 0; i < marked; i++) {
            sigma[i] = random.nextInt(4) == 0 ? rho[i] : rho[i] + (float) Math.exp(6 * random.nextDouble() - 3);
            pick[i] = (byte) random.nextInt(4);
        }
        return new Certificate.Multipliers(1, rho, theta, chosen, level, sigma, pick, lambda(p, random));
    }

    /// Random weights of the scenarios, where there are several; any that are not all 0 prove something.
    private static double[] lambda(CaptureProblem p, SplittableRandom random) {
        double[] lambda = new double[p.extras().hasBlocks() ? p.extras().scenarios() : 0];
        for (int k = 0; k < lambda.length; k++) {
            lambda[k] = 0.01 + 0.99 * random.nextDouble();
        }
        return lambda;
    }

    @Test
    void aSinglePointsCutHoldsForEverySubsetOfItsSites() {
        SplittableRandom random = new SplittableRandom(9);
        for (int trial = 0; trial < 3000; trial++) {
            Kernel kernel = trial % 2 == 0 ? new Kernel.Logit() : new Kernel.Nested(0.05 + 0.95 * random.nextDouble());
            double t = random.nextInt(3) == 0 ? 0 : Math.exp(4 * random.nextDouble() - 2);
            double rho = Math.exp(4 * random.nextDouble() - 2);
            double steep = kernel.slope(t + rho);
            double constant = kernel.rise(t, rho) - steep * rho;
            double[] r = new double[6];
            for (int j = 0; j < r.length; j++) {
                r[j] = Math.exp(4 * random.nextDouble() - 2);
            }
            for (int bits = 0; bits < 64; bits++) {
                double sum = 0;
                double cut = constant;
                for (int j = 0; j < r.length; j++) {
                    if ((bits >> j & 1) == 1) {
                        sum += r[j];
                        cut += r[j] <= rho ? steep * r[j] : kernel.rise(t, r[j]) - constant;
                    }
                }
                assertThat(kernel.rise(t, sum)).as("trial %d bits %d", trial, bits).isLessThanOrEqualTo(cut + 1e-14);
            }
        }
    }

    /// The verifier's lift around chosen sites 0 and 1 of six; where slopes vanish below the smallest number too.
    @Test
    void theVerifiersLiftHoldsForEverySubsetWhateverTheSizes() {
        SplittableRandom random = new SplittableRandom(12);
        for (int trial = 0; trial < 4000; trial++) {
            Curve curve = Curve.of(trial % 2 == 0 ? new Kernel.Logit() : new Kernel.Nested(0.05 + 0.95 * random.nextDouble()));
            double size = trial % 4 < 2 ? 1 : Math.pow(10, 400 * random.nextDouble() - 180);
            double t = trial % 3 == 0 ? 0 : size * Math.exp(4 * random.nextDouble() - 2);
            double[] r = new double[6];
            for (int j = 0; j < r.length; j++) {
                r[j] = size * Math.exp(4 * random.nextDouble() - 2);
            }
            double rho = random.nextInt(4) == 0 ? 0 : size * Math.exp(4 * random.nextDouble() - 2);
            double sigma = rho + (random.nextBoolean() ? 0 : size * random.nextDouble() * 5);
            VerifierLift lift = new VerifierLift(curve, t, r[0] + r[1], rho, sigma);
            for (int bits = 0; bits < 64; bits++) {
                double sum = 0;
                double cut = lift.constant();
                double terms = lift.size();
                for (int j = 0; j < r.length; j++) {
                    if ((bits >> j & 1) == 1) {
                        sum += r[j];
                        cut += j < 2 ? lift.ofChosen(r[j]) : lift.ofOther(r[j]);
                        terms += lift.sizeAt(r[j]);
                    }
                }
                assertThat(curve.between(t, sum)).as("trial %d bits %d size %g", trial, bits, size).isLessThanOrEqualTo(cut + Verifier.SLACK * terms);
            }
        }
    }

    @Test
    void kernelsAgreeWithTheVerifiersCurves() {
        SplittableRandom random = new SplittableRandom(4);
        for (int trial = 0; trial < 4000; trial++) {
            Kernel kernel = Problems.kernel(trial, random);
            double t = trial % 5 == 0 ? 0 : Math.exp(60 * random.nextDouble() - 30);
            double s = Math.exp(60 * random.nextDouble() - 30);
            Curve curve = Curve.of(kernel);
            double rise = kernel.rise(t, s);
            assertThat(rise).as("trial %d", trial).isCloseTo(curve.between(t, s), within(1e-13 * rise));
            assertThat(kernel.slope(t + s)).isCloseTo(curve.steepness(t + s), within(1e-13 * kernel.slope(t + s)));
            assertThat(kernel.rise(0, s)).isCloseTo(kernel.value(s), within(1e-13 * kernel.value(s)));
        }
    }

    private static Offset<Double> within(double tolerance) {
        return Offset.offset(Math.max(tolerance, Double.MIN_NORMAL));
    }
}
