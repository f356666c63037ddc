package xiaxiang.engine.choice;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// How many draws an individual's random coefficients are integrated with, and which.
///
/// Halton: coefficient q takes the sequence of the q-th prime, its first 100 numbers dropped; individual u takes the numbers from u x `number` on.
/// Pseudo-random: each individual has its own generator, seeded by `seed` and u. Source: Train (2009), 9.3.
public record Draws(Type type, int number, long seed) {
    /// Where draws come from.
    public enum Type {
        /// Evenly spread numbers: as exact as ten times as many pseudo-random ones in few dimensions.
        HALTON,
        /// Independent numbers by the seed.
        PSEUDO_RANDOM
    }

    private static final int DROPPED = 100;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /// Throws IllegalArgumentException for fewer than 1 draw.
    public Draws {
        if (number < 1) throw new IllegalArgumentException("The number of draws (" + number + ") must be at least 1.");
    }

    /// The standard draws of one individual, a stream for each coefficient, to be read in blocks.
    Stream of(int individual, java.util.List<RandomCoefficient> coefficients) {
        return new Stream(individual, coefficients);
    }

    final class Stream {
        private final java.util.List<RandomCoefficient> coefficients;
        private final Halton[] halton;
        private final UniformRandomProvider random;

        private Stream(int individual, java.util.List<RandomCoefficient> coefficients) {
            this.coefficients = coefficients;
            halton = new Halton[type == Type.HALTON ? coefficients.size() : 0];
            int prime = 1;
            for (int q = 0; q < halton.length; q++) {
                prime = nextPrime(prime);
                halton[q] = new Halton(prime, DROPPED + (long) individual * number);
            }
            random = RandomSource.XO_SHI_RO_256_PP.create(mixed(seed + mixed(individual + 1L)));
        }

        /// Fills `z[q][0 .. count - 1]` with the next draws.
        void next(double[][] z, int count) {
            for (int q = 0; q < coefficients.size(); q++)
                for (int r = 0; r < count; r++) {
                    double u = type == Type.HALTON ? halton[q].next() : Math.max(random.nextDouble(), 0x1p-54);
                    z[q][r] = switch (coefficients.get(q).distribution()) {
                        case NORMAL, LOG_NORMAL -> NORMAL.inverseCumulativeProbability(u);
                        case UNIFORM -> 2 * u - 1;
                        case TRIANGULAR -> u < .5 ? Math.sqrt(2 * u) - 1 : 1 - Math.sqrt(2 * (1 - u));
                    };
                }
        }
    }

    private static long mixed(long x) {
        long z = (x ^ (x >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }

    private static int nextPrime(int after) {
        for (int p = after + 1; ; p++) {
            boolean prime = true;
            for (int d = 2; d * d <= p; d++) prime &= p % d != 0;
            if (prime) return p;
        }
    }

    /// A Halton sequence: digits in base `prime`, mirrored at the point. The next number costs little more than one digit.
    static final class Halton {
        private final int prime;
        private final int[] digit = new int[64];
        /// Value of the digits from this one on.
        private final double[] rest = new double[65];
        private final double[] worth = new double[64];

        /// Stands before number `index` (from 0) of the sequence 1/p, 2/p, ...
        Halton(int prime, long index) {
            this.prime = prime;
            double w = 1;
            long left = index;
            for (int d = 0; d < 64; d++) {
                w /= prime;
                worth[d] = w;
                digit[d] = (int) (left % prime);
                left /= prime;
            }
            for (int d = 63; d >= 0; d--) rest[d] = rest[d + 1] + digit[d] * worth[d];
        }

        double next() {
            int d = 0;
            while (digit[d] == prime - 1) digit[d++] = 0;
            digit[d]++;
            for (; d >= 0; d--) rest[d] = rest[d + 1] + digit[d] * worth[d];
            return rest[0];
        }
    }
}
