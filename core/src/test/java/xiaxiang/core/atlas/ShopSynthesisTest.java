package xiaxiang.core.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import xiaxiang.engine.geo.LonLat;

class ShopSynthesisTest {
    @Test
    void sameAtlasBrandAndSeedGiveTheSameShopsInAnyOrderOfRows() {
        for (long seed = 0; seed < 60; seed++) {
            Atlas atlas = Trees.random(seed);
            Atlas once = ShopSynthesis.add(atlas, "Ours", seed);
            Atlas again = ShopSynthesis.add(Trees.shuffled(atlas, seed), "Ours", seed);
            assertThat(again.shops()).as("seed %d", seed).isEqualTo(once.shops());
            assertThat(again.sites()).as("seed %d", seed).isEqualTo(once.sites());
        }
    }

    @Test
    void everythingAddedIsSyntheticAndNamesSeedOrAssumption() {
        Atlas atlas = ShopSynthesis.add(Trees.random(3), "Ours", 41);
        assertThat(atlas.shops()).isNotEmpty().allMatch(one -> one.provenance().kind() == Kind.SYNTHETIC && one.provenance().source().contains("seed 41"));
        assertThat(atlas.sites()).isNotEmpty().allMatch(one -> one.provenance().kind() == Kind.SYNTHETIC && one.provenance().source()
                .contains("assumption") && one.provenance().source().contains("seed 41"));
        assertThat(atlas.shops()).allMatch(one -> one.unitsMonth().isEmpty() && !one.brands().isEmpty());
    }

    @Test
    void idsAreUniqueAndStayUnderOtherSeedsWhileShopsMove() {
        for (long seed = 0; seed < 40; seed++) {
            Atlas atlas = Trees.random(seed);
            Atlas one = ShopSynthesis.add(atlas, "Ours", 1);
            Atlas two = ShopSynthesis.add(atlas, "Ours", 2);
            assertThat(ids(one)).as("seed %d", seed).isEqualTo(ids(two)).hasSize(one.shops().size());
            assertThat(one.sites().stream().map(CandidateSite::id)).as("seed %d", seed).doesNotHaveDuplicates();
            if (one.shops().size() > 3) assertThat(one.shops()).as("seed %d", seed).isNotEqualTo(two.shops());
        }
    }

    @Test
    void aMovedShopIsWhatItWasButStandsElsewhere() {
        for (long seed = 0; seed < 40; seed++) {
            Atlas atlas = Trees.random(seed);
            Atlas one = ShopSynthesis.add(atlas, "Ours", seed);
            Atlas two = ShopSynthesis.addMoved(atlas, "Ours", seed, seed + 1_000);
            List<LonLat> places = one.shops().stream().map(Shop::point).toList();
            for (int k = 0; k < places.size(); k++) assertThat(moved(two.shops().get(k), one.shops().get(k))).as("seed %d", seed).isEqualTo(one.shops().get(k));
            assertThat(two.shops()).as("seed %d", seed).hasSize(places.size()).allMatch(shop -> shop.provenance().source().contains("moved by seed"));
            if (places.size() > 3) assertThat(two.shops().stream().map(Shop::point).toList()).as("seed %d", seed).isNotEqualTo(places);
            assertThat(two.sites().stream().map(ShopSynthesisTest::what).toList()).as("seed %d", seed).isEqualTo(one.sites().stream().map(ShopSynthesisTest::what).toList());
        }
    }

    /// A shop with the place, margins and source of another.
    private static Shop moved(Shop s, Shop to) {
        return new Shop(s.id(), s.name(), s.nameEn(), to.division(), to.point(), s.owner(), s.format(), s.brands(), s.unitsMonth(), to.dealerMarginFen(), s.promoters(), s.sign(),
                s.closingFen(), s.runningFenYear(), s.breakEvenUnitsYear(), to.provenance());
    }

    /// All of a site but where it stands.
    private static List<Object> what(CandidateSite s) {
        return List.of(s.id(), s.name(), s.action(), String.valueOf(s.shop()), s.format(), s.promoters(), s.sign(), s.modelsCarried(), s.fitOutFen(), s.runningFenYear(),
                s.dealerMarginFen(), s.breakEvenUnitsYear());
    }

    @Test
    void theNumberFollowsTheOutletsAHead() {
        for (long seed = 0; seed < 60; seed++) {
            Atlas atlas = Trees.random(seed);
            long people = DemandPoints.of(atlas).stream().mapToLong(DemandPoint::persons).sum();
            assertThat((long) ShopSynthesis.add(atlas, "Ours", seed).shops().size()).as("seed %d", seed)
                    .isEqualTo(Math.round(people * 240_000 / .70 / 1.38e9));
        }
    }

    @Test
    void observedShopsCountAndKeepTheirPlace() {
        Atlas bare = town();
        int all = ShopSynthesis.add(bare, "Ours", 5).shops().size();
        Shop seen = new Shop("seen", "店", "Shop", "1001", new LonLat(112, 34), Shop.Owner.RIVAL, Shop.Format.OWNER_RUN, List.of("Big"), Map.of(),
                Map.of(), 0, false, null, 0, 0, Trees.SEEN);
        Atlas with = new Atlas(bare.levels(), bare.divisions(), bare.people(), bare.brands(), bare.models(), List.of(seen), List.of(),
                bare.channels(), bare.market(), null);
        Atlas added = ShopSynthesis.add(with, "Ours", 5);
        assertThat(added.shops()).hasSize(all).startsWith(seen);
        assertThat(added.sites()).anyMatch(one -> "seen-SIGN".equals(one.id()) && one.action() == CandidateSite.Action.SIGN);
    }

