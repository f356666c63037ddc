package xiaxiang.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import xiaxiang.engine.choice.ChoiceEstimator;
import xiaxiang.engine.choice.ChoiceFit;
import xiaxiang.engine.choice.ChoiceModel;
import xiaxiang.engine.choice.ChoiceOutcome;
import xiaxiang.engine.choice.Choices;
import xiaxiang.engine.choice.Covariance;
import xiaxiang.engine.choice.Mixture;
import xiaxiang.engine.choice.Nest;
import xiaxiang.engine.choice.Nests;
import xiaxiang.engine.choice.Parameter;
import xiaxiang.engine.choice.Prediction;
import xiaxiang.engine.choice.Utility;

/// `xiaxiang bench nests`: how often intervals hold the truth and tests reject it where choices come from a nest, and the model knows of it or does not.
///
/// Four alternatives, the first two in a nest; utilities 1.0 x - 0.5 y + 0 z and constants, x, y, z even on (-1, 1). Each replication has its own seed.
@Command(name = "nests", mixinStandardHelpOptions = true, description = "Simulation gate: coverage and size of choice models under right and wrong nests.")
final class NestGate implements Callable<Integer> {
    private static final int CASES = 1000;
    private static final int ALTERNATIVES = 4;
    private static final double NORMAL_95 = 1.959963984540054;
    private static final double CHI_95 = 3.841458820694124;
    private static final List<Covariance.Kind> KINDS = List.of(Covariance.Kind.HESSIAN, Covariance.Kind.SANDWICH);
    private static final List<String> NAMES = List.of("x", "y", "z", "constant 1", "constant 2", "constant 3", "mu");
    private static final double[] TRUTH = {1, -.5, 0, .3, -.2, .4};

    @Option(names = "--replications", defaultValue = "2000", description = "Data sets drawn from each truth (default: ${DEFAULT-VALUE}).")
    private int replications;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the first (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() {
        System.out.println(Machine.line());
        System.out.println();
        System.out.println("| truth | fitted | quantity | errors | mean | truth | 95% covers | 5% test rejects | gate |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (double mu : new double[] {1, 2}) rows(mu).forEach(System.out::println);
        return 0;
    }

    /// The table's rows for one truth.
    private List<String> rows(double mu) {
        List<Replication> all = IntStream.range(0, replications).parallel().mapToObj(r -> replication(mu, seed + r)).toList();
        List<String> rows = new ArrayList<>();
        for (boolean nested : new boolean[] {false, true})
            for (Covariance.Kind kind : KINDS)
                for (int p : nested ? new int[] {0, 1, 2, 6} : new int[] {0, 1, 2}) rows.add(row(mu, nested, kind, p, all));
        double rejected = all.stream().mapToDouble(r -> r.gain > CHI_95 ? 1 : 0).average().orElse(Double.NaN);
        rows.add(String.format(Locale.ROOT, "| mu %.0f | both | likelihood ratio of mu = 1 | | | | | %.1f%% | %s |", mu, 100 * rejected, mu == 1 ? gate(1 - rejected) : "power"));
        return rows;
    }

    private static String row(double mu, boolean nested, Covariance.Kind kind, int p, List<Replication> all) {
        double truth = p == 6 ? mu : TRUTH[p];
        int fitted = nested ? 1 : 0;
        int errors = KINDS.indexOf(kind);
        double mean = all.stream().mapToDouble(r -> r.estimate[fitted][p]).average().orElse(Double.NaN);
        double part = all.stream().mapToDouble(r -> Math.abs(r.estimate[fitted][p] - truth) <= NORMAL_95 * r.error[fitted][errors][p] ? 1 : 0).average().orElse(Double.NaN);
        return String.format(Locale.ROOT, "| mu %.0f | %s | %s | %s | %.4f | %.1f | %.1f%% | %.1f%% | %s |", mu, nested ? "nested" : "multinomial", NAMES.get(p), kind.name().toLowerCase(Locale.ROOT), mean, truth,
                100 * part, 100 * (1 - part), gate(part));
    }

    /// What part of intervals that cover, or of tests that do not reject, is worth.
    private static String gate(double covered) {
        if (covered >= .94 && covered <= .96) return "holds";
        return covered >= .93 && covered <= .97 ? "interval holds, test does not" : "FAILS";
    }

    /// The estimates of the multinomial (0) and the nested (1) fit of one data set, their errors of each kind, and twice the nest's gain in log-likelihood.
    private static final class Replication {
        final double[][] estimate = new double[2][];
        final double[][][] error = new double[2][KINDS.size()][];
        final double gain;

        Replication(ChoiceFit plain, ChoiceFit nested) {
            gain = 2 * (nested.logLikelihood() - plain.logLikelihood());
            for (int fitted = 0; fitted < 2; fitted++) {
                ChoiceFit fit = fitted == 0 ? plain : nested;
                estimate[fitted] = fit.parameters();
                for (int e = 0; e < KINDS.size(); e++) {
                    Covariance covariance = fit.covariance(KINDS.get(e));
                    error[fitted][e] = IntStream.range(0, covariance.size()).mapToDouble(covariance::error).toArray();
                }
            }
        }
    }

    private static Replication replication(double mu, long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        boolean[][] available = new boolean[ALTERNATIVES][CASES];
        for (boolean[] a : available) Arrays.fill(a, true);
        List<Utility> utilities = IntStream.range(0, ALTERNATIVES).<Utility>mapToObj(j -> utility(random, j)).toList();
        Choices unknown = Choices.wide(available, new int[CASES]);
        Nests nests = new Nests(Nests.Convention.SCALE, List.of(Nest.of("near", 6, 0, 1)));
        ChoiceModel nested = new ChoiceModel(unknown, utilities, IntStream.range(0, NAMES.size()).mapToObj(p -> Parameter.free(NAMES.get(p), p == 6 ? 1 : 0)).toList(), nests, Mixture.NONE);
        double[] truth = Arrays.copyOf(TRUTH, 7);
        truth[6] = mu;
        Choices chosen = unknown.choosing(Prediction.of(nested, truth).simulate(random.nextLong()));
        ChoiceFit withNest = fit(nested.on(chosen, utilities));
        ChoiceFit without = fit(new ChoiceModel(chosen, utilities, nested.parameters().subList(0, 6)));
        return new Replication(without, withNest);
    }

    private static Utility utility(UniformRandomProvider random, int alternative) {
        double[] one = new double[CASES];
        Arrays.fill(one, 1);
        double[][] xyz = new double[3][CASES];
        for (double[] x : xyz) for (int n = 0; n < CASES; n++) x[n] = 2 * random.nextDouble() - 1;
        if (alternative == 0) return new Utility.Linear(new double[CASES], new int[] {0, 1, 2}, xyz);
        return new Utility.Linear(new double[CASES], new int[] {0, 1, 2, 2 + alternative}, new double[][] {xyz[0], xyz[1], xyz[2], one});
    }

    private static ChoiceFit fit(ChoiceModel model) {
        return switch (ChoiceEstimator.fit(model)) {
            case ChoiceOutcome.Fitted(ChoiceFit fit) -> fit;
            case ChoiceOutcome.Refused(List<String> reasons) -> throw new IllegalStateException(reasons.toString());
        };
    }
}
