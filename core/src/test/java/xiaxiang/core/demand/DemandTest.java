package xiaxiang.core.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import xiaxiang.core.atlas.DemandPoint;
import xiaxiang.core.atlas.DemandPoints;
import xiaxiang.core.atlas.People;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.atlas.Tier;
import xiaxiang.engine.geo.Distance;
import xiaxiang.engine.geo.LonLat;

/// Demand meets the public table, and is Huff's law where its settings say so.
class DemandTest {
    /// Units of each brand, and those of them bought online.
    @SuppressWarnings("ArrayRecordComponent") // summed up and read at once; never compared
    private record Totals(double[] units, double[] online, double all, double weight) {}

    private static Totals totals(Demand d) {
        double[] units = new double[d.brands().size()];
        double[] online = new double[units.length];
        double all = 0;
        double weight = 0;
        for (int i = 0; i < d.points().size(); i++) {
            double sum = 1;
            for (int b = 0; b < units.length; b++) sum += d.nestWorth(i, b);
            for (int b = 0; b < units.length; b++) {
                double bought = d.weight(i) * d.nestWorth(i, b) / sum;
                units[b] += bought;
                online[b] += bought * d.channels(i, b)[0];
                all += bought;
            }
            weight += d.weight(i);
        }
        return new Totals(units, online, all, weight);
    }

    @Test
    void sharesOfTheRegionEqualThePublicTable() {
        double[] table = {.10, .40, .50};
        for (long seed = 0; seed < 200; seed++) {
            Demand d = SmallCounty.of(seed).demand();
            Totals t = totals(d);
            for (int b = 0; b < table.length; b++) {
                assertThat(t.units[b] / t.all).as("share of %s, seed %d", d.brands().get(b).id(), seed).isCloseTo(table[b], within(1e-9));
                assertThat(t.online[b] / t.units[b]).as("online part of %s, seed %d", d.brands().get(b).id(), seed).isCloseTo(d.brands().get(b).onlineShare(), within(1e-9));
            }
            assertThat(1 - t.all / t.weight).as("buyers of nothing, seed %d", seed).isCloseTo(d.coefficients().of(Term.OUTSIDE_SHARE), within(1e-9));
            assertThat(d.calibrationError()).as("seed %d", seed).isLessThan(1e-9);
        }
    }

    @Test
    void phonesAYearFollowPeopleAndIncomeByHand() {
        SmallCounty county = SmallCounty.of(3);
        Demand d = county.demand();
        for (int i = 0; i < d.points().size(); i++) {
            DemandPoint p = d.points().get(i);
            assertThat(d.weight(i) * (1 - .1)).isCloseTo(p.persons() * .339 * Math.sqrt(p.incomeIndex()), within(1e-6));
            assertThat(d.ourMarginFen(i)).isCloseTo(SmallCounty.MARGIN_FEN, within(1e-6));
        }
    }

    @Test
    void twiceThePeopleAreTwiceThePhonesAndTheSameShares() {
        SmallCounty county = SmallCounty.of(4);
        Demand once = county.demand();
        Demand twice = county.withPeople(p -> new People(p.code(), p.year(), 2 * p.persons(), p.incomeIndex(), p.provenance())).demand();
        for (int i = 0; i < once.points().size(); i++) {
            assertThat(twice.weight(i)).isCloseTo(2 * once.weight(i), within(1e-6));
            for (int b = 0; b < 3; b++) assertThat(twice.nestWorth(i, b)).isCloseTo(once.nestWorth(i, b), within(1e-8 * once.nestWorth(i, b)));
        }
    }

