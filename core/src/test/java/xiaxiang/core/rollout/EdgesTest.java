package xiaxiang.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import xiaxiang.core.atlas.CandidateSite;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.demand.SmallCounty;
import xiaxiang.engine.geo.LonLat;

/// Counties and scenarios at the edge of what can be asked: a sensible plan, or a clear why.
class EdgesTest {
    private static final long ENOUGH = 100_000_000;

    @Test
    void aBudgetThatBuysNothingKeepsWhatIsThere() {
        for (long seed = 0; seed < 40; seed++) {
            RolloutPlan plan = Cases.plan(SmallCounty.of(seed), Cases.scenario(0, ENOUGH), "seed " + seed);
            assertThat(plan.sites()).as("seed %d", seed).allMatch(s -> s.action() == Option.Action.KEEP);
            assertThat(plan.lower()).as("seed %d", seed).isCloseTo(0, within(1e-9));
            assertThat(plan.gap()).as("seed %d", seed).isLessThanOrEqualTo(1e-6);
            assertThat(plan.costFen()).isZero();
            assertThat(plan.viabilityLoss()).isZero();
        }
    }

    @Test
    void withoutCandidatesNothingIsDone() {
        SmallCounty county = SmallCounty.of(3).withSites(List.of());
        county = county.withShops(county.shops().stream().filter(s -> s.owner() != Shop.Owner.OWN).toList());
        RolloutPlan plan = Cases.plan(county, Cases.scenario(ENOUGH, ENOUGH), "no candidates");
        assertThat(plan.sites()).isEmpty();
        assertThat(plan.lower()).isZero();
        assertThat(plan.scheduleUnits()).hasSize(12).containsOnly(0.0);
    }

    @Test
    void withoutRivalShopsRivalsStillSellOnline() {
        SmallCounty county = SmallCounty.of(5);
        SmallCounty alone = county.withShops(county.shops().stream().filter(s -> s.owner() == Shop.Owner.OWN).toList())
                .withSites(county.sites().stream().filter(s -> s.action() != CandidateSite.Action.SIGN).toList());
        RolloutPlan plan = Cases.plan(alone, Cases.scenario(ENOUGH, ENOUGH), "no rivals");
        assertThat(plan.lower()).isGreaterThanOrEqualTo(0);
        assertThat(plan.problem().isFeasible(plan.open())).isTrue();
    }

    @Test
    void oneTownshipIsEnough() {
        SmallCounty county = SmallCounty.of(0);
        SmallCounty one = new SmallCounty(county.divisions().subList(0, 2), county.people().subList(0, 1), county.brands(),
                List.of(SmallCounty.rival("r", "1000", county.shops().getFirst().point(), List.of("Big", "Others"))),
                county.sites().stream().filter(s -> s.action() == CandidateSite.Action.OPEN).limit(1).map(EdgesTest::inTheFirst).toList(), county.market());
        RolloutPlan plan = Cases.plan(one, Cases.scenario(ENOUGH, ENOUGH), "one township");
        assertThat(plan.sites()).hasSize(1);
        assertThat(plan.lower()).isPositive();
    }

    private static CandidateSite inTheFirst(CandidateSite s) {
        return new CandidateSite(s.id(), s.name(), s.nameEn(), "1000", new LonLat(112.2, 34.2), s.action(), s.shop(), s.format(), s.promoters(), s.sign(), s.modelsCarried(), s.fitOutFen(), s.runningFenYear(),
                s.dealerMarginFen(), s.breakEvenUnitsYear(), s.provenance());
    }

    @Test
    void requiredIsInAndForbiddenIsOut() {
        for (long seed = 0; seed < 40; seed++) {
            RolloutPlan plan = Cases.plan(SmallCounty.of(seed), Cases.scenario(ENOUGH, ENOUGH, List.of("n0"), List.of("g1")), "seed " + seed);
            assertThat(Cases.done(plan)).as("seed %d", seed).contains("n0 OPEN").doesNotContain("g1 SIGN");
        }
    }

    /// Even far below its break-even: the person insisted.
    @Test
    void requiredStandsAboveTheBreakEven() {
        RolloutPlan plan = Cases.plan(SmallCounty.of(2).withBreakEven(1e9), Cases.scenario(ENOUGH, ENOUGH, List.of("n0"), List.of()), "required");
        assertThat(Cases.done(plan)).contains("n0 OPEN").noneMatch(done -> done.endsWith("SIGN") || done.endsWith("UPGRADE"));
        assertThat(plan.viabilityLoss()).isBetween(0.0, 1.0);
    }

    @Test
    void whatCannotBeIsSaid() {
        for (Scenario scenario : List.of(Cases.scenario(1, ENOUGH, List.of("n0"), List.of()), Cases.scenario(ENOUGH, 0, List.of("n0"), List.of()),
                Cases.scenario(ENOUGH, ENOUGH, List.of("n0"), List.of("n0")))) {
            assertThat(Cases.outcome(SmallCounty.of(1), scenario)).isInstanceOfSatisfying(RolloutOutcome.Infeasible.class, no -> assertThat(no.why()).isNotBlank());
        }
        assertThatThrownBy(() -> Cases.outcome(SmallCounty.of(1), Cases.scenario(ENOUGH, ENOUGH, List.of("nowhere"), List.of()))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere");
    }
}
