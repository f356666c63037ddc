package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Formulas and their derivatives as one graph in which equal parts are one node, simplified as they are made.
///
/// A node is made after those it is made of, so ascending ids are an order of evaluation. Not for use by several threads.
final class Graph {
    /// More than this, derivatives included, is no utility anybody meant.
    private static final int MOST = 200_000;

    /// A part of a formula. Exactly one of these: a constant, a column, a parameter, an operation on one or two nodes.
    static final class Node {
        final int id;
        final @Nullable Operation operation;
        final @Nullable Node left;
        final @Nullable Node right;
        final double constant;
        final double @Nullable [] column;
        final int parameter;
        /// Whether it depends on a parameter.
        final boolean varies;

        private Node(int id, @Nullable Operation operation, @Nullable Node left, @Nullable Node right, double constant, double @Nullable [] column, int parameter) {
            this.id = id;
            this.operation = operation;
            this.left = left;
            this.right = right;
            this.constant = constant;
            this.column = column;
            this.parameter = parameter;
            varies = parameter >= 0 || (left != null && left.varies) || (right != null && right.varies);
        }

        boolean isConstant() {
            return operation == null && column == null && parameter < 0;
        }

        boolean is(double value) {
            return isConstant() && constant == value;
        }

        Node first() {
            if (left == null) throw new IllegalStateException("A leaf has no arguments.");
            return left;
        }

        Node second() {
            return right == null ? first() : right;
        }
    }

    /// The graph has grown beyond what a formula can be.
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private record Key(Operation operation, int left, int right) {}

    private record Slope(int node, int parameter) {}

    private final Map<Double, Node> constants = new HashMap<>();
    private final IdentityHashMap<double[], Node> columns = new IdentityHashMap<>();
    private final Map<Integer, Node> parameters = new HashMap<>();
    private final Map<Key, Node> made = new HashMap<>();
    private final Map<Slope, Node> slopes = new HashMap<>();
    private int size;

    private Node add(@Nullable Operation operation, @Nullable Node left, @Nullable Node right, double constant, double @Nullable [] column, int parameter) {
        if (size == MOST) throw new TooLarge();
        return new Node(size++, operation, left, right, constant, column, parameter);
    }

    Node constant(double value) {
        return constants.computeIfAbsent(value, v -> add(null, null, null, v, null, -1));
    }

    Node parameter(int index) {
        return parameters.computeIfAbsent(index, i -> add(null, null, null, 0, null, i));
    }

    /// The same array is the same column.
    Node column(double[] values) {
        return columns.computeIfAbsent(values, v -> add(null, null, null, 0, v, -1));
    }

    /// The node of an operation, or a simpler one that is equal to it. 0 times anything is 0, a missing number too: what is not used does not matter.
    Node apply(Operation operation, Node left, @Nullable Node right) {
        if (left.isConstant() && (right == null || right.isConstant())) return constant(operation.apply(left.constant, right == null ? 0 : right.constant));
        Node simple = right == null ? simple(operation, left) : simple(operation, left, right);
        if (simple != null) return simple;
        Key key = new Key(operation, left.id, right == null ? -1 : right.id);
        Node known = made.get(key);
        if (known != null) return known;
        Node node = add(operation, left, right, 0, null, -1);
        made.put(key, node);
        return node;
    }

    private static @Nullable Node simple(Operation operation, Node x) {
        return operation == Operation.NEGATE && x.operation == Operation.NEGATE ? x.left : null;
    }

    private @Nullable Node simple(Operation operation, Node x, Node y) {
        return switch (operation) {
            case ADD -> x.is(0) ? y : y.is(0) ? x : null;
            case SUBTRACT -> y.is(0) ? x : x.is(0) ? apply(Operation.NEGATE, y, null) : null;
            case MULTIPLY -> x.is(0) || y.is(0) ? constant(0) : x.is(1) ? y : y.is(1) ? x : null;
            case DIVIDE -> x.is(0) ? constant(0) : y.is(1) ? x : null;
            case POWER -> y.is(0) ? constant(1) : y.is(1) ? x : y.is(2) ? apply(Operation.MULTIPLY, x, x) : null;
            default -> null;
        };
    }

