package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.List;

/// By how many percent probabilities change when an attribute of one alternative rises by one percent: direct for that alternative, cross for the others.
///
/// Central differences in logarithms (relative error about 1e-8), so that nests and random coefficients need no formulas of their own. Immutable.
public final class Elasticities {
    private static final double STEP = 1e-4;

    private final Choices choices;
    private final double[] byRow;
    private final double[] probability;

    private Elasticities(Choices choices, double[] byRow, double[] probability) {
        this.choices = choices;
        this.byRow = byRow;
        this.probability = probability;
    }

    /// Of the attribute that coefficient `coefficient` multiplies in the utility of `alternative`, at `parameters`.
    /// Throws IllegalArgumentException where that utility is not linear: see [#between].
    public static Elasticities of(ChoiceModel model, double[] parameters, int alternative, int coefficient) {
        return between(scaled(model, alternative, coefficient, 1 - STEP), scaled(model, alternative, coefficient, 1 + STEP), parameters, Math.log1p(STEP) - Math.log1p(-STEP));
    }

    /// Between two models of the same choices whose utilities differ in an attribute alone; `change` is by how much its logarithm differs.
    public static Elasticities between(ChoiceModel low, ChoiceModel high, double[] parameters, double change) {
        Choices choices = low.choices();
        Prediction before = Prediction.of(low, parameters);
        Prediction after = Prediction.of(high, parameters);
        double[] byRow = new double[choices.rows()];
        double[] probability = new double[choices.rows()];
        for (int r = 0; r < byRow.length; r++) {
            byRow[r] = Math.log(after.probability(r) / before.probability(r)) / change;
            probability[r] = Math.sqrt(after.probability(r) * before.probability(r));
        }
        return new Elasticities(choices, byRow, probability);
    }

    private static ChoiceModel scaled(ChoiceModel model, int alternative, int coefficient, double by) {
        if (!(model.utility(alternative) instanceof Utility.Linear l)) throw new IllegalArgumentException("The utility of alternative " + alternative + " is not linear.");
        Choices choices = model.choices();
        double[][] factor = l.factor.clone();
        for (int t = 0; t < factor.length; t++) {
            if (l.parameter[t] != coefficient) continue;
            factor[t] = factor[t].clone();
            for (int r = 0; r < choices.rows(); r++) if (choices.alternative[r] == alternative) factor[t][choices.index[r]] = by * l.factor[t][choices.index[r]];
        }
        Utility.Linear changed = new Utility.Linear(l.constant, l.parameter, factor);
        if (model.utilities().size() == 1) return model.on(choices, List.of(changed));
        List<Utility> all = new ArrayList<>(model.utilities());
        all.set(alternative, changed);
        return model.on(choices, all);
    }

    /// The elasticity of the probability of a row.
    public double of(int row) {
        return byRow[row];
    }

    /// For each alternative the mean over cases, by weight times probability: the elasticity of its share. NaN where it is available nowhere.
    public double[] aggregate() {
        double[] sum = new double[choices.alternatives];
        double[] weight = new double[choices.alternatives];
        for (int n = 0; n < choices.cases(); n++)
            for (int r = choices.first[n]; r < choices.first[n + 1]; r++) {
                double w = choices.weight[n] * probability[r];
                if (w == 0) continue;
                weight[choices.alternative[r]] += w;
                sum[choices.alternative[r]] += w * byRow[r];
            }
        for (int j = 0; j < sum.length; j++) sum[j] /= weight[j];
        return sum;
    }
}
