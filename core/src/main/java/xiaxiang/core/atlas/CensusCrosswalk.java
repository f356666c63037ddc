package xiaxiang.core.atlas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/// Leads census units to the counties of a later year, so that no person is lost and no county with its own unit is touched.
///
/// 1 A unit goes to the county with its code. 2 A unit without one goes to a county without a unit in the same prefecture that has its
/// name but for the ending (偃师市 to 偃师区), 3 else to one that has a township of its name (吉利区 to the county of 吉利街道).
/// 4 What is left of a prefecture is shared out over its counties that are still without, else over those that step 2 or 3 served, by villages
/// (largest remainder);
/// 5 where there is none, the unit stays a county of its own, without townships. A county that gets nothing is counted in the neighbours it was cut
/// from: 0 persons.
final class CensusCrosswalk {
    /// A county today: `villages` weigh it in step 4.
    record County(String code, String name, List<String> townships, int villages) {}

    /// What a county gets: persons, means weighted by persons, and by which units; `exact` if it is its own unit alone.
    record Share(long persons, double urbanShare, double schoolYears, List<String> units, boolean exact) {}

    private final NationalFormat format;
    private final Map<String, List<NationalTables.Counted>> given = new TreeMap<>();
    private final Map<String, List<String>> names = new TreeMap<>();
    private final Map<String, Boolean> exact = new TreeMap<>();

    /// Units that stay counties of their own.
    final List<NationalTables.Counted> alone = new ArrayList<>();

    CensusCrosswalk(List<County> counties, List<NationalTables.Counted> units, NationalFormat format) {
        this.format = format;
        var spare = new LinkedHashMap<String, List<NationalTables.Counted>>();
        var orphans = new LinkedHashMap<String, List<County>>();
        var byCode = new TreeMap<String, NationalTables.Counted>();
        for (NationalTables.Counted unit : units) byCode.put(unit.code(), unit);
        for (County county : counties.stream().sorted(Comparator.comparing(County::code)).toList()) {
            NationalTables.Counted own = byCode.remove(county.code());
            exact.put(county.code(), own != null);
            if (own != null) give(county, own, own);
            else orphans.computeIfAbsent(format.prefecture(county.code()), _ -> new ArrayList<>()).add(county);
        }
        for (NationalTables.Counted unit : byCode.values()) spare.computeIfAbsent(format.prefecture(unit.code()), _ -> new ArrayList<>()).add(unit);
        spare.forEach((prefecture, left) -> match(orphans.getOrDefault(prefecture, List.of()), left));
    }

    private void match(List<County> orphans, List<NationalTables.Counted> spare) {
        var left = new LinkedHashSet<>(spare);
        serve(orphans, left, (county, unit) -> sameName(county.name(), unit.name()));
        serve(orphans, left, (county, unit) -> county.townships().stream().anyMatch(one -> sameName(one, unit.name())));
        List<County> without = orphans.stream().filter(one -> !given.containsKey(one.code())).toList();
        List<County> takers = without.isEmpty() ? orphans : without;
        if (takers.isEmpty()) alone.addAll(left);
        else for (NationalTables.Counted unit : left) shareOut(unit, takers);
    }

    private void serve(List<County> orphans, Set<NationalTables.Counted> left, BiPredicate<County, NationalTables.Counted> fits) {
        for (County county : orphans) {
            for (NationalTables.Counted unit : List.copyOf(left)) {
                if (!fits.test(county, unit)) continue;
                give(county, unit, unit);
                left.remove(unit);
            }
        }
    }

    private boolean sameName(String today, String then) {
        return format.stem(today).equals(format.stem(then)) || today.equals(format.stem(then)) || format.stem(today).equals(then);
    }

    private void shareOut(NationalTables.Counted unit, List<County> takers) {
        long[] persons = PopulationShare.largestRemainder(unit.persons(), takers.stream().mapToDouble(County::villages).toArray());
        for (int i = 0; i < persons.length; i++) {
            give(takers.get(i), unit, new NationalTables.Counted(unit.code(), unit.name(), persons[i], unit.urbanShare(), unit.schoolYears(),
                    unit.point()));
        }
    }

    private void give(County county, NationalTables.Counted unit, NationalTables.Counted part) {
        given.computeIfAbsent(county.code(), _ -> new ArrayList<>()).add(part);
        String name = unit.code() + " " + unit.name();
        names.computeIfAbsent(county.code(), _ -> new ArrayList<>()).add(part.persons() == unit.persons() ? name : "part of " + name);
    }

    /// What the county with this code gets.
    Share share(String county) {
        List<NationalTables.Counted> parts = given.getOrDefault(county, List.of());
        long persons = parts.stream().mapToLong(NationalTables.Counted::persons).sum();
        if (persons == 0) return new Share(0, format.meanUrbanShare(), format.meanSchoolYears(), names.getOrDefault(county, List.of()),
                exact.getOrDefault(county, false));
        double urban = parts.stream().mapToDouble(one -> one.persons() * one.urbanShare()).sum() / persons;
        double school = parts.stream().mapToDouble(one -> one.persons() * one.schoolYears()).sum() / persons;
        return new Share(persons, urban, school, names.getOrDefault(county, List.of()), exact.getOrDefault(county, false));
    }
}
