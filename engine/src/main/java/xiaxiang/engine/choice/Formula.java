package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import xiaxiang.engine.choice.Graph.Node;

/// A compiled expression: a column, or a [Utility] of coefficients. Everything without coefficients has been computed for all rows. Immutable.
///
/// It is [Utility.Linear] where each derivative by a coefficient is a column, which sees through sums, products, quotients and brackets:
/// `(b_time * time + b_cost * cost) / 100` is linear, `b * c * x` and `x ^ lambda` are not. Otherwise its derivatives are exact, worked out symbolically.
public final class Formula {
    private final int rows;
    private final int[] parameters;
    private final double[] values;
    private final Utility utility;
    private final List<double[]> columns;
    private final int[] bent;

    Formula(Graph graph, Node root, int rows, Map<Integer, double[]> known) {
        this.rows = rows;
        parameters = parameters(root);
        values = root.varies ? new double[0] : Graph.values(root, rows, known);
        Node[] slopes = Arrays.stream(parameters).mapToObj(p -> graph.slope(root, p)).toArray(Node[]::new);
        if (Arrays.stream(slopes).noneMatch(s -> s.varies)) {
            Utility.Linear linear = linear(graph, root, slopes, known);
            utility = linear;
            columns = new ArrayList<>(List.of(linear.factor));
            columns.add(linear.constant);
            bent = new int[0];
        } else {
            Program program = new Program(graph, root, slopes, parameters, rows, known);
            utility = program;
            columns = program.columns();
            bent = IntStream.range(0, parameters.length).filter(a -> !graph.slope(slopes[a], parameters[a]).is(0)).map(a -> parameters[a]).toArray();
        }
    }

    private Utility.Linear linear(Graph graph, Node root, Node[] slopes, Map<Integer, double[]> known) {
        double[] constant = Graph.values(graph.atZero(root, new HashMap<>()), rows, known);
        return new Utility.Linear(constant, parameters.clone(), Arrays.stream(slopes).map(s -> Graph.values(s, rows, known)).toArray(double[][]::new));
    }

    private static int[] parameters(Node root) {
        Set<Integer> seen = new HashSet<>();
        Set<Integer> found = new TreeSet<>();
        List<Node> open = new ArrayList<>(List.of(root));
        while (!open.isEmpty()) {
            Node node = open.removeLast();
            if (!node.varies || !seen.add(node.id)) continue;
            if (node.operation == null) found.add(node.parameter);
            else open.addAll(List.of(node.first(), node.second()));
        }
        return found.stream().mapToInt(p -> p).toArray();
    }

    /// The numbers of the coefficients in it, ascending.
    public int[] coefficients() {
        return parameters.clone();
    }

    /// Those of its coefficients in which it is not linear even if all others are known: an exponent, but not a factor of another coefficient.
    public int[] bentCoefficients() {
        return bent.clone();
    }

    /// Its values, one a row. Not a copy: do not change them. Throws IllegalStateException where it holds coefficients.
    public double[] values() {
        if (parameters.length > 0) throw new IllegalStateException("The formula holds coefficients " + Arrays.toString(parameters) + ".");
        return values;
    }

    /// It as a utility, asked at the number of the row.
    public Utility utility() {
        return utility;
    }

    /// Whether all its columns are finite in a row: only then it has a value there. Cost: the number of its columns.
    public boolean isDefined(int row) {
        for (double[] column : columns) if (!Double.isFinite(column[row])) return false;
        return true;
    }

    /// A formula that is not linear, as a list of instructions on registers: constants, coefficients, columns, then one register an instruction.
    ///
    /// What the value needs comes first, then what the gradient adds, then the Hessian. Nothing is allocated for a row: each thread has its registers.
    private static final class Program implements Utility.Curved {
        private final int[] parameters;
        private final int firstParameter;
        private final int firstColumn;
        private final double[][] column;
        private final Operation[] operation;
        private final int[] left;
        private final int[] right;
        private final int afterValue;
        private final int afterGradient;
        private final int value;
        private final int[] gradient;
        private final int[] hessian;
        private final ThreadLocal<double[]> registers;

