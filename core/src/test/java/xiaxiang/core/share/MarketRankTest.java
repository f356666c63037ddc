package xiaxiang.core.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.MarketFact;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.atlas.WorkspaceFiles;
import xiaxiang.core.door.Problems;

/// Ranks in the public tables, as far as they allow: Xiaomi's fall and rebound, and small tables by hand.
class MarketRankTest {
    private static List<RankTable> xiaomi() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (!Files.isDirectory(at.resolve("demo/yichuan"))) continue;
            var problems = new Problems();
            List<MarketFact> market = WorkspaceFiles.read(at.resolve("demo/yichuan"), problems).market();
            assertThat(problems.text(Locale.ENGLISH)).isEmpty();
            return MarketRank.of(market, "Xiaomi", "2016Q1", "2017Q4");
        }
        throw new AssertionError("The folder demo/yichuan is part of the project.");
    }

    private static RankTable.Quarter quarter(List<RankTable> tables, String place, String table, String period) {
        return tables.stream().filter(t -> t.place().equals(place) && t.table().equals(table)).flatMap(t -> t.quarters().stream()).filter(q -> q.period().equals(period)).findFirst().orElseThrow();
    }

    @Test
    void chinaInTheQuarterBeforeTheRollOut() {
        RankTable.Quarter q = quarter(xiaomi(), "CN", "Counterpoint", "2017Q1");
        // Above 8.0: Huawei 19.6, OPPO 17.4, vivo 17.0, Apple 10.0; below: Meizu 5.2.
        assertThat(q.sharePct()).isEqualTo(8.0, within(1e-9));
        assertThat(q.lowPct()).isEqualTo(7.95, within(1e-9));
        assertThat(q.highPct()).isEqualTo(8.05, within(1e-9));
        assertThat(q.rankLow()).isEqualTo(5);
        assertThat(q.rankHigh()).isEqualTo(5);
        assertThat(q.hidden()).isFalse();
        assertThat(q.topFive()).isGreaterThan(.8);
    }

    @Test
    void theReboundInChina() {
        List<RankTable> tables = xiaomi();
        // 2017Q3: Huawei 18.6, OPPO 19.2, vivo 18.6 above 13.8; Apple 9.6 below.
        assertThat(quarter(tables, "CN", "Counterpoint", "2017Q3").rankLow()).isEqualTo(4);
        assertThat(quarter(tables, "CN", "Counterpoint", "2017Q3").rankHigh()).isEqualTo(4);
    }

    @Test
    void outOfTheWorldsTopFiveTheRankIsARange() {
        RankTable.Quarter q = quarter(xiaomi(), "WORLD", "IDC", "2016Q1");
        assertThat(q.present()).isTrue();
        assertThat(q.hidden()).isTrue();
        assertThat(q.sharePct()).isNull();
        assertThat(q.lowPct()).isEqualTo(0);
        assertThat(q.highPct()).as("1.25 x 7.5, the most it ever had").isEqualTo(9.375, within(1e-9));
        assertThat(q.rankHigh()).isGreaterThanOrEqualTo(6);
        assertThat(q.rankLow()).isLessThan(6);
        assertThat(q.topFive()).isBetween(.0, 1.0);
        assertThat(quarter(xiaomi(), "WORLD", "IDC", "2017Q3").rankHigh()).isLessThanOrEqualTo(6);
    }

    @Test
    void quartersThatAreNotPublishedAreAbsent() {
        List<RankTable> tables = xiaomi();
        for (String period : List.of("2016Q2", "2016Q3")) {
            RankTable.Quarter q = quarter(tables, "WORLD", "IDC", period);
            assertThat(q).isEqualTo(RankTable.Quarter.absent(period));
        }
        assertThat(quarter(tables, "CN", "Counterpoint", "2017Q4").present()).isFalse();
        assertThat(tables).allSatisfy(t -> assertThat(t.quarters()).extracting(RankTable.Quarter::period)
                .containsExactly("2016Q1", "2016Q2", "2016Q3", "2016Q4", "2017Q1", "2017Q2", "2017Q3", "2017Q4"));
        assertThat(tables).allSatisfy(t -> assertThat(t.measure()).isNotBlank());
    }

    private static MarketFact fact(String table, String brand, double pct, double rounding) {
        return new MarketFact("X", "2016Q1", table, brand, "shipment", pct, null, rounding, "", new Provenance("test", Kind.OBSERVED));
    }

    private static RankTable.Quarter of(List<MarketFact> facts, String brand) {
        return MarketRank.of(facts, brand, "2016Q1", "2016Q1").getFirst().quarters().getFirst();
    }

    @Test
    void roundingMakesATieARange() {
        // Rounded to whole points: 10 may be 9.5 to 10.5, as may the other 10; 11 overlaps at 10.5; 12 does not.
        var q = of(List.of(fact("t", "a", 10, 1), fact("t", "b", 10, 1), fact("t", "c", 11, 1), fact("t", "d", 12, 1), fact("t", "e", 3, 1), fact("t", "Others", 54, 1)), "a");
        assertThat(q.rankLow()).isEqualTo(2);
        assertThat(q.rankHigh()).isEqualTo(4);
        assertThat(q.topFive()).isEqualTo(1);
    }

    @Test
    void theSpreadOfSourcesIsTheirStandardError() {
        // One pair 2 apart: variance of one source is 2^2 / 2.
        var facts = List.of(fact("s", "a", 10, .1), fact("t", "a", 12, .1), fact("t", "b", 5, .1), fact("s", "Others", 90, .1), fact("t", "Others", 83, .1));
        assertThat(MarketRank.sourceSpread(facts)).isEqualTo(Math.sqrt(2), within(1e-12));
        assertThat(MarketRank.sourceSpread(facts.subList(0, 1))).isZero();
    }

    @Test
    void aBrandAloneIsFirstAndAnUnknownOneAbsent() {
        assertThat(of(List.of(fact("t", "a", 40, .1)), "a").rankHigh()).isEqualTo(1);
        assertThat(of(List.of(fact("t", "a", 40, .1)), "nobody").present()).isFalse();
        assertThat(MarketRank.of(new ArrayList<>(), "a", "2016Q1", "2016Q4")).isEmpty();
    }

    @Test
    void theSameTablesGiveTheSameProbability() {
        assertThat(xiaomi()).isEqualTo(xiaomi());
    }
}
