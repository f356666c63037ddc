package xiaxiang.core.door;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One column of a [Table], as it was found: all numbers, or texts.
sealed interface TableColumn {
    /// These rows of it, in this order.
    TableColumn at(int[] rows);

    /// NaN where missing.
    final class Numbers implements TableColumn {
        final double[] values;

        Numbers(double[] values) {
            this.values = values;
        }

        @Override
        public Numbers at(int[] rows) {
            return new Numbers(Arrays.stream(rows).mapToDouble(r -> values[r]).toArray());
        }

        /// The column as labels: each different number is one, in the order they appear.
        Labels labels() {
            Map<Double, Integer> index = new HashMap<>();
            int[] codes = new int[values.length];
            for (int i = 0; i < codes.length; i++) codes[i] = Double.isNaN(values[i]) ? -1 : index(index, values[i] + 0.0);
            String[] names = new String[index.size()];
            index.forEach((value, code) -> names[code] = Table.text(value));
            return new Labels(codes, List.of(names));
        }

        private static int index(Map<Double, Integer> index, double value) {
            Integer known = index.get(value);
            if (known != null) return known;
            index.put(value, index.size());
            return index.size() - 1;
        }
    }

    /// `codes` point into `names`; -1 where missing.
    final class Labels implements TableColumn {
        final int[] codes;
        final List<String> names;

        Labels(int[] codes, List<String> names) {
            this.codes = codes;
            this.names = names;
        }

        @Override
        public Labels at(int[] rows) {
            return new Labels(Arrays.stream(rows).map(r -> codes[r]).toArray(), names);
        }
    }
}
