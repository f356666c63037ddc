package xiaxiang.engine.effect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.NormalDistribution;
import xiaxiang.engine.effect.SyntheticBlock.Split;
import xiaxiang.engine.effect.SyntheticEstimate.Weight;

/// How sure a synthetic method can be: placebos in space and time, the jackknife, donors left out one by one, and permuted residuals.
///
/// One treated unit has no sampling error of its own: what is reported is how far the method misses where nothing happened.
public final class SyntheticErrors {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final List<SyntheticBlock> blocks;
    private final SyntheticMethod method;
    private final double estimate;

    private SyntheticErrors(List<SyntheticBlock> blocks, SyntheticMethod method, double estimate) {
        this.blocks = blocks;
        this.method = method;
        this.estimate = estimate;
    }

    /// A standard error with the interval and p that the normal distribution gives around the estimate with it: one procedure for both.
    public record Interval(String name, double standardError, double low, double high, double p) {}

    /// Placebos in space. `interval` takes their standard deviation (divisor: their number) for the standard error, as synthdid does. `rankP` is the share of placebos
    /// at least as far from 0 as the estimate, the estimate counted in; `ratioRankP` the same of the root mean square gap after treatment over before
    /// (Abadie), NaN with several cohorts. `all` is true where every choice of stand-ins was tried.
    public record Placebos(Interval interval, double rankP, double ratioRankP, List<Double> estimates, boolean all) {
        public Placebos {
            estimates = List.copyOf(estimates);
        }
    }

    /// What an error needs, or why it cannot be had.
    public sealed interface Outcome<T> {
        /// It was computed.
        record Known<T>(T value) implements Outcome<T> {}

        /// It cannot be, and why.
        record Refused<T>(Notice why) implements Outcome<T> {}
    }

    /// The errors of a method on a panel it can be used on. Throws IllegalArgumentException where [SyntheticEstimate#of] refuses.
    public static SyntheticErrors of(Panel panel, SyntheticMethod method) {
        List<SyntheticBlock> blocks = switch (SyntheticBlock.split(panel, method)) {
            case Split.Blocks(List<SyntheticBlock> of, var _) -> of;
            case Split.Refused(List<Notice> why) -> throw new IllegalArgumentException(why.toString());
        };
        SyntheticMethod fixed = fixed(blocks, method);
        return new SyntheticErrors(blocks, fixed, estimate(blocks, fixed));
    }

    /// A ridge penalty is chosen once, on the real cohort, and kept in every placebo, as augsynth does; with several cohorts each chooses anew.
    private static SyntheticMethod fixed(List<SyntheticBlock> blocks, SyntheticMethod method) {
        return method instanceof RidgeSyntheticControl ridge && blocks.size() == 1 ? ridge.with(ridge.weigh(blocks.getFirst()).penalty) : method;
    }

    private static double estimate(List<SyntheticBlock> blocks, SyntheticMethod method) {
        return SyntheticEstimate.mean(blocks, blocks.stream().map(b -> method.weigh(b).estimate(b)).toList());
    }

    /// Pretends that donors were treated in the place of the treated, as many and when they were, without these: every choice where there are at most `most`, else
    /// `most` drawn with `seed`. `level` is the interval's, such as .95. Cost: the method's, each time; in parallel.
    public Outcome<Placebos> inSpace(int most, long seed, double level) {
        int treated = blocks.stream().mapToInt(b -> b.treatedUnit.length).sum();
        int donors = blocks.getFirst().donors();
        if (donors < treated + 2) return new Outcome.Refused<>(Notice.of(Notice.Kind.NO_PLACEBOS, treated + 2));
        boolean all = blocks.size() == 1 && choices(donors, treated) <= most;
        List<int[]> chosen = all ? subsets(donors, treated) : IntStream.range(0, most).mapToObj(k -> draw(donors, treated, seed, k)).toList();
        double[][] fits = chosen.parallelStream().map(c -> fit(world(c))).toArray(double[][]::new);
        double[] estimates = Stream.of(fits).mapToDouble(f -> f[0]).toArray();
        double squares = 0;
        double mean = DoubleStream.of(estimates).sum() / estimates.length;
        for (double e : estimates) squares += (e - mean) * (e - mean);
        Interval interval = interval("placebo in space", Math.sqrt(squares / estimates.length), level);
        double ratioP = blocks.size() > 1 ? Double.NaN : rank(Stream.of(fits).mapToDouble(f -> f[1]).toArray(), fit(blocks)[1]);
        return new Outcome.Known<>(new Placebos(interval, rank(DoubleStream.of(estimates).map(Math::abs).toArray(), Math.abs(estimate)), ratioP,
                DoubleStream.of(estimates).boxed().toList(), all));
    }

