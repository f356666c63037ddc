package xiaxiang.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What cannot be known is said, and by name.
class BadChoicesTest {
    private static final int N = 40;
    private static final double[] X = IntStream.range(0, N).mapToDouble(n -> Math.sin(n + 1)).toArray();
    private static final double[] SIGN = IntStream.range(0, N).mapToDouble(n -> n % 4 < 2 ? 1 : 0).toArray();

    private static boolean[][] all() {
        boolean[][] available = new boolean[2][N];
        for (boolean[] a : available) Arrays.fill(a, true);
        return available;
    }

    /// Alternative 1 is chosen in every other case.
    private static int[] everyOther() {
        return IntStream.range(0, N).map(n -> n % 2).toArray();
    }

    private static ChoiceModel model(int[] chosen, boolean[][] available, Utility first, Utility second, Parameter... parameters) {
        return new ChoiceModel(Choices.wide(available, chosen), List.of(first, second), List.of(parameters));
    }

    private static List<String> refusal(ChoiceModel model) {
        return switch (ChoiceEstimator.fit(model)) {
            case ChoiceOutcome.Fitted _ -> List.of();
            case ChoiceOutcome.Refused(List<String> reasons) -> reasons;
        };
    }

    @Test
    void aChoiceThatWasNotAvailableIsRefused() {
        boolean[][] available = all();
        available[1][3] = available[1][5] = false;
        available[0][4] = false;
        ChoiceModel model = model(everyOther(), available, Models.linear(N), Models.linear(N, 0, X), Parameter.free("b", 0));
        assertThat(refusal(model)).singleElement().asString().contains("In 3 cases").contains("3, 4, 5");
        double[] weight = Models.ones(N);
        weight[3] = weight[4] = weight[5] = 0;
        assertThat(refusal(model.on(model.choices().weighted(weight), model.utilities()))).isEmpty();
    }

    @Test
    void aMissingValueIsRefusedByCase() {
        double[] x = X.clone();
        x[7] = Double.NaN;
        assertThat(refusal(model(everyOther(), all(), Models.linear(N), Models.linear(N, 0, x), Parameter.free("b", 0)))).singleElement().asString().contains("case 7").contains("NaN");
        boolean[][] available = all();
        available[1][6] = false;
        x[7] = 0;
        x[6] = Double.NaN;
        assertThat(refusal(model(everyOther(), available, Models.linear(N), Models.linear(N, 0, x), Parameter.free("b", 0)))).isEmpty();
    }

    @Test
    void constantsOfAllAlternativesAreToldOnlyApart() {
        ChoiceFit fit = Models.fit(model(everyOther(), all(), Models.linear(N, 0, Models.ones(N)), Models.linear(N, 1, Models.ones(N), 2, X), Parameter.free("a", 0), Parameter.free("b", 0), Parameter.free("x", 0)));
        assertThat(fit.converged()).isTrue();
        assertThat(fit.identification().directions()).containsExactly(List.of(0, 1));
        assertThat(fit.warnings()).singleElement().asString().contains("combinations of a, b");
        Covariance errors = fit.covariance(Covariance.Kind.HESSIAN);
        assertThat(errors.error(0)).isNaN();
        ChoiceFit one = Models.fit(model(everyOther(), all(), Models.linear(N), Models.linear(N, 0, Models.ones(N), 1, X), Parameter.free("b", 0), Parameter.free("x", 0)));
        assertThat(errors.error(2)).isCloseTo(one.covariance(Covariance.Kind.HESSIAN).error(1), within(1e-10));
        assertThat(fit.estimate(1) - fit.estimate(0)).isCloseTo(one.estimate(0), within(1e-9));
        for (Covariance.Kind kind : List.of(Covariance.Kind.BHHH, Covariance.Kind.SANDWICH)) assertThat(fit.covariance(kind).error(2)).isCloseTo(one.covariance(kind).error(1), within(1e-9));
    }

    @Test
    void aParameterUsedNowhereIsNamed() {
        ChoiceFit fit = Models.fit(model(everyOther(), all(), Models.linear(N), Models.linear(N, 0, X), Parameter.free("b", 0), Parameter.free("idle", 2)));
        assertThat(fit.warnings()).containsExactly("Parameter idle is used nowhere: it cannot be known.");
        assertThat(fit.estimate(1)).isEqualTo(2);
        assertThat(fit.covariance(Covariance.Kind.HESSIAN).error(1)).isNaN();
        assertThat(fit.covariance(Covariance.Kind.HESSIAN).error(0)).isPositive();
    }

    @Test
    void aConstantNeverChosenRunsOff() {
        ChoiceFit fit = Models.fit(model(new int[N], all(), Models.linear(N, 1, X), Models.linear(N, 0, Models.ones(N)), Parameter.free("constant", 0), Parameter.free("x", 0)));
        assertThat(fit.identification().separated()).contains(0);
        assertThat(fit.covariance(Covariance.Kind.HESSIAN).error(0)).isNaN();
        assertThat(fit.warnings().getFirst()).contains("separated").contains("constant");
    }

