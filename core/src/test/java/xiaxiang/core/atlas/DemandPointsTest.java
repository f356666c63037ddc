package xiaxiang.core.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import xiaxiang.engine.geo.LonLat;

class DemandPointsTest {
    @Test
    void countyTotalsAreKeptExactly() {
        for (long seed = 0; seed < 400; seed++) {
            Atlas atlas = Trees.random(seed);
            List<DemandPoint> points = DemandPoints.of(atlas);
            for (People one : atlas.people()) {
                if (one.code().length() != 3) continue;
                assertThat(sum(points, one.code())).as("seed %d county %s", seed, one.code()).isEqualTo(one.persons());
            }
            assertThat(points).as("seed %d", seed).allMatch(one -> one.persons() >= 0);
        }
    }

    @Test
    void townshipTotalsAreKeptWhereTheyFitTheCounty() {
        Atlas atlas = Trees.atlas(List.of(Trees.division("1", "county", null, Tier.COUNTY_TOWN, "", new LonLat(112, 34)), township("11"), township("12"),
                village("11a", "11", "121"), village("11b", "11", "220"), village("11c", "11", "220"), village("12a", "12", "220")),
                List.of(Trees.people("1", 1_000, Trees.SEEN), Trees.people("11", 700, Trees.MODELLED), Trees.people("12", 300, Trees.MODELLED)));
        // Weights 3, 1, 1 of 700; the only village of 12 gets all.
        assertThat(DemandPoints.of(atlas)).extracting(DemandPoint::persons).containsExactly(420L, 140L, 140L, 300L);
        assertThat(DemandPoints.of(atlas)).extracting(DemandPoint::personsKind).containsOnly(Kind.MODELLED);
        assertThat(DemandPoints.of(atlas)).extracting(DemandPoint::township).containsExactly("11", "11", "11", "12");
    }

    @Test
    void observedVillagesStand() {
        Atlas atlas = Trees.atlas(List.of(township("11"), village("11a", "11", "220"), village("11b", "11", "220"), village("11c", "11", "220")),
                List.of(Trees.people("11", 1_001, Trees.MODELLED), Trees.people("11b", 400, Trees.SEEN)));
        assertThat(DemandPoints.of(atlas)).extracting(DemandPoint::persons).containsExactly(301L, 400L, 300L);
        assertThat(DemandPoints.of(atlas)).extracting(DemandPoint::personsKind).containsExactly(Kind.MODELLED, Kind.OBSERVED, Kind.MODELLED);
    }

    @Test
    void aTotalWinsOverObservedFiguresThatContradictIt() {
        Atlas atlas = Trees.atlas(List.of(township("11"), village("11a", "11", "220"), village("11b", "11", "220")),
                List.of(Trees.people("11", 100, Trees.SEEN), Trees.people("11a", 300, Trees.SEEN), Trees.people("11b", 100, Trees.SEEN)));
        assertThat(DemandPoints.of(atlas)).extracting(DemandPoint::persons).containsExactly(75L, 25L);
        assertThat(DemandPoints.of(atlas)).extracting(DemandPoint::personsKind).containsOnly(Kind.MODELLED);
    }

    @Test
    void withoutATotalTheFiguresBelowAddUp() {
        Atlas atlas = Trees.atlas(List.of(Trees.division("1", "county", null, Tier.TOWNSHIP, "", null), township("11"), township("12")),
                List.of(Trees.people("11", 70, Trees.SEEN), Trees.people("12", 30, Trees.SEEN)));
        assertThat(DemandPoints.of(atlas)).as("a township without villages is a point itself")
                .extracting(DemandPoint::code, DemandPoint::township, DemandPoint::persons, DemandPoint::personsKind)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("11", "11", 70L, Kind.OBSERVED), org.assertj.core.groups.Tuple.tuple("12", "12",
                        30L, Kind.OBSERVED));
    }

    @Test
    void anOldCodeStillFindsItsPlace() {
        Division old = new Division("10", "old", "", "township", null, Tier.TOWNSHIP, "", new LonLat(100, 30), Kind.OBSERVED, null, LocalDate.of(2015,
                1, 1), List.of("11"), Trees.SEEN);
        Atlas atlas = Trees.atlas(List.of(old, township("11"), village("10a", "10", "220")), List.of(Trees.people("11", 5, Trees.SEEN)));
        assertThat(DemandPoints.of(atlas)).extracting(DemandPoint::code, DemandPoint::township, DemandPoint::persons)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("10a", "11", 5L));
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        for (long seed = 0; seed < 100; seed++) {
            Atlas atlas = Trees.random(seed);
            assertThat(DemandPoints.of(Trees.shuffled(atlas, seed))).as("seed %d", seed).isEqualTo(DemandPoints.of(atlas));
        }
    }

    @Test
    void incomeComesFromTheNearestFigureAbove() {
        var people = List.of(new People("1", 2020, 10, .5, Trees.SEEN), new People("12", 2020, 5, .8, Trees.SEEN));
        Atlas atlas = Trees.atlas(List.of(Trees.division("1", "county", null, Tier.TOWNSHIP, "", null), township("11"), township("12"), village("12a",
                "12", "")), people);
        assertThat(DemandPoints.of(atlas)).extracting(DemandPoint::incomeIndex).containsExactly(.5, .8);
    }

    @Test
    void aPlaceNobodyCanFindIsNamed() {
        var lost = new ArrayList<>(List.of(Trees.division("11", "township", null, Tier.TOWNSHIP, "", null), village("11a", "11", "")));
        assertThatThrownBy(() -> DemandPoints.of(Trees.atlas(lost, List.of()))).hasMessageContaining("11a").hasMessageContaining("lon");
    }

    private static Division township(String code) {
        return Trees.division(code, "township", code.substring(0, 1), Tier.TOWNSHIP, "", new LonLat(112, 34 + code.charAt(1) / 1_000.0));
    }

    private static Division village(String code, String township, String urbanRural) {
        return Trees.division(code, "village", township, Tier.TOWNSHIP, urbanRural, null);
    }

    private static long sum(List<DemandPoint> points, String prefix) {
        return points.stream().filter(one -> one.code().startsWith(prefix)).collect(Collectors.summingLong(DemandPoint::persons));
    }
}
