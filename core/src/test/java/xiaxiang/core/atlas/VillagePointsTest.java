package xiaxiang.core.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import xiaxiang.engine.geo.Distance;
import xiaxiang.engine.geo.LonLat;

class VillagePointsTest {
    @Test
    void everyPointGivenIsModelledAndNoPointKnownIsMoved() {
        for (long seed = 0; seed < 100; seed++) {
            Atlas atlas = Trees.random(seed);
            Atlas filled = VillagePoints.fill(atlas);
            for (int i = 0; i < atlas.divisions().size(); i++) {
                Division before = atlas.divisions().get(i);
                Division after = filled.divisions().get(i);
                assertThat(after.point()).as("seed %d %s", seed, after.code()).isNotNull();
                if (before.point() == null) assertThat(after.pointKind()).as("seed %d %s", seed, after.code()).isEqualTo(Kind.MODELLED);
                else assertThat(after).as("seed %d", seed).isEqualTo(before);
            }
            assertThat(VillagePoints.fill(filled)).as("seed %d", seed).isSameAs(filled);
        }
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        for (long seed = 0; seed < 100; seed++) {
            Atlas atlas = Trees.random(seed);
            assertThat(byCode(VillagePoints.fill(Trees.shuffled(atlas, seed)))).as("seed %d", seed).isEqualTo(byCode(VillagePoints.fill(atlas)));
        }
    }

    @Test
    void villagesLieWithinThreeQuartersOfTheWayToTheNextSeatAndCoresNearest() {
        // Two seats 10 km apart on a meridian.
        var divisions = new ArrayList<>(List.of(Trees.division("11", "township", null, Tier.TOWNSHIP, "", new LonLat(112, 34)),
                Trees.division("12", "township", null, Tier.TOWNSHIP, "", new LonLat(112, 34 + Math.toDegrees(10_000 / Distance.RADIUS_METERS)))));
        for (int v = 0; v < 40; v++) divisions.add(Trees.division("11" + (200 + v), "village", "11", Tier.TOWNSHIP, v < 10 ? "220" : v < 20 ? "121"
                : "122", null));
        Atlas filled = VillagePoints.fill(Trees.atlas(divisions, List.of()));
        Map<String, Double> farthest = new TreeMap<>();
        for (Division one : filled.divisions()) {
            LonLat point = one.point();
            if (point != null && one.code().length() == 5) farthest.merge(one.urbanRural(), metersFromSeat(point), Math::max);
        }
        // 40 villages: ten cores on the inner quarter of the disc, twenty on the fringe, ten outside.
        assertThat(farthest.get("121")).isBetween(2_000.0, 7_500 * Math.sqrt(.25) + 1);
        assertThat(farthest.get("122")).isBetween(4_000.0, 7_500 * Math.sqrt(.75) + 1);
        assertThat(farthest.get("220")).isBetween(6_500.0, 7_501.0);
    }

    @Test
    void seatsAtOnePlaceStillLeaveAKilometre() {
        var divisions = new ArrayList<Division>();
        for (String seat : List.of("11", "12")) divisions.add(Trees.division(seat, "township", null, Tier.TOWNSHIP, "", new LonLat(112, 34)));
        for (int v = 0; v < 30; v++) divisions.add(Trees.division("11" + (200 + v), "village", "11", Tier.TOWNSHIP, "220", null));
        double most = VillagePoints.fill(Trees.atlas(divisions, List.of())).divisions().stream().map(Division::point).filter(one -> one != null)
                .mapToDouble(VillagePointsTest::metersFromSeat).max().orElseThrow();
        assertThat(most).isBetween(900.0, 1_001.0);
    }

    private static double metersFromSeat(LonLat point) {
        return Distance.meters(112, 34, point.lon(), point.lat());
    }

    private static List<Division> byCode(Atlas atlas) {
        return atlas.divisions().stream().sorted(Comparator.comparing(Division::code)).toList();
    }
}
