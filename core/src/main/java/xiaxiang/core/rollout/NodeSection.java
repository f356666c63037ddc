package xiaxiang.core.rollout;

import java.util.Arrays;
import java.util.List;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.door.Word;

/// The lines of a section of a [MclpFile]: a few numbers each, all lines or none led by a node number.
final class NodeSection {
    private final String name;
    /// Least and most of each number, in the order of a line.
    private final double[][] ranges;
    private final int mostNodes;
    /// Row of the section's name, 0 while it was not met.
    private long row;
    private int used;
    private double[][] values = new double[1 << 10][];
    private int[] nodes = new int[1 << 10];
    private long[] rows = new long[1 << 10];
    private boolean numbered;

    NodeSection(String name, int mostNodes, double[]... ranges) {
        this.name = name;
        this.mostNodes = mostNodes;
        this.ranges = ranges;
    }

    /// The section's name was met; a second time is a problem.
    void begin(Word word) {
        if (row > 0) word.problem(Rule.DUPLICATE_KEY, Long.toString(row));
        row = word.row();
    }

    /// Takes a line. One of the wrong length is a problem; the first line settles whether they are numbered.
    void add(List<Word> line) {
        if (used == 0) numbered = line.size() == ranges.length + 1;
        int lead = numbered ? 1 : 0;
        int wanted = ranges.length + lead;
        if (line.size() < wanted) line.getLast().problem(Rule.TOO_FEW_NUMBERS, line.size() + " < " + wanted);
        if (line.size() > wanted) line.get(wanted).problem(Rule.TOO_MANY_NUMBERS, line.size() + " > " + wanted);
        if (used == values.length) grow();
        double[] numbers = new double[ranges.length];
        nodes[used] = numbered ? line.getFirst().whole(1, mostNodes) : used + 1;
        for (int k = 0; k < ranges.length && k + lead < line.size(); k++) numbers[k] = line.get(k + lead).number(ranges[k][0], ranges[k][1]);
        rows[used] = line.getFirst().row();
        values[used++] = numbers;
    }

    private void grow() {
        values = Arrays.copyOf(values, 2 * used);
        nodes = Arrays.copyOf(nodes, 2 * used);
        rows = Arrays.copyOf(rows, 2 * used);
    }

    /// Judges the whole section against the number of nodes.
    void complete(String file, int count, Problems problems) {
        if (row == 0) problems.add(new Problem(file, 0, name, "", Rule.MISSING_PART, name));
        else if (count > 0 && numbered) completeNumbered(file, count, problems);
        else if (count > 0 && used < count) problems.add(new Problem(file, row, "1", name, Rule.TOO_FEW_NUMBERS, used + " < " + count));
        else if (count > 0 && used > count) problems.add(new Problem(file, rows[count], "1", name, Rule.TOO_MANY_NUMBERS, used + " > " + count));
    }

    private void completeNumbered(String file, int count, Problems problems) {
        long[] seen = new long[count + 1];
        for (int k = 0; k < used; k++) {
            String node = Integer.toString(nodes[k]);
            if (nodes[k] > count) problems.add(new Problem(file, rows[k], "1", node, Rule.OUT_OF_RANGE, "[1, " + count + "]"));
            else if (nodes[k] > 0 && seen[nodes[k]] > 0) problems.add(new Problem(file, rows[k], "1", node, Rule.DUPLICATE_KEY, Long.toString(seen[nodes[k]])));
            else if (nodes[k] > 0) seen[nodes[k]] = rows[k];
        }
        for (int node = 1; node <= count; node++) if (seen[node] == 0) problems.add(new Problem(file, row, "1", name, Rule.MISSING_NODE, Integer.toString(node)));
    }

    /// Number k of every node, in the order of the nodes. Only for a section that is complete.
    double[] column(int k) {
        double[] column = new double[used];
        for (int at = 0; at < used; at++) column[nodes[at] - 1] = values[at][k];
        return column;
    }
}
