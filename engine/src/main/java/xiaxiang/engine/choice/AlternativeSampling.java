package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/// Draws a few alternatives of each case's many, always with the chosen one, so that national choice sets can be estimated from.
///
/// A multinomial logit of the sample is consistent if -ln q, q the odds of the sample had that alternative been chosen, is added to each utility; the samples
/// carry it. Nested and mixed logits are then only approximate. Source: McFadden (1978); Ben-Akiva and Lerman (1985), 9.3.
public final class AlternativeSampling {
    private AlternativeSampling() {}

    /// The chosen alternative and `size - 1` of the others, each as likely (all of them where there are fewer). The correction is the same for all: 0.
    public static Choices uniform(Choices choices, int size, long seed) {
        return sample(choices, seed, (random, n, times) -> {
            int base = choices.first[n];
            int[] others = IntStream.range(base, choices.first[n + 1]).filter(r -> r != choices.chosen[n]).toArray();
            int wanted = Math.min(size - 1, others.length);
            for (int i = 0; i < wanted; i++) {
                int j = i + random.nextInt(others.length - i);
                int r = others[j];
                others[j] = others[i];
                times[r - base] = 1;
            }
            times[choices.chosen[n] - base] = 1;
        }, Terms.NONE);
    }

    /// `draws` draws with replacement, each row of a case as likely as its `importance` (one a row, above 0) says, and the chosen one added once; a row drawn
    /// k times is corrected by ln(k / importance). Source: Ben-Akiva and Lerman (1985), importance sampling with replacement.
    public static Choices importance(Choices choices, double[] importance, int draws, long seed) {
        if (importance.length != choices.rows()) throw new IllegalArgumentException("Expected the importance of " + choices.rows() + " rows, got " + importance.length + ".");
        for (double q : importance) if (!(q > 0 && q < Double.POSITIVE_INFINITY)) throw new IllegalArgumentException("An importance (" + q + ") must be above 0.");
        return sample(choices, seed, (random, n, times) -> {
            int base = choices.first[n];
            double[] upTo = new double[times.length];
            for (int r = 0; r < upTo.length; r++) upTo[r] = (r == 0 ? 0 : upTo[r - 1]) + importance[base + r];
            for (int d = 0; d < draws; d++) {
                int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
                times[Math.min(at < 0 ? -at - 1 : at + 1, times.length - 1)]++;
            }
            times[choices.chosen[n] - base]++;
        }, importance);
    }

    private interface Sampler {
        /// Writes how often each row of case n is drawn.
        void draw(UniformRandomProvider random, int n, int[] times);
    }

    private static Choices sample(Choices choices, long seed, Sampler sampler, double[] importance) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        int[] kept = new int[choices.rows()];
        double[] offset = new double[choices.rows()];
        int rows = 0;
        int[] first = new int[choices.cases() + 1];
        for (int n = 0; n < choices.cases(); n++) {
            if (choices.chosen[n] < 0) throw new IllegalArgumentException("The choice of case " + n + " is unknown or was not available.");
            int base = choices.first[n];
            int[] times = new int[choices.first[n + 1] - base];
            sampler.draw(random, n, times);
            for (int r = 0; r < times.length; r++) {
                if (times[r] == 0) continue;
                offset[rows] = importance.length == 0 ? 0 : Math.log(times[r] / importance[base + r]);
                kept[rows++] = base + r;
            }
            first[n + 1] = rows;
        }
        return choices.of(first, Arrays.copyOf(kept, rows), Arrays.copyOf(offset, rows));
    }
}
