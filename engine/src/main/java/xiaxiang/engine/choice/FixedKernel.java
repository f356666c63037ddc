package xiaxiang.engine.choice;

/// Units of a model without random coefficients: the sum over their cases.
final class FixedKernel implements UnitKernel {
    private final Choices choices;
    private final CaseKernel kernel;

    FixedKernel(ChoiceModel model, NestTree tree, Slots slots, double[] beta) {
        choices = model.choices();
        kernel = new CaseKernel(model, tree, slots, beta);
    }

    @Override
    public double add(int unit, int[] cases, int from, int to, double[] score, double[] hessian) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            int n = cases[i];
            double weight = choices.weight[n];
            if (weight == 0) continue;
            sum += weight * kernel.at(n, choices.chosen[n]);
            if (score.length > 0) kernel.addDerivatives(weight, score, hessian);
        }
        return sum;
    }
}