    private Interval interval(String name, double standardError, double level) {
        double z = NORMAL.inverseSurvivalProbability((1 - level) / 2);
        double p = standardError > 0 ? 2 * NORMAL.survivalProbability(Math.abs(estimate) / standardError) : Double.NaN;
        return new Interval(name, standardError, estimate - z * standardError, estimate + z * standardError, p);
    }

    private static double rank(double[] placebos, double own) {
        return (1.0 + DoubleStream.of(placebos).filter(x -> x >= own * (1 - 1e-12)).count()) / (1 + placebos.length);
    }

    /// The estimate, and the root mean square gap of the first cohort after treatment over that before.
    private double[] fit(List<SyntheticBlock> world) {
        List<SyntheticWeights> weights = world.stream().map(method::weigh).toList();
        List<Double> estimates = IntStream.range(0, world.size()).mapToObj(k -> weights.get(k).estimate(world.get(k))).toList();
        return new double[] {SyntheticEstimate.mean(world, estimates), ratio(world.getFirst(), weights.getFirst())};
    }

    private static double ratio(SyntheticBlock block, SyntheticWeights weights) {
        double[] gap = weights.gaps(block);
        double before = 0;
        double after = 0;
        for (int t = 0; t < gap.length; t++) {
            if (t < block.before) before += gap[t] * gap[t];
            else after += gap[t] * gap[t];
        }
        return Math.sqrt(after / block.after() / (before / block.before));
    }

    /// The first of the chosen donors stand in for the first cohort, the next for the second, and so on; the others stay donors.
    private List<SyntheticBlock> world(int[] chosen) {
        int[] others = IntStream.range(0, blocks.getFirst().donors()).filter(i -> IntStream.of(chosen).noneMatch(c -> c == i)).toArray();
        List<SyntheticBlock> world = new ArrayList<>();
        int from = 0;
        for (SyntheticBlock block : blocks) {
            int to = from + block.treatedUnit.length;
            world.add(block.placebo(java.util.Arrays.copyOfRange(chosen, from, to), others));
            from = to;
        }
        return world;
    }

    private static double choices(int n, int k) {
        double c = 1;
        for (int i = 0; i < k; i++) c = c * (n - i) / (i + 1);
        return c;
    }

    private static List<int[]> subsets(int n, int k) {
        List<int[]> out = new ArrayList<>();
        int[] at = IntStream.range(0, k).toArray();
        while (true) {
            out.add(at.clone());
            int i = k - 1;
            while (i >= 0 && at[i] == n - k + i) i--;
            if (i < 0) return out;
            at[i]++;
            for (int j = i + 1; j < k; j++) at[j] = at[j - 1] + 1;
        }
    }

    private static int[] draw(int n, int k, long seed, int number) {
        UniformRandomProvider random = generator(seed, number);
        int[] all = IntStream.range(0, n).toArray();
        for (int i = 0; i < k; i++) {
            int j = i + random.nextInt(n - i);
            int swap = all[i];
            all[i] = all[j];
            all[j] = swap;
        }
        return java.util.Arrays.copyOf(all, k);
    }

    /// A stream of its own for each unit of work, so that threads do not matter.
    static UniformRandomProvider generator(long seed, int number) {
        return RandomSource.XO_SHI_RO_256_PP.create(seed + 0x9E3779B97F4A7C15L * (number + 1L));
    }

    /// Pretends that treatment began `earlier` periods sooner, on the periods before it really did. Should be near 0. Cohorts with too few periods are left out.
    public Outcome<Double> inTime(int earlier) {
        List<SyntheticBlock> sooner = blocks.stream().filter(b -> earlier > 0 && b.before - earlier >= method.needs()).map(b -> b.earlier(earlier)).toList();
        if (sooner.isEmpty()) return new Outcome.Refused<>(Notice.of(Notice.Kind.NO_PLACEBO_IN_TIME, earlier + method.needs()));
        return new Outcome.Known<>(estimate(sooner, method));
    }

