package xiaxiang.core.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShopRatesTest {
    @Test
    void theDemoGivesAQuarterOfAShopAThousandPeople() {
        ShopRates rates = ShopRates.of(DemoFacts.county(), "Xiaomi");
        assertThat(rates.shopsPerPerson() * 1_000).isCloseTo(240_000 / .70 / 1_409_878.724, within(1e-9));
        assertThat(rates.carried("OPPO")).isEqualTo(.70);
        assertThat(rates.carried("vivo")).isCloseTo(.35, within(1e-12));
        assertThat(rates.carried("Xiaomi")).as("it is about to start").isZero();
        assertThat(rates.carried("Huawei")).isBetween(.35, .55);
        assertThat(List.of("Apple", "Samsung", "Meizu", "ZTE", "Others")).allMatch(one -> rates.carried(one) > .02
                && rates.carried(one) < rates.carried("OPPO"));
    }

    @Test
    void aBrandThatPlansAndHasOutletsKeepsThem() {
        assertThat(ShopRates.of(DemoFacts.county(), "vivo").carried("vivo")).isCloseTo(.35, within(1e-12));
        assertThat(ShopRates.of(DemoFacts.county(), "vivo").carried("Xiaomi")).isPositive();
    }

    @Test
    void withoutOutletCountsTheUsualNumberHolds() {
        var bare = new Atlas(Trees.LEVELS, List.of(), List.of(), Trees.BRANDS, List.of(), List.of(), List.of(), List.of(), List.of(), null);
        ShopRates rates = ShopRates.of(bare, "Ours");
        assertThat(rates.shopsPerPerson() * 1_000).isCloseTo(.248, within(.001));
        // Nothing known but the online shares: the brand that sells least online leads, by .70.
        assertThat(rates.carried("Big")).isCloseTo(.70, within(1e-12));
        assertThat(rates.carried("Rest")).isCloseTo(.70 * .8 / .9, within(1e-12));
    }
}
