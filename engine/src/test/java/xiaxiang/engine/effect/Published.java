package xiaxiang.engine.effect;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import xiaxiang.engine.SharedTable;

/// Published panels with unit clusters; units in the order of their names, periods of their values (numbers, or texts such as dates).
final class Published {
    private Published() {}

    /// A cohort of 0, NA or nothing is never treated.
    static Panel read(String name, String unit, String period, String outcome, String cohort, String... covariates) {
        SharedTable t = SharedTable.read(name);
        double[] periods = Arrays.stream(t.numbers(period)).distinct().sorted().toArray();
        return panel(t, unit, period, outcome, row -> t.number(row, cohort) > 0 ? Arrays.binarySearch(periods, t.number(row, cohort)) : Panel.NEVER, covariates);
    }

    static Panel california() {
        return treated("synthdid_california_prop99.csv", "State", "Year", "PacksPerCapita", List.of("California"), 19);
    }

    static Panel geoLift() {
        return treated("GeoLift_Test.csv", "location", "date", "Y", List.of("chicago", "portland"), 90);
    }

    private static Panel treated(String name, String unit, String period, String outcome, List<String> treated, int from) {
        SharedTable t = SharedTable.read(name);
        return panel(t, unit, period, outcome, row -> treated.contains(t.text(row, unit)) ? from : Panel.NEVER);
    }

    private static Panel panel(SharedTable t, String unit, String period, String outcome, IntToDoubleFunction cohort, String... covariates) {
        List<String> units = Arrays.stream(t.text(unit)).distinct().sorted().toList();
        List<String> periods = Arrays.stream(t.text(period)).distinct().sorted().toList();
        double[] y = new double[units.size() * periods.size()];
        Arrays.fill(y, Double.NaN);
        double[][] x = new double[covariates.length][];
        for (int k = 0; k < x.length; k++) x[k] = y.clone();
        int[] first = new int[units.size()];
        for (int row = 0; row < t.rows(); row++) {
            int i = units.indexOf(t.text(row, unit));
            int at = i * periods.size() + periods.indexOf(t.text(row, period));
            y[at] = t.number(row, outcome);
            for (int k = 0; k < x.length; k++) x[k][at] = t.number(row, covariates[k]);
            first[i] = (int) cohort.applyAsDouble(row);
        }
        return new Panel(first.length, periods.size(), y, first, x, IntStream.range(0, first.length).toArray());
    }
}
