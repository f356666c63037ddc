package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/// Small models by seed: varying choice sets, weights, constants, linear and curved utilities.
final class RandomModels {
    /// Alternatives of every model.
    static final int ALTERNATIVES = 5;
    /// The parameters of the utilities: two slopes, two constants and, where a utility curves, an exponent.
    static final int UTILITY_PARAMETERS = 5;

    /// exp(beta a) x + beta b: a curved utility of two coefficients.
    static final class Power implements Utility.Curved {
        private final int a;
        private final int b;
        private final double[] x;

        Power(int a, int b, double[] x) {
            this.a = a;
            this.b = b;
            this.x = x;
        }

        @Override
        public int[] parameters() {
            return new int[] {a, b};
        }

        @Override
        public double at(int n, double[] beta, double[] gradient, double[] hessian) {
            double e = Math.exp(beta[a] * x[n]);
            if (gradient.length > 0) {
                gradient[0] = x[n] * e;
                gradient[1] = x[n];
            }
            if (hessian.length > 0) {
                hessian[0] = x[n] * x[n] * e;
                hessian[1] = hessian[2] = hessian[3] = 0;
            }
            return e + beta[b] * x[n];
        }
    }

    /// A linear utility that hides that it is.
    static final class Hidden implements Utility.Curved {
        private final Utility.Linear linear;

        Hidden(Utility.Linear linear) {
            this.linear = linear;
        }

        @Override
        public int[] parameters() {
            return linear.parameter;
        }

        @Override
        public double at(int n, double[] beta, double[] gradient, double[] hessian) {
            double v = linear.constant[n];
            for (int t = 0; t < linear.parameter.length; t++) v += beta[linear.parameter[t]] * linear.factor[t][n];
            for (int t = 0; t < gradient.length; t++) gradient[t] = linear.factor[t][n];
            for (int t = 0; t < hessian.length; t++) hessian[t] = 0;
            return v;
        }
    }

    private RandomModels() {}

    static UniformRandomProvider random(long seed) {
        return RandomSource.XO_SHI_RO_256_PP.create(seed);
    }

    /// Choice sets of at least two, any of them chosen, weights of half to two, or of 1 for individuals of three cases each.
    static Choices choices(UniformRandomProvider random, int cases, boolean panel) {
        boolean[][] available = new boolean[ALTERNATIVES][cases];
        int[] chosen = new int[cases];
        double[] weight = new double[cases];
        int[] individual = new int[cases];
        for (int n = 0; n < cases; n++) {
            chosen[n] = random.nextInt(ALTERNATIVES);
            int other = (chosen[n] + 1 + random.nextInt(ALTERNATIVES - 1)) % ALTERNATIVES;
            for (int j = 0; j < ALTERNATIVES; j++) available[j][n] = j == chosen[n] || j == other || random.nextDouble() < .6;
            weight[n] = panel ? 1 : .5 + 1.5 * random.nextDouble();
            individual[n] = 70 - n % (cases / 3);
        }
        Choices choices = Choices.wide(available, chosen).weighted(weight);
        return panel ? choices.ofIndividuals(individual) : choices;
    }

    /// Utilities in which coefficient `time` takes the place of slope 1; the last alternative's curves if asked for. Unavailable entries are NaN.
    static List<Utility> utilities(UniformRandomProvider random, Choices choices, int time, boolean curved) {
        int n = choices.cases();
        List<Utility> out = new ArrayList<>();
        for (int j = 0; j < ALTERNATIVES; j++) {
            double[] x = values(random, choices, j);
            double[] y = values(random, choices, j);
            if (curved && j == ALTERNATIVES - 1) out.add(new Power(4, time, x));
            else if (j == 0 || j == 1) out.add(Models.linear(n, 0, x, time, y, j + 2, Models.ones(n)));
            else out.add(Models.linear(n, 0, x, time, y));
        }
        return out;
    }

    private static double[] values(UniformRandomProvider random, Choices choices, int alternative) {
        double[] x = new double[choices.cases()];
        java.util.Arrays.fill(x, Double.NaN);
        for (int n = 0; n < x.length; n++) for (int r = choices.firstRow(n); r < choices.firstRow(n + 1); r++) if (choices.alternativeOf(r) == alternative) x[n] = 2 * random.nextDouble() - 1;
        return x;
    }

    static List<Parameter> parameters(int count) {
        List<Parameter> all = new ArrayList<>();
        for (int p = 0; p < count; p++) all.add(Parameter.free("p" + p, p < UTILITY_PARAMETERS ? .3 - .1 * p : 1));
        return all;
    }
}
