package xiaxiang.engine.choice;

import java.util.List;

/// What a name in an [Expression] stands for. Arrays are kept, not copied; the same array is the same column.
public sealed interface Meaning {
    /// A column of numbers, one a row; NaN where missing.
    final class Column implements Meaning {
        final double[] values;

        /// One value a row.
        public Column(double[] values) {
            this.values = values;
        }
    }

    /// A column of labels: `codes` point into `labels`, -1 where missing. It can be compared with a text or another such column.
    final class Labels implements Meaning {
        final int[] codes;
        final List<String> labels;
        /// The labels as numbers, one a row; empty where they are none.
        final double[] values;

        /// One code a row.
        public Labels(int[] codes, List<String> labels) {
            this(codes, labels, new double[0]);
        }

        /// Labels that are numbers too, such as true and false: `values` has one a row.
        public Labels(int[] codes, List<String> labels, double[] values) {
            this.codes = codes;
            this.labels = List.copyOf(labels);
            this.values = values;
        }
    }

    /// A coefficient to estimate, by its number among the model's.
    record Coefficient(int number) implements Meaning {}

    /// A known number.
    record Constant(double value) implements Meaning {}
}
