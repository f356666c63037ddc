package xiaxiang.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xiaxiang.engine.choice.Expression.Outcome;

class ExpressionTest {
    private static final int ROWS = 5;
    private static final double[] X = {1, 2.5, .5, 4, 3};
    private static final double[] Y = {-1, 0, 2, 7, Double.NaN};
    private static final double[] Z = {2, 1, 3, .25, 1.5};
    private static final Meaning.Labels MODE = new Meaning.Labels(new int[] {0, 1, -1, 0, 2}, List.of("car", "train", "on foot"));
    private static final Meaning.Labels CHOSEN = new Meaning.Labels(new int[] {1, 0, 0, 1, 2}, List.of("train", "car", "car & train"));
    private static final Map<String, Meaning> NAMES = Map.of("x", new Meaning.Column(X), "price.y", new Meaning.Column(Y), "the z", new Meaning.Column(Z), "mode", MODE, "chosen", CHOSEN,
            "a", new Meaning.Coefficient(0), "b", new Meaning.Coefficient(2), "c", new Meaning.Coefficient(3), "two", new Meaning.Constant(2));

    private static Expression parsed(String text) {
        return switch (Expression.parse(text)) {
            case Outcome.Good<Expression>(Expression expression) -> expression;
            case Outcome.Bad<Expression> bad -> throw new AssertionError(text + ": " + bad.message());
        };
    }

    private static Outcome<Formula> compiled(String text) {
        return new Formulas(ROWS).compile(parsed(text), name -> {
            Meaning meaning = NAMES.get(name.name());
            if (meaning == null) throw new AssertionError(name);
            return meaning;
        });
    }

    private static Formula formula(String text) {
        return switch (compiled(text)) {
            case Outcome.Good<Formula>(Formula formula) -> formula;
            case Outcome.Bad<Formula> bad -> throw new AssertionError(text + ": " + bad.message());
        };
    }

    @ParameterizedTest
    @CsvSource(delimiterString = ";;", quoteCharacter = '~', textBlock = """
            1 + 2 * 3 - 4 / 8;;                       6.5
            2 ^ 3 ^ 2;;                               512
            -2 ^ 2;;                                  -4
            2 ^ -1 * 4;;                              2
            2 ** 3;;                                  8
            -x * 2 + +3;;                             1
            (1 + 2) * (3 - 5);;                       -6
            .5 + 5. + 1e2 + 2.5E-1;;                  105.75
            exp(log(3)) + ln(1) + sqrt(16);;          7
            min(3, 1, 2) + max(1, 5) + abs(-2);;      8
            pow(2, 10);;                              1024
            1 < 2 and 2 <= 2 and not 3 < 2;;          1
            1 == 1 & 2 != 2 | 3 >= 3;;                1
            ! 0 && (1 > 2 || 2 <> 1);;                1
            not 1 == 2;;                              1
            x = 1 AND NOT x > 1;;                     1
            `the z` * x - price.y;;                   3
            true + False;;                            1
            mode == "car";;                           1
            'car' != mode;;                           0
            mode == chosen;;                          1
            x == "1.0";;                              1
            missing(mode) + missing(x);;              0
            two * x;;                                 2
            1 - 1 - 1;;                               -1
            8 / 4 / 2;;                               1
            """)
    void means(String text, double expected) {
        assertThat(formula(text).values()[0]).isEqualTo(expected);
    }