    /// The estimate without each donor that has a weight, in turn, by the panel's unit: how much hangs on one of them.
    public List<Weight> leaveOneOut() {
        List<Weight> out = new ArrayList<>();
        int donors = blocks.getFirst().donors();
        if (donors < 3) return out;
        boolean[] weighs = new boolean[donors];
        for (SyntheticBlock block : blocks) {
            double[] w = method.weigh(block).unit;
            for (int i = 0; i < donors; i++) weighs[i] |= w[i] != 0;
        }
        int[] at = IntStream.range(0, donors).filter(i -> weighs[i]).toArray();
        double[] without = IntStream.of(at).parallel().mapToDouble(i -> estimate(blocks.stream().map(b -> b.withoutDonor(i)).toList(), method)).toArray();
        for (int k = 0; k < at.length; k++) out.add(new Weight(blocks.getFirst().donorUnit[at[k]], without[k]));
        return out;
    }

    /// The jackknife over all units with weights held fixed (those of donors made to sum to 1 again). Needs two treated units in every cohort.
    /// Source: Arkhangelsky et al. (2021), Algorithm 3.
    public Outcome<Interval> jackknife(double level) {
        for (SyntheticBlock block : blocks)
            if (block.treatedUnit.length < 2) return new Outcome.Refused<>(new Notice(Notice.Kind.NO_JACKKNIFE, 1, block.cohort, -1));
        List<SyntheticWeights> weights = blocks.stream().map(method::weigh).toList();
        for (int b = 0; b < blocks.size(); b++)
            if (DoubleStream.of(weights.get(b).unit).filter(x -> x != 0).count() < 2) return new Outcome.Refused<>(new Notice(Notice.Kind.NO_JACKKNIFE, 1, blocks.get(b).cohort, -1));
        List<Double> without = new ArrayList<>();
        for (int i = 0; i < blocks.getFirst().donors(); i++) without.add(without(weights, i, -1, -1));
        for (int b = 0; b < blocks.size(); b++) for (int i = 0; i < blocks.get(b).treatedUnit.length; i++) without.add(without(weights, -1, b, i));
        int n = without.size();
        double mean = without.stream().mapToDouble(Double::doubleValue).sum() / n;
        double squares = 0;
        for (double x : without) squares += (x - mean) * (x - mean);
        return new Outcome.Known<>(interval("jackknife", Math.sqrt((n - 1.0) / n * squares), level));
    }

    private double without(List<SyntheticWeights> weights, int donor, int cohort, int unit) {
        double sum = 0;
        double size = 0;
        for (int b = 0; b < blocks.size(); b++) {
            SyntheticBlock block = blocks.get(b);
            SyntheticWeights w = weights.get(b);
            int count = block.treatedUnit.length - (b == cohort ? 1 : 0);
            double e = 0;
            for (int i = 0; i < block.treatedUnit.length; i++) if (b != cohort || i != unit) e += change(w, block, block.treated, i) / count;
            double left = donor < 0 ? 1 : 1 - w.unit[donor];
            for (int i = 0; i < block.donors(); i++) if (i != donor) e -= change(w, block, block.donor, i) * (left == 0 ? 1.0 / (block.donors() - 1) : w.unit[i] / left);
            sum += e * count * block.after();
            size += (double) count * block.after();
        }
        return sum / size;
    }

    /// A unit's mean after treatment less its weighted mean before.
    private static double change(SyntheticWeights w, SyntheticBlock block, double[] rows, int i) {
        double change = SyntheticControl.mean(rows, i * block.periods + block.before, block.after());
        for (int t = 0; t < block.before; t++) change -= w.period[t] * rows[i * block.periods + t];
        return change;
    }

    /// Permutes the gaps of a fit on all periods as if there were no effect: the share of `draws` permutations whose sum of absolute gaps after treatment is at
    /// least the real one, that counted in. For one cohort. Source: Chernozhukov, Wüthrich and Zhu (2021), independent permutations; augsynth's conformal p.
    public Outcome<Double> conformal(int draws, long seed) {
        if (blocks.size() > 1 || method instanceof SyntheticDid) return new Outcome.Refused<>(Notice.of(Notice.Kind.NO_PERMUTATION, blocks.size()));
        SyntheticBlock block = blocks.getFirst();
        SyntheticBlock all = block.allBefore();
        double[] gap = method.weigh(all).gaps(all);
        double own = tail(gap, block.before);
        long count = IntStream.range(0, draws).parallel().filter(k -> {
            int[] order = draw(gap.length, gap.length, seed, k);
            return tail(IntStream.of(order).mapToDouble(i -> gap[i]).toArray(), block.before) >= own * (1 - 1e-12);
        }).count();
        return new Outcome.Known<>((1.0 + count) / (1 + draws));
    }

    private static double tail(double[] gap, int from) {
        double sum = 0;
        for (int t = from; t < gap.length; t++) sum += Math.abs(gap[t]);
        return sum;
    }
}