    /// Nest parameter 1 and distance alone: each shop's part of a brand is exp(-.22 km) over the sum, Huff's law with an exponential.
    @Test
    void huffIsASetting() {
        Coefficients huff = Coefficients.documented().given(Term.NEST, 1);
        for (Term zero : List.of(Term.CITY_SHOP, Term.COUNTY_TOWN_SHOP, Term.ONLINE_COUNTY_TOWN, Term.ONLINE_TOWNSHIP, Term.RANGE, Term.DEALER_MARGIN, Term.PROMOTER, Term.SIGN,
                Term.BRAND_SHOP, Term.AUTHORISED_SHOP, Term.SHOP_IN_SHOP, Term.CARRIER, Term.PRICE_FIT)) huff = huff.given(zero, 0);
        var divisions = new ArrayList<>(SmallCounty.of(7).divisions());
        divisions.add(SmallCounty.division("1009", "township", "10", Tier.CITY, new LonLat(112.15, 34.15)));
        var people = new ArrayList<>(SmallCounty.of(7).people());
        people.add(new People("1009", 2020, 9_000, 1, SmallCounty.SEEN));
        // One shop of ours in each tier, so that the channels tell the shops apart; two of the others.
        List<Shop> shops = List.of(SmallCounty.rival("a", "1009", new LonLat(112.15, 34.15), List.of("Ours")), SmallCounty.rival("b", "1000", new LonLat(112.20, 34.17), List.of("Ours")),
                SmallCounty.rival("c", "1001", new LonLat(112.22, 34.22), List.of("Ours")), SmallCounty.rival("x", "1000", new LonLat(112.20, 34.20), List.of("Others")),
                SmallCounty.rival("y", "1001", new LonLat(112.12, 34.18), List.of("Others")));
        SmallCounty county = new SmallCounty(divisions, people, List.of(SmallCounty.brand("Ours", .2, false), SmallCounty.brand("Others", .2, true)), shops, List.of(),
                List.of(SmallCounty.fact("Ours", 30.0)));
        Demand d = Demand.calibrate(county.atlas(), DemandPoints.of(county.atlas()), new DemandSettings("Ours", "CN", "Table", "2017Q1", "shipment", 100_000, 60), huff);
        double odds = Double.NaN;
        for (int i = 0; i < d.points().size(); i++) {
            double[] pull = pulls(d.points().get(i), shops);
            double[] parts = d.channels(i, 0);
            for (int s = 0; s < 3; s++) assertThat(parts[1 + s] / (1 - parts[0])).as("point %d shop %d", i, s).isCloseTo(pull[s] / (pull[0] + pull[1] + pull[2]), within(1e-6));
            double offline = d.nestWorth(i, 0) * (1 - parts[0]) / (d.nestWorth(i, 1) * (1 - d.channels(i, 1)[0]));
            double byHand = (pull[0] + pull[1] + pull[2]) / (pull[3] + pull[4]);
            // The brands' constants are one factor for all points.
            if (i > 0) assertThat(offline / byHand).as("point %d", i).isCloseTo(odds, within(1e-6 * odds));
            odds = offline / byHand;
        }
    }

    private static double[] pulls(DemandPoint p, List<Shop> shops) {
        return shops.stream().mapToDouble(s -> Math.exp(-.22 * Distance.meters(p.point().lon(), p.point().lat(), s.point().lon(), s.point().lat()) / 1000)).toArray();
    }

    @Test
    void aShopBeyondTheRadiusDoesNothing() {
        for (long seed = 0; seed < 20; seed++) {
            SmallCounty county = SmallCounty.of(seed);
            var more = new ArrayList<>(county.shops());
            more.add(SmallCounty.rival("far", "1001", new LonLat(112.75, 34.2), List.of("Big", "Ours")));
            assertSame(county.withShops(more).demand(), county.demand(), 1e-12, seed);
        }
    }

    @Test
    void aNearShopDoesSomething() {
        SmallCounty county = SmallCounty.of(1);
        var more = new ArrayList<>(county.shops());
        more.add(SmallCounty.rival("near", "1001", new LonLat(112.2, 34.2), List.of("Big")));
        assertThat(county.withShops(more).demand().nestWorth(0, 1)).isNotCloseTo(county.demand().nestWorth(0, 1), within(1e-6));
    }