    @Test
    void missingStaysMissingWhereItMatters() {
        assertThat(formula("price.y + 1").values()).containsExactly(0, 1, 3, 8, Double.NaN);
        assertThat(formula("price.y > 0").values()).containsExactly(0, 0, 1, 1, Double.NaN);
        assertThat(formula("price.y > 0 and x < 3").values()).containsExactly(0, 0, 1, 0, 0);
        assertThat(formula("price.y > 0 or x == 3").values()).containsExactly(0, 0, 1, 1, 1);
        assertThat(formula("missing(price.y)").values()).containsExactly(0, 0, 0, 0, 1);
        assertThat(formula("mode == 'car'").values()).containsExactly(1, 0, Double.NaN, 1, 0);
        assertThat(formula("missing(mode) or mode == chosen").values()).containsExactly(1, 1, 1, 1, 0);
        assertThat(formula("mode != 'bus'").values()).containsExactly(1, 1, Double.NaN, 1, 1);
        assertThat(formula("mode == chosen").values()).containsExactly(1, 1, Double.NaN, 1, 0);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = ";;", quoteCharacter = '~', textBlock = """
            a +;;              4;;   ;;            expected a number or a name at the end
            a * * b;;          5;;   *;;           expected a number or a name
            (a + b;;           7;;   ;;            expected )
            a b;;              3;;   b;;           expected an operator, such as + or *
            a $ b;;            3;;   $;;           is no sign of this language
            sin(a);;           1;;   sin;;         is no function; there are abs, exp, log, max, min, missing, pow and sqrt
            exp(a, b);;        1;;   exp;;         takes one argument
            max(a);;           1;;   max;;         takes two arguments or more
            pow(a, b, c);;     1;;   pow;;         takes two arguments
            2x + 1;;           1;;   2x;;          is neither a number nor a name; put a column's name into `backquotes`
            1 + `the z;;       5;;   `the z;;      has no closing `
            1 < x < 3;;        7;;   <;;           compares a comparison; join two by and
            b[train + 1;;      12;;  ;;            expected ]
            b[];;              3;;   ];;           expected an alternative, or alt for each
            x + 乡镇 公里;;    8;;   公里;;        expected an operator, such as + or *
            ``;;               1;;   ``;;          is no name
            """)
    void saysWhereItIsWrong(String text, int at, String found, String why) {
        assertThat(Expression.parse(text)).isEqualTo(new Outcome.Bad<Expression>(at, found == null ? "" : found, why));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = ";;", quoteCharacter = '~', textBlock = """
            a * (b > 0);;             8;;   >;;      cannot be asked of parameters: the likelihood would jump
            x + mode;;                5;;   mode;;   is a column of texts; compare it with a text in quotes, by == or !=
            x + 'car';;               5;;   car;;    is a text; texts can only be compared with a column, by == or !=
            x == 'car';;              6;;   car;;    is a text, but what it is compared with is a number
            mode < 'car';;            1;;   mode;;   is a column of texts; compare it with a text in quotes, by == or !=
            mode == 1;;               1;;   mode;;   is a column of texts; compare it with a text in quotes, by == or !=
            """)
    void saysWhatItCannotCompute(String text, int at, String found, String why) {
        assertThat(compiled(text)).isEqualTo(new Outcome.Bad<Formula>(at, found, why));
    }

    @Test
    void survivesHostileTexts() {
        assertThat(Expression.parse("(".repeat(15_000))).isInstanceOf(Outcome.Bad.class);
        assertThat(Expression.parse("-".repeat(15_000) + "1")).isInstanceOf(Outcome.Bad.class);
        assertThat(Expression.parse("1" + "+1".repeat(9_000))).isInstanceOf(Outcome.Bad.class);
        assertThat(Expression.parse("1" + "^1".repeat(9_000))).isInstanceOf(Outcome.Bad.class);
        assertThat(Expression.parse("x".repeat(20_001))).isInstanceOf(Outcome.Bad.class);
        for (String text : List.of("", " ", "\n", "\u0000", "😀", "a[", "a[`", "\"", "()", "f(", ",", "1..2", "exp")) assertThat(Expression.parse(text)).as(text).satisfiesAnyOf(
                o -> assertThat(o).isInstanceOf(Outcome.Bad.class), o -> assertThat(text).isEqualTo("exp"));
        assertThat(formula("a" + " + a * x".repeat(900)).utility()).isInstanceOf(Utility.Linear.class);
        // Each power of a sum of squares doubles what its derivatives hold: refused or computed, never endless.
        assertThat(compiled("exp(exp(exp(a * b * c + a / b) * c) / exp(a * c))")).isInstanceOf(Outcome.Good.class);
    }

    @Test
    void tellsItsNames() {
        Expression e = parsed("asc[train] + `b time`[alt] * price.y + b[`on foot`] - c[ 3 ]");
        assertThat(e.names()).containsExactly(new Expression.Name("asc", "train", 1), new Expression.Name("b time", "alt", 14), new Expression.Name("price.y", "", 30),
                new Expression.Name("b", "on foot", 40), new Expression.Name("c", "3", 55));
        assertThat(e.bareName()).isNull();
        assertThat(parsed(" ((`a b`)) ").bareName()).isEqualTo(new Expression.Name("a b", "", 4));
    }