    @Test
    void quasiCompleteSeparationByOneColumnLeavesTheOtherKnown() {
        // Where SIGN is 1 the second alternative is always chosen; elsewhere both are.
        int[] chosen = IntStream.range(0, N).map(n -> SIGN[n] == 1 || n % 4 == 2 ? 1 : 0).toArray();
        ChoiceFit fit = Models.fit(model(chosen, all(), Models.linear(N), Models.linear(N, 0, Models.ones(N), 1, SIGN, 2, X), Parameter.free("constant", 0), Parameter.free("sign", 0), Parameter.free("x", 0)));
        assertThat(fit.identification().separated()).containsExactly(1);
        Covariance errors = fit.covariance(Covariance.Kind.HESSIAN);
        assertThat(errors.error(1)).isNaN();
        assertThat(errors.error(0)).isPositive();
        assertThat(errors.error(2)).isPositive();
    }

    @Test
    void separationByTwoColumnsTogether() {
        // Chosen by the sign of x + y / 2 alone; neither x nor y alone does it.
        double[] y = IntStream.range(0, N).mapToDouble(n -> Math.cos(3.0 * n)).toArray();
        int[] chosen = IntStream.range(0, N).map(n -> X[n] + y[n] / 2 > 0 ? 1 : 0).toArray();
        ChoiceFit fit = Models.fit(model(chosen, all(), Models.linear(N), Models.linear(N, 0, X, 1, y), Parameter.free("x", 0), Parameter.free("y", 0)));
        assertThat(fit.identification().separated()).containsExactly(0, 1);
        assertThat(fit.covariance(Covariance.Kind.HESSIAN).error(0)).isNaN();
    }

    @Test
    void aBoundThatHoldsIsSaid() {
        ChoiceFit free = Models.fit(model(everyOther(), all(), Models.linear(N), Models.linear(N, 0, X), Parameter.free("b", 0)));
        double to = free.estimate(0);
        Parameter bounded = new Parameter("b", 0, false, Math.min(0, to / 2), Math.max(0, to / 2));
        ChoiceFit fit = Models.fit(model(everyOther(), all(), Models.linear(N), Models.linear(N, 0, X), bounded));
        assertThat(fit.estimate(0)).isEqualTo(to / 2);
        assertThat(fit.warnings()).singleElement().asString().contains("held by its bound");
        assertThat(fit.covariance(Covariance.Kind.SANDWICH).error(0)).isNaN();
    }

    @Test
    void fewClustersAreWarnedOf() {
        ChoiceFit fit = Models.fit(model(everyOther(), all(), Models.linear(N), Models.linear(N, 0, X), Parameter.free("b", 0)));
        Covariance few = fit.clustered(IntStream.range(0, N).map(n -> n / 8).toArray());
        assertThat(few.units()).isEqualTo(5);
        assertThat(few.warnings()).singleElement().asString().contains("5 independent units");
        assertThat(fit.covariance(Covariance.Kind.SANDWICH).warnings()).isEmpty();
    }

    @Test
    void aModelWithNothingToEstimateIsEvaluated() {
        ChoiceFit fit = Models.fit(model(everyOther(), all(), Models.linear(N), Models.linear(N, 0, X), Parameter.fixed("b", 0)));
        assertThat(fit.logLikelihood()).isCloseTo(-N * Math.log(2), within(1e-12));
        assertThat(fit.warnings()).isEmpty();
        assertThat(fit.covariance(Covariance.Kind.SANDWICH).error(0)).isNaN();
    }

    @Test
    void startsFarOffAreBroughtBack() {
        for (double start : new double[] {-300, 40, 1000}) {
            ChoiceFit fit = Models.fit(model(everyOther(), all(), Models.linear(N), Models.linear(N, 0, X), Parameter.free("b", start)));
            ChoiceFit near = Models.fit(model(everyOther(), all(), Models.linear(N), Models.linear(N, 0, X), Parameter.free("b", 0)));
            assertThat(fit.estimate(0)).isCloseTo(near.estimate(0), within(1e-9));
        }
    }

    @Test
    void numbersThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> model(everyOther(), all(), Models.linear(N), Models.linear(N, 3, X), Parameter.free("b", 0))).hasMessageContaining("coefficient 3");
        assertThatThrownBy(() -> new ChoiceModel(Choices.wide(all(), everyOther()), List.of(Models.linear(N), Models.linear(N)), List.of(), new Nests(Nests.Convention.SCALE, List.of(Nest.of("a", 0, 0), Nest.of("b", 0, 0))), Mixture.NONE))
                .hasMessageContaining("in nest b and in another");
        assertThatThrownBy(() -> Choices.wide(all(), everyOther()).weighted(new double[] {-1})).hasMessageContaining("weights");
        ChoiceFit fit = Models.fit(new ChoiceModel(Choices.wide(all(), everyOther()).ofIndividuals(IntStream.range(0, N).map(n -> n / 2).toArray()), List.of(Models.linear(N), Models.linear(N, 0, X)), List.of(Parameter.free("b", 0))));
        assertThatThrownBy(() -> fit.clustered(IntStream.range(0, N).toArray())).hasMessageContaining("one individual but of clusters");
    }
}
