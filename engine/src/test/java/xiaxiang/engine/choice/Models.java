package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.Assertions;
import xiaxiang.engine.SharedTable;

/// Models of the tests.
final class Models {
    private Models() {}

    static Utility.Linear linear(int cases, Object... parametersAndFactors) {
        int n = parametersAndFactors.length / 2;
        int[] parameter = new int[n];
        double[][] factor = new double[n][];
        for (int t = 0; t < n; t++) {
            parameter[t] = (Integer) parametersAndFactors[2 * t];
            factor[t] = (double[]) parametersAndFactors[2 * t + 1];
        }
        return new Utility.Linear(new double[cases], parameter, factor);
    }

    static double[] ones(int cases) {
        double[] ones = new double[cases];
        Arrays.fill(ones, 1);
        return ones;
    }

    static ChoiceFit fit(ChoiceModel model) {
        return switch (ChoiceEstimator.fit(model)) {
            case ChoiceOutcome.Fitted(ChoiceFit fit) -> fit;
            case ChoiceOutcome.Refused(var reasons) -> Assertions.fail("refused: " + reasons);
        };
    }

    /// Swissmetro as biogeme's examples have it: parameters asc_train, b_time, b_cost, asc_car, then the given ones; the time coefficient is `time`.
    static ChoiceModel swissmetro(int time, Nests nests, Mixture mixture, Parameter... more) {
        SharedTable all = SharedTable.read("biogeme_swissmetro.tsv");
        SharedTable t = all.where(i -> (all.number(i, "PURPOSE") == 1 || all.number(i, "PURPOSE") == 3) && all.number(i, "CHOICE") != 0);
        int n = t.rows();
        boolean[][] available = new boolean[3][n];
        int[] chosen = new int[n];
        for (int i = 0; i < n; i++) {
            boolean sp = t.number(i, "SP") != 0;
            available[0][i] = t.number(i, "TRAIN_AV") != 0 && sp;
            available[1][i] = t.number(i, "SM_AV") != 0;
            available[2][i] = t.number(i, "CAR_AV") != 0 && sp;
            chosen[i] = (int) t.number(i, "CHOICE") - 1;
        }
        double[] ones = ones(n);
        Utility train = linear(n, 0, ones, time, t.map(i -> t.number(i, "TRAIN_TT") / 100), 2, t.map(i -> t.number(i, "GA") == 0 ? t.number(i, "TRAIN_CO") / 100 : 0));
        Utility metro = linear(n, time, t.map(i -> t.number(i, "SM_TT") / 100), 2, t.map(i -> t.number(i, "GA") == 0 ? t.number(i, "SM_CO") / 100 : 0));
        Utility car = linear(n, 3, ones, time, t.map(i -> t.number(i, "CAR_TT") / 100), 2, t.map(i -> t.number(i, "CAR_CO") / 100));
        List<Parameter> parameters = new java.util.ArrayList<>(List.of(Parameter.free("asc_train", 0), Parameter.free("b_time", 0), Parameter.free("b_cost", 0), Parameter.free("asc_car", 0)));
        parameters.addAll(List.of(more));
        int[] person = new int[n];
        for (int i = 0; i < n; i++) person[i] = (int) t.number(i, "ID");
        Choices choices = Choices.wide(available, chosen);
        return new ChoiceModel(choices, List.of(train, metro, car), parameters, nests, mixture);
    }
}
