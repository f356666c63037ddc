package xiaxiang.core.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
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
    void outOfTheWorldsTopFive() {
        RankTable.Quarter q = quarter(xiaomi(), "WORLD", "IDC", "2016Q1");
        assertThat(q.present()).isTrue();
        assertThat(q.hidden()).isTrue();
        assertThat(q.sharePct()).isNull();
        assertThat(q.lowPct()).isEqualTo(0);
        assertThat(q.listsTop()).isEqualTo(5);
        assertThat(q.highPct()).as("vivo, the fifth, has 4.3 rounded to .1").isEqualTo(4.35, within(1e-9));
        assertThat(q.rankLow()).isEqualTo(6);
        assertThat(q.rankHigh()).as("brands the tables never name may lie between").isNull();
        assertThat(q.topFive()).isZero();
    }

    @Test
    void theReboundInTheWorld() {
        List<RankTable> tables = xiaomi();
        // The page names Samsung, Apple, Huawei, OPPO and Xiaomi in every quarter, whoever was larger: vivo, 4.3 at its best elsewhere, may have up to 5.375.
        for (String period : List.of("2016Q4", "2017Q1")) {
            RankTable.Quarter q = quarter(tables, "WORLD", "IDC", period);
            assertThat(q.listsTop()).as(period).isNull();
            assertThat(List.of(q.rankLow(), q.rankHigh())).as(period).containsExactly(5, 6);
        }
        for (String period : List.of("2017Q2", "2017Q3")) {
            RankTable.Quarter q = quarter(tables, "WORLD", "IDC", period);
            assertThat(List.of(q.rankLow(), q.rankHigh())).as(period).containsExactly(5, 5);
            assertThat(q.topFive()).as(period).isGreaterThan(.9);
        }
        RankTable.Quarter last = quarter(tables, "WORLD", "IDC", "2017Q4");
        assertThat(List.of(last.rankLow(), last.rankHigh())).as("7.1, OPPO 6.9").containsExactly(4, 4);
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
        return new MarketFact("X", "2016Q1", table, brand, "shipment", pct, null, rounding, null, "", new Provenance("test", Kind.OBSERVED));
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

    private static List<MarketFact> listing(@Nullable Integer top, List<MarketFact> facts) {
        return facts.stream().map(f -> new MarketFact(f.place(), f.period(), f.table(), f.brand(), f.measure(), f.sharePct(), f.unitsMillion(), f.roundingPct(), top, f.note(), f.provenance())).toList();
    }

    /// Brands a to g with 20, 18, ... 8 in one quarter; the next lists a to e only, with the same shares.
    private static RankTable.Quarter next(@Nullable Integer top, int listed, String brand) {
        List<MarketFact> facts = new ArrayList<>();
        List<MarketFact> later = new ArrayList<>();
        for (int b = 0; b < 7; b++) {
            MarketFact f = fact("t", "abcdefg".substring(b, b + 1), 20 - 2.0 * b, 1);
            facts.add(f);
            if (b < listed) later.add(new MarketFact("X", "2016Q2", "t", f.brand(), "shipment", f.sharePct(), null, 1, null, "", f.provenance()));
        }
        facts.addAll(listing(top, later));
        return MarketRank.of(facts, brand, "2016Q2", "2016Q2").getFirst().quarters().getFirst();
    }

    @Test
    void whatAListOfTheLargestLeavesOutIsSmaller() {
        assertThat(next(null, 5, "g").highPct()).as("1.25 x 8").isEqualTo(10, within(1e-9));
        assertThat(next(null, 5, "f").rankLow()).as("12.5 may be above e, 12").isEqualTo(5);
        RankTable.Quarter f = next(5, 5, "f");
        assertThat(f.highPct()).as("1.25 x 10, but e has 12 at most 12.5").isEqualTo(12.5, within(1e-9));
        assertThat(f.rankLow()).isEqualTo(6);
        assertThat(f.topFive()).isZero();
        assertThat(next(5, 5, "e").rankHigh()).isEqualTo(5);
        assertThat(next(5, 5, "e").topFive()).isEqualTo(1);
        assertThat(next(null, 5, "e").rankHigh()).isEqualTo(6);
        assertThat(next(3, 5, "f").rankLow()).as("five are named, the three largest are sure").isEqualTo(5);
        assertThat(next(3, 3, "d").rankLow()).isEqualTo(4);
        assertThat(next(3, 3, "d").topFive()).as("four are left out and may lie in any order").isBetween(.3, .7);
    }

    @Test
    void aBrandListedWithoutAShareIsNotLeftOut() {
        List<MarketFact> facts = new ArrayList<>(List.of(fact("s", "a", 30, .1), fact("s", "b", 20, .1), fact("s", "c", 10, .1), fact("s", "Others", 40, .1)));
        List<MarketFact> list = listing(2, List.of(fact("t", "a", 30, .1), new MarketFact("X", "2016Q1", "t", "b", "shipment", null, 9.0, .1, null, "", facts.getFirst().provenance())));
        facts.addAll(list);
        var b = MarketRank.of(facts, "b", "2016Q1", "2016Q1").get(1).quarters().getFirst();
        assertThat(b.hidden()).isTrue();
        assertThat(b.rankLow()).as("listed, so it may be second").isEqualTo(2);
        var c = MarketRank.of(facts, "c", "2016Q1", "2016Q1").get(1).quarters().getFirst();
        assertThat(c.rankLow()).isEqualTo(3);
        assertThat(c.highPct()).isEqualTo(12.5, within(1e-9));
    }

    @Test
    void measuresAreNeverPutIntoOneTable() {
        var shipped = List.of(fact("t", "a", 40, .1), fact("t", "b", 30, .1), fact("t", "Others", 30, .1));
        List<MarketFact> facts = new ArrayList<>(shipped);
        for (MarketFact f : shipped) facts.add(new MarketFact(f.place(), f.period(), f.table(), f.brand(), "sell-out", f.sharePct(), null, .1, null, "", f.provenance()));
        assertThat(MarketRank.of(facts, "b", "2016Q1", "2016Q1")).hasSize(2).allSatisfy(t -> assertThat(t.quarters().getFirst().rankHigh()).isEqualTo(2));
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