    @Test
    void seesWhatIsLinear() {
        for (String text : List.of("a + b * x", "(a * x + b * `the z`) / 100", "-(a - b) * x ^ 2", "x * (a + two * (b - c / `the z`))", "a * exp(x) + log(`the z`) - b", "two * a * two", "5", "x", "a - a",
                "a * (x > 1) + 0 * price.y", "sqrt(`the z`) / x * a", "a ^ 1 + b ^ 0", "--a"))
            assertThat(formula(text).utility()).as(text).isInstanceOf(Utility.Linear.class);
        for (String text : List.of("a * b", "exp(a)", "x ^ a", "a / b", "x / a", "abs(a)", "max(a, 0)", "a ^ 2", "a * (b + x)")) assertThat(formula(text).utility()).as(text).isInstanceOf(Utility.Curved.class);
        var linear = (Utility.Linear) formula("3 + (a * x + b) / two - x").utility();
        assertThat(linear.constant).containsExactly(2, .5, 2.5, -1, 0);
        assertThat(linear.parameter).containsExactly(0, 2);
        assertThat(linear.factor[0]).containsExactly(.5, 1.25, .25, 2, 1.5);
        assertThat(linear.factor[1]).containsOnly(.5);
    }

    @Test
    void knowsWhereItIsDefined() {
        Formula linear = formula("a * price.y + log(x - 1)");
        assertThat(List.of(linear.isDefined(0), linear.isDefined(1), linear.isDefined(2), linear.isDefined(4))).containsExactly(false, true, false, false);
        Formula curved = formula("exp(a * price.y)");
        assertThat(List.of(curved.isDefined(0), curved.isDefined(4))).containsExactly(true, false);
    }

    /// 0 ^ lambda has a slope: it stands in Box-Cox transforms of what may be free of charge.
    @Test
    void powersOfZeroHaveSlopes() {
        var curved = (Utility.Curved) formula("((x - 1) ^ a - 1) / a").utility();
        double[] gradient = new double[1];
        double[] hessian = new double[1];
        assertThat(curved.at(0, new double[] {.5}, gradient, hessian)).isEqualTo(-2);
        assertThat(gradient[0]).isCloseTo(4, within(1e-12));
        assertThat(hessian[0]).isCloseTo(-16, within(1e-12));
    }

    /// A random expression, and what it must be worth, computed without any of our code.
    private record Made(String text, ToDoubleBiFunction<Integer, double[]> worth) {}

    private static Made make(UniformRandomProvider random, int depth) {
        if (depth == 0) return leaf(random);
        Made x = make(random, depth - 1);
        Made y = make(random, random.nextInt(depth));
        return switch (random.nextInt(11)) {
            case 0, 1 -> new Made("(" + x.text + " + " + y.text + ")", (r, b) -> x.worth.applyAsDouble(r, b) + y.worth.applyAsDouble(r, b));
            case 2 -> new Made("(" + x.text + " - " + y.text + ")", (r, b) -> x.worth.applyAsDouble(r, b) - y.worth.applyAsDouble(r, b));
            case 3, 4 -> new Made("(" + x.text + ") * (" + y.text + ")", (r, b) -> x.worth.applyAsDouble(r, b) * y.worth.applyAsDouble(r, b));
            case 5 -> new Made("(" + x.text + ") / (2 + (" + y.text + ") ^ 2)", (r, b) -> x.worth.applyAsDouble(r, b) / (2 + Math.pow(y.worth.applyAsDouble(r, b), 2)));
            case 6 -> new Made("exp(-((" + x.text + ") ^ 2))", (r, b) -> Math.exp(-Math.pow(x.worth.applyAsDouble(r, b), 2)));
            case 7 -> new Made("log(1.5 + abs(" + x.text + "))", (r, b) -> Math.log(1.5 + Math.abs(x.worth.applyAsDouble(r, b))));
            case 8 -> new Made("sqrt(1 + (" + x.text + ") ^ 2)", (r, b) -> Math.sqrt(1 + Math.pow(x.worth.applyAsDouble(r, b), 2)));
            case 9 -> new Made("max(" + x.text + ", " + y.text + ")", (r, b) -> Math.max(x.worth.applyAsDouble(r, b), y.worth.applyAsDouble(r, b)));
            default -> new Made("(`the z` ^ (" + x.text + ") - min(" + y.text + ", x))", (r, b) -> Math.pow(Z[r], x.worth.applyAsDouble(r, b)) - Math.min(y.worth.applyAsDouble(r, b), X[r]));
        };
    }

