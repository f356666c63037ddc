package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The log-likelihood of a model that knows nothing but a constant for each alternative: what explaining must be measured against where alternatives have names.
final class ConstantsOnly {
    private ConstantsOnly() {}

    /// By estimating it, which takes care of varying choice sets. Alternatives never chosen have probability 0. NaN where it cannot be estimated.
    static double logLikelihood(Choices choices) {
        double[] chosen = new double[choices.alternatives];
        for (int n = 0; n < choices.cases(); n++) if (choices.weight[n] > 0 && choices.chosen[n] >= 0) chosen[choices.alternative[choices.chosen[n]]] += choices.weight[n];
        int[] ever = IntStream.range(0, chosen.length).filter(j -> chosen[j] > 0).toArray();
        int[] kept = IntStream.range(0, choices.rows()).filter(r -> chosen[choices.alternative[r]] > 0).toArray();
        int[] first = new int[choices.cases() + 1];
        for (int n = 0, at = 0; n < choices.cases(); n++) {
            while (at < kept.length && kept[at] < choices.first[n + 1]) at++;
            first[n + 1] = at;
        }
        int cases = Arrays.stream(choices.index).max().orElse(-1) + 1;
        double[] ones = new double[cases];
        Arrays.fill(ones, 1);
        List<Utility.Linear> utilities = new ArrayList<>();
        List<Parameter> parameters = new ArrayList<>();
        for (int j = 0; j < choices.alternatives; j++) {
            boolean moves = chosen[j] > 0 && j != ever[0];
            utilities.add(new Utility.Linear(new double[cases], moves ? new int[] {parameters.size()} : new int[0], moves ? new double[][] {ones} : new double[0][]));
            if (moves) parameters.add(Parameter.free("constant " + j, Math.log(chosen[j] / chosen[ever[0]])));
        }
        Choices of = choices.of(first, kept, new double[kept.length]);
        return switch (ChoiceEstimator.fit(new ChoiceModel(of, utilities, parameters))) {
            case ChoiceOutcome.Fitted(ChoiceFit fit) -> fit.logLikelihood();
            case ChoiceOutcome.Refused _ -> Double.NaN;
        };
    }
}