    /// Decision 0018: a synthetic shop that somebody corrected stays, keeps its id, and is not made again; all others are made as before.
    @Test
    void aCorrectedShopStandsInForTheOneThatWasMade() {
        Atlas bare = town();
        List<Shop> before = ShopSynthesis.add(bare, "Ours", 5).shops();
        for (Shop one : List.of(before.getFirst(), before.get(before.size() / 3), before.getLast())) {
            Shop seen = new Shop(one.id(), "看过的店", "Seen", one.division(), new LonLat(112.001, 34.001), one.owner(), one.format(), one.brands(), Map.of(), Map.of(), 0, false, null, 0, 0, Trees.SEEN);
            Atlas with = new Atlas(bare.levels(), bare.divisions(), bare.people(), bare.brands(), bare.models(), List.of(seen), List.of(), bare.channels(), bare.market(), null);
            List<Shop> after = ShopSynthesis.add(with, "Ours", 5).shops();
            assertThat(after).as(one.id()).startsWith(seen).filteredOn(shop -> !shop.equals(seen)).isEqualTo(before.stream().filter(shop -> !shop.id().equals(one.id())).toList());
            assertThat(ShopSynthesis.addMoved(with, "Ours", 5, 9).shops()).as(one.id() + " moved").startsWith(seen).extracting(Shop::id).doesNotHaveDuplicates().hasSize(before.size());
        }
    }

    @Test
    void aCountyTownHasOneOwnShopThatCanBeKeptUpgradedOrClosed() {
        Atlas atlas = ShopSynthesis.add(town(), "Ours", 5);
        List<Shop> own = atlas.shops().stream().filter(one -> one.owner() == Shop.Owner.OWN).toList();
        assertThat(own).hasSize(1).allMatch(one -> one.closingFen() != null && one.runningFenYear() > 0 && one.brands().equals(List.of("Ours")));
        assertThat(own.getFirst().id()).isEqualTo("1001-OWN1");
        assertThat(atlas.shops()).filteredOn(one -> one.owner() != Shop.Owner.OWN).allMatch(one -> one.closingFen() == null);
        CandidateSite upgrade = atlas.sites().stream().filter(one -> one.id().equals("1001-OWN1-UP")).findFirst().orElseThrow();
        assertThat(upgrade.runningFenYear()).isGreaterThan(own.getFirst().runningFenYear());
    }

    @Test
    void sitesAreWhatTheShopsAllow() {
        Atlas atlas = ShopSynthesis.add(town(), "Ours", 5);
        Map<String, Shop> shops = atlas.shops().stream().collect(Collectors.toMap(Shop::id, one -> one));
        for (CandidateSite site : atlas.sites()) {
            Shop shop = site.shop() == null ? null : shops.get(site.shop());
            switch (site.action()) {
                case OPEN -> assertThat(site.id()).matches("100[12]-OPEN[12]");
                case SIGN -> assertThat(shop).as(site.id()).matches(one -> one != null && !one.brands().contains("Ours")
                        && (one.format() == Shop.Format.OWNER_RUN || one.format() == Shop.Format.AUTHORISED_SHOP));
                case UPGRADE -> assertThat(shop).as(site.id()).matches(one -> one != null && one.owner() == Shop.Owner.OWN);
            }
        }
        assertThat(atlas.sites().stream().filter(one -> one.action() == CandidateSite.Action.OPEN).map(CandidateSite::id))
                .containsExactly("1001-OPEN1", "1001-OPEN2", "1002-OPEN1");
        assertThat(atlas.shops()).filteredOn(one -> one.brands().contains("Ours") && one.owner() != Shop.Owner.OWN).isNotEmpty()
                .allMatch(one -> one.format() == Shop.Format.CARRIER && one.owner() == Shop.Owner.PARTNER);
    }

    @Test
    void anUnknownBrandIsRefused() {
        assertThatThrownBy(() -> ShopSynthesis.add(town(), "Nobody", 1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Nobody");
    }

    @Test
    void nobodyThereNoShops() {
        Atlas empty = Trees.atlas(town().divisions(), List.of());
        Atlas added = ShopSynthesis.add(empty, "Ours", 1);
        assertThat(added.shops()).isEmpty();
        assertThat(added.sites()).isEmpty();
    }

    /// One county: its town with 400,000 people in five villages, a township with 200,000 in five.
    private static Atlas town() {
        var divisions = new java.util.ArrayList<>(List.of(Trees.division("1", "county", null, Tier.COUNTY_TOWN, "", new LonLat(112, 34)),
                Trees.division("1001", "township", "1", Tier.COUNTY_TOWN, "", new LonLat(112, 34)), Trees.division("1002", "township", "1",
                        Tier.TOWNSHIP, "", new LonLat(112.1, 34))));
        for (String township : List.of("1001", "1002")) {
            Tier tier = township.equals("1001") ? Tier.COUNTY_TOWN : Tier.TOWNSHIP;
            for (int v = 0; v < 5; v++) divisions.add(Trees.division(township + "20" + v, "village", township, tier, v == 0 ? "121" : "220", null));
        }
        return Trees.atlas(divisions, List.of(Trees.people("1001", 400_000, Trees.SEEN), Trees.people("1002", 200_000, Trees.SEEN)));
    }

    private static Set<String> ids(Atlas atlas) {
        return atlas.shops().stream().map(Shop::id).collect(Collectors.toCollection(HashSet::new));
    }
}
