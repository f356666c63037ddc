package xiaxiang.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
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

/// Worlds where choices come from a nest, or from none: four alternatives, the first two in a nest; utilities 1.0 x - 0.5 y + 0 z and constants, x, y, z even on (-1, 1).
/// Coverage is that of x, whose truth is 1; rejection that of z, whose truth is 0.
final class NestGate {
    private static final int CASES = 1000;
    private static final int ALTERNATIVES = 4;
    private static final int WORLDS = 2_000;
    private static final double NORMAL_95 = 1.959963984540054;
    private static final double[] TRUTH = {1, -.5, 0, .3, -.2, .4};

    private NestGate() {}

    static List<GateRow> rows() {
        List<GateRow> rows = new ArrayList<>();
        for (Covariance.Kind kind : List.of(Covariance.Kind.HESSIAN, Covariance.Kind.SANDWICH)) {
            String errors = ", " + kind.name().toLowerCase(Locale.ROOT);
            rows.add(new GateRow("nests", "choices from a nest, mu 2", "nested logit" + errors, WORLDS, true, seed -> judged(2, true, kind, seed)));
            rows.add(new GateRow("nests", "choices from a nest, mu 2", "multinomial logit, the nest left out" + errors, WORLDS, false, seed -> judged(2, false, kind, seed)));
            rows.add(new GateRow("nests", "no nest", "multinomial logit" + errors, WORLDS, true, seed -> judged(1, false, kind, seed)));
            rows.add(new GateRow("nests", "no nest", "nested logit" + errors, WORLDS, true, seed -> judged(1, true, kind, seed)));
        }
        return rows;
    }

    private static GateRow.Replication judged(double mu, boolean nested, Covariance.Kind kind, long seed) {
        ChoiceFit fit = fitted(mu, nested, seed);
        Covariance covariance = fit.covariance(kind);
        boolean covered = Math.abs(fit.estimate(0) - TRUTH[0]) <= NORMAL_95 * covariance.error(0);
        boolean rejected = Math.abs(fit.estimate(2)) > NORMAL_95 * covariance.error(2);
        return new GateRow.Replication(covered, rejected, false, nested ? "" : suspicion(fit));
    }

    /// What `choice fit` says of nests that a model lacks.
    private static String suspicion(ChoiceFit fit) {
        return fit.nestScores().stream().anyMatch(score -> score.p() < .01) ? "a nest is missing" : "";
    }

    private static ChoiceFit fitted(double mu, boolean withNest, long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        boolean[][] available = new boolean[ALTERNATIVES][CASES];
        for (boolean[] a : available) Arrays.fill(a, true);
        List<Utility> utilities = IntStream.range(0, ALTERNATIVES).<Utility>mapToObj(j -> utility(random, j)).toList();
        Choices unknown = Choices.wide(available, new int[CASES]);
        Nests nests = new Nests(Nests.Convention.SCALE, List.of(Nest.of("near", 6, 0, 1)));
        ChoiceModel nested = new ChoiceModel(unknown, utilities, IntStream.range(0, 7).mapToObj(p -> Parameter.free("b" + p, p == 6 ? 1 : 0)).toList(), nests, Mixture.NONE);
        double[] truth = Arrays.copyOf(TRUTH, 7);
        truth[6] = mu;
        Choices chosen = unknown.choosing(Prediction.of(nested, truth).simulate(random.nextLong()));
        return fit(withNest ? nested.on(chosen, utilities) : new ChoiceModel(chosen, utilities, nested.parameters().subList(0, 6)));
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
