package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.choice.Expression.Outcome;
import xiaxiang.engine.choice.Graph.Node;
import xiaxiang.engine.choice.Tokens.Refusal;

/// Compiles expressions over the same rows. What is equal in several of them is computed once: hand over the same array for the same column.
///
/// Not for use by several threads; the [Formula]s it makes are.
public final class Formulas {
    private final int rows;
    private final Graph graph = new Graph();
    private final Map<Integer, double[]> values = new HashMap<>();

    /// For columns of `rows` rows.
    public Formulas(int rows) {
        this.rows = rows;
    }

    /// The formula of an expression, its names taken for what `meaning` says; or what is wrong with it: a text used as a number, a comparison of coefficients,
    /// derivatives beyond any measure. Cost: the length of the expression, and once its derivatives where it is not linear.
    public Outcome<Formula> compile(Expression expression, Function<Expression.Name, Meaning> meaning) {
        try {
            Node root = node(expression.tree(), meaning);
            return new Outcome.Good<>(new Formula(graph, root, rows, values));
        } catch (Refusal refused) {
            return new Outcome.Bad<>(refused.at, refused.found, refused.why);
        } catch (Graph.TooLarge large) {
            return new Outcome.Bad<>(1, expression.text(), "has derivatives too large to work with; write it in fewer terms");
        }
    }

    private Node node(Tree tree, Function<Expression.Name, Meaning> meaning) throws Refusal {
        return switch (tree) {
            case Tree.Figure(double value, int _) -> graph.constant(value);
            case Tree.Text(String value, int at) -> throw new Refusal(at, value, "is a text; texts can only be compared with a column, by == or !=");
            case Tree.Name(Expression.Name name) -> switch (meaning.apply(name)) {
                case Meaning.Column column -> graph.column(column.values);
                case Meaning.Coefficient(int number) -> graph.parameter(number);
                case Meaning.Constant(double value) -> graph.constant(value);
                case Meaning.Labels labels when labels.values.length > 0 || rows == 0 -> graph.column(labels.values);
                case Meaning.Labels _ -> throw new Refusal(name.at(), name.name(), "is a column of texts; compare it with a text in quotes, by == or !=");
            };
            case Tree.Apply apply -> apply(apply, meaning);
        };
    }

    private Node apply(Tree.Apply apply, Function<Expression.Name, Meaning> meaning) throws Refusal {
        Node compared = compared(apply, meaning);
        if (compared != null) return compared;
        Node left = node(apply.arguments().getFirst(), meaning);
        Node right = apply.arguments().size() == 1 ? null : node(apply.arguments().getLast(), meaning);
        boolean varies = left.varies || (right != null && right.varies);
        if (varies && apply.operation().isLogical()) throw new Refusal(apply.at(), apply.operation().symbol, "cannot be asked of parameters: the likelihood would jump");
        return switch (apply.operation()) {
            case GREATER -> graph.apply(Operation.LESS, second(right), left);
            case GREATER_OR_EQUAL -> graph.apply(Operation.LESS_OR_EQUAL, second(right), left);
            default -> graph.apply(apply.operation(), left, right);
        };
    }

    private static Node second(@Nullable Node right) {
        if (right == null) throw new IllegalStateException("A comparison takes two.");
        return right;
    }

    /// Whether a column of labels equals a text or another such column, row by row; or whether a label is missing. Null where no labels are compared.
    private @Nullable Node compared(Tree.Apply apply, Function<Expression.Name, Meaning> meaning) throws Refusal {
        Tree left = apply.arguments().getFirst();
        Tree right = apply.arguments().getLast();
        Meaning.Labels of = labels(left, meaning);
        Meaning.Labels to = labels(right, meaning);
        if (apply.operation() == Operation.MISSING) return of == null ? null : column(row -> of.codes[row] < 0 ? 1 : 0);
        if (apply.operation() != Operation.EQUAL && apply.operation() != Operation.UNEQUAL) return null;
        double same = apply.operation() == Operation.EQUAL ? 1 : 0;
        if (of != null && to != null) return equal(of, to.codes, translated(to.labels, of.labels), same);
        if (of != null && right instanceof Tree.Text(String text, int _)) return equal(of, new int[rows], new int[] {of.labels.indexOf(text)}, same);
        if (to != null && left instanceof Tree.Text(String text, int _)) return equal(to, new int[rows], new int[] {to.labels.indexOf(text)}, same);
        if (of != null || to != null) return null;
        return number(apply, left, right, meaning);
    }

    /// A column of numbers and a text that is one: an id may be written either way. Null where no text is compared.
    private @Nullable Node number(Tree.Apply apply, Tree left, Tree right, Function<Expression.Name, Meaning> meaning) throws Refusal {
        if (left instanceof Tree.Text == right instanceof Tree.Text) return null;
        Tree.Text text = (Tree.Text) (left instanceof Tree.Text ? left : right);
        try {
            return graph.apply(apply.operation(), node(left instanceof Tree.Text ? right : left, meaning), graph.constant(Double.parseDouble(text.value())));
        } catch (NumberFormatException e) {
            throw new Refusal(text.at(), text.value(), "is a text, but what it is compared with is a number");
        }
    }

    private static Meaning.@Nullable Labels labels(Tree tree, Function<Expression.Name, Meaning> meaning) {
        return tree instanceof Tree.Name(Expression.Name name) && meaning.apply(name) instanceof Meaning.Labels labels ? labels : null;
    }

    private static int[] translated(List<String> from, List<String> to) {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < to.size(); i++) index.put(to.get(i), i);
        return from.stream().mapToInt(label -> index.getOrDefault(label, -2)).toArray();
    }

    /// `same` where the labels are the same, 1 - `same` where not; -1 and -2 in `into` are labels the first column has not.
    private Node equal(Meaning.Labels of, int[] codes, int[] into, double same) {
        return column(row -> of.codes[row] < 0 || codes[row] < 0 ? Double.NaN : of.codes[row] == into[codes[row]] ? same : 1 - same);
    }

    private Node column(java.util.function.IntToDoubleFunction value) {
        double[] column = new double[rows];
        Arrays.setAll(column, value);
        return graph.column(column);
    }
}