    /// The derivative of a node by a parameter, exact but for the kinks of abs, min and max, where it is that of one side.
    Node slope(Node of, int by) {
        if (!of.varies) return constant(0);
        if (of.operation == null) return constant(of.parameter == by ? 1 : 0);
        Slope key = new Slope(of.id, by);
        Node known = slopes.get(key);
        if (known != null) return known;
        Node made = of.operation.isUnary() ? slope(of, of.operation, of.first(), slope(of.first(), by))
                : slope(of, of.operation, of.first(), of.second(), slope(of.first(), by), slope(of.second(), by));
        slopes.put(key, made);
        return made;
    }

    private Node slope(Node of, Operation operation, Node x, Node dx) {
        return switch (operation) {
            case NEGATE -> apply(Operation.NEGATE, dx, null);
            case EXP -> times(of, dx);
            case LOG, LOG_OR_ZERO -> over(dx, x);
            case SQRT -> over(dx, times(constant(2), of));
            case ABS -> times(apply(Operation.SIGN, x, null), dx);
            default -> constant(0);
        };
    }

    private Node slope(Node of, Operation operation, Node x, Node y, Node dx, Node dy) {
        return switch (operation) {
            case ADD, SUBTRACT -> apply(operation, dx, dy);
            case MULTIPLY -> plus(times(dx, y), times(x, dy));
            // Of x / y by x first: where y is a column the derivative is then dx / y and no more.
            case DIVIDE -> apply(Operation.SUBTRACT, over(dx, y), over(times(of, dy), y));
            case POWER -> plus(times(times(y, apply(Operation.POWER, x, apply(Operation.SUBTRACT, y, constant(1)))), dx), times(times(of, apply(Operation.LOG_OR_ZERO, x, null)), dy));
            case MIN -> either(apply(Operation.LESS_OR_EQUAL, x, y), dx, dy);
            case MAX -> either(apply(Operation.LESS_OR_EQUAL, y, x), dx, dy);
            default -> constant(0);
        };
    }

    private Node plus(Node x, Node y) {
        return apply(Operation.ADD, x, y);
    }

    private Node times(Node x, Node y) {
        return apply(Operation.MULTIPLY, x, y);
    }

    private Node over(Node x, Node y) {
        return apply(Operation.DIVIDE, x, y);
    }

    private Node either(Node whether, Node yes, Node no) {
        return plus(times(whether, yes), times(apply(Operation.NOT, whether, null), no));
    }

    /// The node with every parameter at 0.
    Node atZero(Node of, Map<Integer, Node> known) {
        if (!of.varies) return of;
        if (of.operation == null) return constant(0);
        Node before = known.get(of.id);
        if (before != null) return before;
        Node made = apply(of.operation, atZero(of.first(), known), of.operation.isUnary() ? null : atZero(of.second(), known));
        known.put(of.id, made);
        return made;
    }

    /// The values of a node that does not vary, `rows` of them, vector at a time. A column's own array is not copied.
    static double[] values(Node node, int rows, Map<Integer, double[]> known) {
        if (node.column != null) return node.column;
        double[] before = known.get(node.id);
        if (before != null) return before;
        double[] out = new double[rows];
        if (node.operation == null) Arrays.fill(out, node.constant);
        else {
            double[] x = values(node.first(), rows, known);
            double[] y = values(node.second(), rows, known);
            fill(out, node.operation, x, y);
        }
        known.put(node.id, out);
        return out;
    }

    private static void fill(double[] out, Operation operation, double[] x, double[] y) {
        switch (operation) {
            case ADD -> { for (int i = 0; i < out.length; i++) out[i] = x[i] + y[i]; }
            case SUBTRACT -> { for (int i = 0; i < out.length; i++) out[i] = x[i] - y[i]; }
            case MULTIPLY -> { for (int i = 0; i < out.length; i++) out[i] = x[i] * y[i]; }
            case DIVIDE -> { for (int i = 0; i < out.length; i++) out[i] = x[i] / y[i]; }
            default -> { for (int i = 0; i < out.length; i++) out[i] = operation.apply(x[i], y[i]); }
        }
    }
}