    private static Made leaf(UniformRandomProvider random) {
        double number = random.nextInt(20) / 8.0;
        return switch (random.nextInt(6)) {
            case 0 -> new Made(Double.toString(number), (_, _) -> number);
            case 1 -> new Made("x", (r, _) -> X[r]);
            case 2 -> new Made("`the z`", (r, _) -> Z[r]);
            case 3 -> new Made("a", (_, b) -> b[0]);
            case 4 -> new Made("b", (_, b) -> b[2]);
            default -> new Made("c", (_, b) -> b[3]);
        };
    }

    @Test
    void valuesAndDerivativesAreThoseOfTheFormula() {
        int curved = 0;
        for (int seed = 0; seed < 600; seed++) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create((long) seed);
            Made made = make(random, 1 + random.nextInt(5));
            double[] beta = {random.nextDouble() - .5, 99, random.nextDouble() - .5, random.nextDouble() - .5};
            Formula formula = formula(made.text);
            if (formula.utility() instanceof Utility.Curved) curved++;
            int k = formula.coefficients().length;
            for (int row = 0; row < ROWS; row++) {
                double[] gradient = new double[k];
                double[] hessian = new double[k * k];
                String what = "seed " + seed + " row " + row + ": " + made.text;
                double expected = made.worth.applyAsDouble(row, beta);
                double scale = 1 + Math.abs(expected);
                if (!(scale < 1e6)) continue;
                assertThat(at(formula, row, beta, gradient, hessian)).as(what).isCloseTo(expected, within(1e-12 * scale));
                checkSlopes(formula, row, beta, gradient, hessian, what);
            }
        }
        assertThat(curved).isGreaterThan(150);
    }

    /// Against central differences: of values for the gradient, of gradients for the Hessian. At a kink between the two points no difference can tell.
    private static void checkSlopes(Formula formula, int row, double[] beta, double[] gradient, double[] hessian, String what) {
        int[] parameters = formula.coefficients();
        int k = parameters.length;
        for (int p = 0; p < k; p++) {
            double h = 1e-5;
            double[] up = beta.clone();
            double[] down = beta.clone();
            up[parameters[p]] += h;
            down[parameters[p]] -= h;
            double[] above = new double[k];
            double[] below = new double[k];
            double difference = (at(formula, row, up, above, new double[0]) - at(formula, row, down, below, new double[0])) / (2 * h);
            double size = 1 + Arrays.stream(gradient).map(Math::abs).sum() + Arrays.stream(hessian).map(Math::abs).sum();
            if (Math.abs(above[p] - below[p]) > 1e-3 * size || size > 1e4) continue;
            assertThat(gradient[p]).as("gradient %d of %s", p, what).isCloseTo(difference, within(1e-4 * size));
            for (int q = 0; q < k; q++) assertThat(hessian[p * k + q]).as("hessian %d %d of %s", p, q, what).isCloseTo((above[q] - below[q]) / (2 * h), within(1e-3 * size))
                    .isEqualTo(hessian[q * k + p]);
        }
    }

    private static double at(Formula formula, int row, double[] beta, double[] gradient, double[] hessian) {
        return switch (formula.utility()) {
            case Utility.Curved curved -> curved.at(row, beta, gradient, hessian);
            case Utility.Linear linear -> {
                double sum = linear.constant[row];
                for (int t = 0; t < linear.parameter.length; t++) sum += beta[linear.parameter[t]] * linear.factor[t][row];
                for (int t = 0; t < gradient.length; t++) gradient[t] = linear.factor[t][row];
                yield sum;
            }
        };
    }

    @Test
    void sharesEqualParts() {
        Formulas formulas = new Formulas(ROWS);
        List<double[]> factors = new ArrayList<>();
        for (String text : List.of("a * x / 100", "b * (x / 100)")) {
            var outcome = formulas.compile(parsed(text.replace("a * x / 100", "a * (x / 100)")), name -> NAMES.getOrDefault(name.name(), new Meaning.Constant(0)));
            if (outcome instanceof Outcome.Good<Formula>(Formula formula) && formula.utility() instanceof Utility.Linear linear) factors.add(linear.factor[0]);
        }
        assertThat(factors).hasSize(2);
        assertThat(factors.get(0)).isSameAs(factors.get(1));
    }
}
