package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Nests as numbers: children before parents, the root last. Immutable.
final class NestTree {
    final int nodes;
    final int root;
    /// The node above each node; -1 for the root.
    final int[] above;
    /// The node each alternative stands in.
    final int[] nodeOf;
    /// The parameter of each node but the root.
    final int[] parameter;
    final List<String> name = new ArrayList<>();
    private final Nests.Convention convention;

    /// Throws IllegalArgumentException where an alternative is in two nests, or not one of the model's.
    NestTree(Nests nests, int alternatives) {
        convention = nests.convention();
        List<int[]> built = new ArrayList<>();
        nodeOf = new int[alternatives];
        Arrays.fill(nodeOf, -1);
        List<Integer> tops = nests.nests().stream().map(n -> build(n, built)).toList();
        root = built.size();
        nodes = root + 1;
        above = new int[nodes];
        parameter = new int[root];
        Arrays.fill(above, -1);
        for (int top : tops) above[top] = root;
        for (int m = 0; m < root; m++) {
            parameter[m] = built.get(m)[0];
            for (int c = 1; c < built.get(m).length; c++) above[built.get(m)[c]] = m;
        }
        for (int j = 0; j < alternatives; j++) if (nodeOf[j] < 0) nodeOf[j] = root;
    }

    /// A node is its parameter and then its children.
    private int build(Nest nest, List<int[]> built) {
        int[] node = new int[1 + nest.nests().size()];
        node[0] = nest.parameter();
        for (int c = 0; c < nest.nests().size(); c++) node[c + 1] = build(nest.nests().get(c), built);
        for (int j : nest.alternatives()) {
            if (j < 0 || j >= nodeOf.length) throw new IllegalArgumentException("Nest " + nest.name() + " holds alternative " + j + ", but there are " + nodeOf.length + ".");
            if (nodeOf[j] >= 0) throw new IllegalArgumentException("Alternative " + j + " is in nest " + nest.name() + " and in another.");
            nodeOf[j] = built.size();
        }
        name.add(nest.name());
        built.add(node);
        return built.size() - 1;
    }

    /// The scales of the nodes, and their derivatives, at given coefficients; `slot` tells where a coefficient stands among those that move, -1 if it does not.
    Scales at(double[] beta, int[] slot) {
        return new Scales(beta, slot);
    }

    /// The scales at one point: mu, and for each node the moving coefficients it depends on with d mu.
    final class Scales {
        final double[] mu = new double[nodes];
        final int[][] slots = new int[nodes][];
        final double[][] slopes = new double[nodes][];

        private Scales(double[] beta, int[] slot) {
            mu[root] = 1;
            slots[root] = new int[0];
            slopes[root] = new double[0];
            for (int m = root - 1; m >= 0; m--) {
                int[] path = path(m);
                mu[m] = convention == Nests.Convention.SCALE ? beta[parameter[m]] : mu[above[m]] / beta[parameter[m]];
                int[] moving = Arrays.stream(path).filter(n -> slot[parameter[n]] >= 0).toArray();
                slots[m] = Arrays.stream(moving).map(n -> slot[parameter[n]]).toArray();
                double[] slope = new double[moving.length];
                for (int a = 0; a < slope.length; a++) slope[a] = convention == Nests.Convention.SCALE ? 1 : -mu[m] / beta[parameter[moving[a]]];
                slopes[m] = slope;
            }
        }

        private int[] path(int m) {
            int[] path = {m};
            if (convention == Nests.Convention.SCALE) return path;
            for (int n = above[m]; n != root; n = above[n]) {
                path = Arrays.copyOf(path, path.length + 1);
                path[path.length - 1] = n;
            }
            return path;
        }

        /// d2 mu for the a-th and b-th coefficient of a node.
        double bend(int m, int a, int b) {
            return convention == Nests.Convention.SCALE ? 0 : (a == b ? 2 : 1) * slopes[m][a] * slopes[m][b] / mu[m];
        }

        /// Whether every scale is above 0: otherwise there is no likelihood.
        boolean isDefined() {
            boolean all = true;
            for (double s : mu) all &= s > 0;
            return all;
        }

        /// Nests looser than what is above them, which no choice by utility explains.
        List<String> inconsistent() {
            List<String> found = new ArrayList<>();
            for (int m = 0; m < root; m++) if (mu[m] < mu[above[m]] * (1 - 1e-9)) found.add(name.get(m));
            return found;
        }
    }
}