        Program(Graph graph, Node root, Node[] slopes, int[] parameters, int rows, Map<Integer, double[]> known) {
            this.parameters = parameters;
            int k = parameters.length;
            Node[] bends = new Node[k * k];
            for (int a = 0; a < k; a++) for (int b = 0; b < k; b++) bends[a * k + b] = b > a ? graph.slope(slopes[b], parameters[a]) : graph.slope(slopes[a], parameters[b]);
            List<Node> order = new ArrayList<>();
            Map<Integer, Node> leaves = new java.util.TreeMap<>();
            Set<Integer> seen = new HashSet<>();
            afterValue = gather(List.of(root), order, leaves, seen);
            afterGradient = gather(List.of(slopes), order, leaves, seen);
            gather(List.of(bends), order, leaves, seen);
            List<Node> constants = leaves.values().stream().filter(Node::isConstant).toList();
            List<Node> columns = leaves.values().stream().filter(n -> !n.varies && !n.isConstant()).toList();
            firstParameter = constants.size();
            firstColumn = firstParameter + k;
            column = columns.stream().map(n -> Graph.values(n, rows, known)).toArray(double[][]::new);
            Map<Integer, Integer> register = new HashMap<>();
            for (int i = 0; i < constants.size(); i++) register.put(constants.get(i).id, i);
            for (Node leaf : leaves.values()) if (leaf.varies) register.put(leaf.id, firstParameter + Arrays.binarySearch(parameters, leaf.parameter));
            for (int i = 0; i < columns.size(); i++) register.put(columns.get(i).id, firstColumn + i);
            for (int i = 0; i < order.size(); i++) register.put(order.get(i).id, firstColumn + columns.size() + i);
            operation = order.stream().map(n -> n.operation).toArray(Operation[]::new);
            left = order.stream().mapToInt(n -> register.getOrDefault(n.first().id, -1)).toArray();
            right = order.stream().mapToInt(n -> register.getOrDefault(n.second().id, -1)).toArray();
            value = register.getOrDefault(root.id, -1);
            gradient = Arrays.stream(slopes).mapToInt(n -> register.getOrDefault(n.id, -1)).toArray();
            hessian = Arrays.stream(bends).mapToInt(n -> register.getOrDefault(n.id, -1)).toArray();
            double[] blank = new double[firstColumn + columns.size() + order.size()];
            for (int i = 0; i < constants.size(); i++) blank[i] = constants.get(i).constant;
            registers = ThreadLocal.withInitial(blank::clone);
        }

        /// Adds what the nodes need to the order, arguments before results; what does not vary is a leaf. Returns the length of the order.
        private static int gather(List<Node> nodes, List<Node> order, Map<Integer, Node> leaves, Set<Integer> seen) {
            List<Node> found = new ArrayList<>();
            List<Node> open = new ArrayList<>(nodes);
            while (!open.isEmpty()) {
                Node node = open.removeLast();
                if (!seen.add(node.id)) continue;
                if (!node.varies || node.operation == null) {
                    leaves.put(node.id, node);
                    continue;
                }
                found.add(node);
                open.add(node.first());
                open.add(node.second());
            }
            found.sort(java.util.Comparator.comparingInt(n -> n.id));
            order.addAll(found);
            return order.size();
        }

        List<double[]> columns() {
            return List.of(column);
        }

        @Override
        public int[] parameters() {
            return parameters;
        }

        @Override
        public double at(int n, double[] beta, double[] slope, double[] bend) {
            double[] r = registers.get();
            for (int p = 0; p < parameters.length; p++) r[firstParameter + p] = beta[parameters[p]];
            for (int c = 0; c < column.length; c++) r[firstColumn + c] = column[c][n];
            run(r, bend.length > 0 ? operation.length : slope.length > 0 ? afterGradient : afterValue);
            for (int a = 0; a < slope.length; a++) slope[a] = r[gradient[a]];
            for (int a = 0; a < bend.length; a++) bend[a] = r[hessian[a]];
            return r[value];
        }

        private void run(double[] r, int end) {
            int to = firstColumn + column.length;
            for (int i = 0; i < end; i++, to++) {
                double x = r[left[i]];
                double y = r[right[i]];
                r[to] = switch (operation[i]) {
                    case ADD -> x + y;
                    case SUBTRACT -> x - y;
                    case MULTIPLY -> x * y;
                    case DIVIDE -> x / y;
                    default -> operation[i].apply(x, y);
                };
            }
        }
    }

    @Override
    public String toString() {
        return IntStream.of(parameters).boxed().toList() + (utility instanceof Utility.Linear ? " linear" : " curved");
    }
}
