package xiaxiang.core.atlas;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Row;
import xiaxiang.core.door.Rule;

/// people.csv: how many live where. Rows of codes that were merged since are added up under the code in force.
final class PeopleFile {
    static final Columns COLUMNS = Columns.of("code", "year", "persons", "income_index", "source", "kind");

    private final DivisionsFile divisions;
    private final Map<String, Row> seen = new HashMap<>();
    private final Map<String, Row> first = new HashMap<>();
    private final Map<String, People> people = new LinkedHashMap<>();

    PeopleFile(DivisionsFile divisions) {
        this.divisions = divisions;
    }

    boolean read(Path folder, Problems problems) {
        boolean there = CsvFile.read(folder, "people", COLUMNS, problems, this::row);
        checkSums();
        return there;
    }

    private void row(Row row) {
        String written = row.required("code");
        divisions.unknown(row, "code", written);
        int year = (int) row.whole("year", 1900, 2100);
        FactRow.key(row, "code", written + " " + year, seen);
        long persons = row.whole("persons", 0, 2_000_000_000L);
        double income = row.number("income_index", 0.001, 100);
        Provenance provenance = FactRow.provenance(row);
        if (!row.good()) return;
        // The people of a code that was split stay under it: nobody says how many went where.
        String code = divisions.dated().current(written);
        String key = code + " " + year;
        first.putIfAbsent(key, row);
        people.merge(key, new People(code, year, persons, income, provenance), PeopleFile::sum);
    }

    private static People sum(People a, People b) {
        long persons = a.persons() + b.persons();
        double income = persons == 0 ? a.incomeIndex() : (a.incomeIndex() * a.persons() + b.incomeIndex() * b.persons()) / persons;
        boolean same = a.provenance().equals(b.provenance());
        return new People(a.code(), a.year(), persons, income,
                same ? a.provenance() : new Provenance(a.provenance().source() + "; " + b.provenance().source(), Kind.MODELLED));
    }

    /// Where the divisions below are all given they must add up; where some are, they must not exceed.
    private void checkSums() {
        var children = new HashMap<String, Set<String>>();
        for (Division division : divisions.list()) {
            String parent = division.successors().isEmpty() ? division.parent() : null;
            if (parent != null) children.computeIfAbsent(parent, _ -> new HashSet<>()).add(division.code());
        }
        people.forEach((key, one) -> {
            long sum = 0;
            int given = 0;
            Set<String> below = children.getOrDefault(one.code(), Set.of());
            for (String child : below) {
                People there = people.get(child + " " + one.year());
                if (there == null) continue;
                sum += there.persons();
                given++;
            }
            Rule rule = given == below.size() && given > 0 && sum != one.persons() ? Rule.CHILDREN_DIFFER
                    : given > 0 && sum > one.persons() ? Rule.CHILDREN_EXCEED : null;
            report(key, rule, sum);
        });
    }

    private void report(String key, @Nullable Rule rule, long sum) {
        Row row = first.get(key);
        if (row != null && rule != null) row.problem("persons", rule, Long.toString(sum));
    }

    List<People> list() {
        return new ArrayList<>(people.values());
    }
}