    @Test
    void recalibratedEqualsCalibratedFromScratch() {
        for (long seed = 0; seed < 50; seed++) {
            SmallCounty county = SmallCounty.of(seed);
            SmallCounty other = county.withShops(SmallCounty.of(seed).shops().subList(1, county.shops().size()));
            Coefficients drawn = Coefficients.documented().drawn(new SplittableRandom(seed));
            Demand start = county.demand();
            assertSame(start.recalibrate(county.atlas(), drawn), county.demand(drawn), 1e-8, seed);
            assertSame(start.recalibrate(other.atlas(), drawn), other.demand(drawn), 1e-8, seed);
        }
    }

    private static void assertSame(Demand a, Demand b, double part, long seed) {
        assertThat(a.points()).isEqualTo(b.points());
        for (int i = 0; i < a.points().size(); i++) {
            assertThat(a.weight(i)).as("seed %d", seed).isCloseTo(b.weight(i), within(part * b.weight(i)));
            assertThat(a.onlineRatio(i)).as("seed %d", seed).isCloseTo(b.onlineRatio(i), within(part * b.onlineRatio(i)));
            for (int k = 0; k < a.brands().size(); k++)
                assertThat(a.nestWorth(i, k)).as("point %d brand %d seed %d", i, k, seed).isCloseTo(b.nestWorth(i, k), within(part * b.nestWorth(i, k)));
        }
    }

    /// Half of all phones are Others', eight in ten of them bought in shops; but only one township of two can reach their shop.
    @Test
    void sharesThatTheShopsCannotSellAreRefused() {
        var divisions = List.of(SmallCounty.division("10", "county", null, Tier.COUNTY_TOWN, new LonLat(112.2, 34.2)),
                SmallCounty.division("1000", "township", "10", Tier.COUNTY_TOWN, new LonLat(112.1, 34.2)), SmallCounty.division("1001", "township", "10", Tier.TOWNSHIP, new LonLat(112.4, 34.2)));
        var people = List.of(new People("1000", 2020, 50_000, 1, SmallCounty.SEEN), new People("1001", 2020, 10_000, 1, SmallCounty.SEEN));
        List<Shop> shops = List.of(SmallCounty.rival("a", "1000", new LonLat(112.1, 34.2), List.of("Big", "Ours")), SmallCounty.rival("b", "1001", new LonLat(112.4, 34.2), List.of("Others")));
        SmallCounty county = new SmallCounty(divisions, people, SmallCounty.of(0).brands(), shops, List.of(), SmallCounty.of(0).market());
        assertThatThrownBy(county::demand).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("public shares").hasMessageContaining("shops.csv");
    }

    @Test
    void whatIsMissingIsNamed() {
        SmallCounty county = SmallCounty.of(2);
        var points = DemandPoints.of(county.atlas());
        Coefficients documented = Coefficients.documented();
        assertThatThrownBy(() -> Demand.calibrate(county.atlas(), points, new DemandSettings("Nobody", "CN", "Table", "2017Q1", "shipment", 15_000, 60), documented)).hasMessageContaining("Nobody");
        assertThatThrownBy(() -> Demand.calibrate(county.atlas(), points, new DemandSettings("Ours", "CN", "Table", "2016Q4", "shipment", 15_000, 60), documented)).hasMessageContaining("2016Q4");
        assertThatThrownBy(() -> Demand.calibrate(county.atlas(), points, new DemandSettings("Ours", "CN", "Table", "2017Q1", "sell-out", 15_000, 60), documented)).hasMessageContaining("sell-out");
        SmallCounty bare = new SmallCounty(county.divisions(), county.people(), county.brands(), county.shops(), county.sites(), List.of(SmallCounty.fact("Ours", 10.0)));
        assertThatThrownBy(bare::demand).hasMessageContaining("no share of Big");
        for (double wrong : new double[] {0, -1, Double.NaN, 300_000}) assertThatThrownBy(() -> new DemandSettings("Ours", "CN", "T", "P", "shipment", wrong, 60)).hasMessageContaining("radiusMeters");
    }
}
