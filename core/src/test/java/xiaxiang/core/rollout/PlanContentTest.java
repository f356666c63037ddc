package xiaxiang.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.demand.Demand;
import xiaxiang.core.demand.SmallCounty;
import xiaxiang.engine.capture.CaptureProblem;

/// What a plan says of its sites: money, waves, why, pay-back, schedule and break-evens, worked out again.
class PlanContentTest {
    private static final int SEEDS = 80;

    private static RolloutPlan plan(long seed) {
        var random = new SplittableRandom(seed + 5);
        // Enough for keeping what is there: a closing may still be chosen.
        return Cases.plan(SmallCounty.of(seed), Cases.scenario(2_000_000 + random.nextLong(12_000_000), 6_000_000 + random.nextLong(8_000_000)), "seed " + seed);
    }

    @Test
    void moneyAddsUpAndKeepsItsLimits() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RolloutPlan plan = plan(seed);
            assertThat((double) plan.costFen()).as("seed %d", seed).isEqualTo(plan.problem().used(PlanProblem.BUDGET, plan.open())).isLessThanOrEqualTo((double) plan.scenario().budgetFen());
            assertThat((double) plan.runningFenYear()).as("seed %d", seed).isEqualTo(plan.problem().used(PlanProblem.RUNNING, plan.open()))
                    .isLessThanOrEqualTo((double) plan.scenario().runningCapFen());
        }
    }

    @Test
    void everyOwnShopIsDealtWithOnce() {
        int closed = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            RolloutPlan plan = plan(seed);
            for (Shop shop : SmallCounty.of(seed).shops()) {
                if (!Options.closable(shop)) continue;
                assertThat(plan.sites().stream().filter(s -> s.option().group() >= 0 && shop.equals(s.option().shop()))).as("seed %d shop %s", seed, shop.id()).hasSize(1);
            }
            closed += (int) plan.sites().stream().filter(s -> s.action() == Option.Action.CLOSE).count();
        }
        assertThat(closed).as("shops closed in all cases").isPositive();
    }

    @Test
    void wavesKeepTheMoneySoFar() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RolloutPlan plan = plan(seed);
            List<Scenario.Wave> waves = plan.scenario().waves();
            long available = 0;
            for (int w = 1; w <= waves.size(); w++) {
                available = w == waves.size() ? plan.scenario().budgetFen() : available + waves.get(w - 1).budgetFen();
                int upTo = w;
                assertThat(plan.sites().stream().filter(s -> s.wave() <= upTo).mapToLong(PlannedSite::costFen).sum()).as("seed %d to wave %d", seed, w).isLessThanOrEqualTo(available);
            }
            for (PlannedSite s : plan.sites())
                assertThat(s.wave()).as("seed %d %s %s", seed, s.option().id(), s.action()).isBetween(s.action() == Option.Action.KEEP ? 0 : 1, s.action() == Option.Action.KEEP ? 0 : waves.size());
        }
    }

    @Test
    void everyWaveKeepsTheRunningCap() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RolloutPlan plan = plan(seed);
            boolean[] open = plan.problem().openToday();
            double cap = plan.scenario().runningCapFen();
            if (plan.problem().used(PlanProblem.RUNNING, open) > cap) continue;
            for (int w = 1; w <= plan.scenario().waves().size(); w++) {
                for (PlannedSite s : plan.sites()) if (s.wave() == w) carryOut(plan, s, open);
                assertThat(plan.problem().used(PlanProblem.RUNNING, open)).as("seed %d to wave %d", seed, w).isLessThanOrEqualTo(cap);
            }
            assertThat(open).as("seed %d", seed).isEqualTo(plan.open());
        }
    }

    private static void carryOut(RolloutPlan plan, PlannedSite site, boolean[] open) {
        int group = site.option().group();
        for (int j = 0; j < open.length; j++) if (group >= 0 && plan.options().get(j).group() == group) open[j] = false;
        if (site.action() != Option.Action.CLOSE) open[plan.options().indexOf(site.option())] = true;
    }

    @Test
    void whyAddsUpAndIsWhatThePlanWouldLose() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RolloutPlan plan = plan(seed);
            double[] sold = plan.problem().units(plan.open());
            for (PlannedSite s : plan.sites()) {
                Why why = s.why();
                String what = "seed " + seed + " " + s.option().id() + " " + s.action();
                int brands = plan.demand().brands().size();
                double fromBrands = IntStream.range(0, brands).mapToDouble(why::fromBrand).sum();
                double fromChannels = IntStream.range(0, 4).mapToDouble(why::fromChannel).sum();
                double small = 1e-6 * (1 + Math.abs(why.net()));
                assertThat(why.fromBrand(plan.demand().ours())).as(what).isZero();
                assertThat(fromBrands + why.fromNothing()).as(what).isCloseTo(why.net(), within(small));
                assertThat(fromChannels).as(what).isCloseTo(fromBrands, within(small));
                assertThat(why.net() + why.fromOurOnline() + why.fromOurShops()).as(what).isCloseTo(why.units(), within(small));
                int j = plan.options().indexOf(s.option());
                boolean[] without = plan.open();
                without[j] = !without[j];
                double loss = plan.lower() - plan.problem().netCapture(without);
                assertThat(why.net()).as(what).isCloseTo(loss, within(1e-5 * (1 + Math.abs(loss))));
                assertThat(why.units()).as(what).isCloseTo(sold[j], within(1e-5 * (1 + sold[j])));
                assertThat(why.fromOurOnline()).as(what).isCloseTo(online(plan, without) - online(plan, plan.open()), within(1e-5 * (1 + Math.abs(loss))));
                if (s.action() != Option.Action.CLOSE) assertThat(Math.min(why.fromOurOnline(), why.fromOurShops())).as(what).isGreaterThanOrEqualTo(-small);
            }
        }
    }

    /// Our own online units.
    private static double online(RolloutPlan plan, boolean[] open) {
        double sum = 0;
        for (int i = 0; i < plan.problem().points(); i++) {
            double[] ratios = plan.ourRatios(i, open);
            double all = IntStream.range(0, ratios.length).mapToDouble(c -> ratios[c]).sum();
            sum += plan.problem().weight(i) * plan.problem().kernel().value(all) * ratios[0] / all;
        }
        return sum;
    }

    @Test
    void payBackIsFitOutOverTheYearlySurplus() {
        int paid = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            for (PlannedSite s : plan(seed).sites()) {
                double surplusFen = s.why().net() * SmallCounty.MARGIN_FEN - s.runningFenYear();
                boolean never = s.action() == Option.Action.CLOSE || s.costFen() == 0 || surplusFen <= 0;
                if (never) assertThat(s.paybackMonths()).as("seed %d %s", seed, s.option().id()).isNull();
                else assertThat(s.paybackMonths()).as("seed %d %s", seed, s.option().id()).isCloseTo(12 * s.costFen() / surplusFen, within(1e-6 * s.costFen()));
                if (!never) paid++;
            }
        }
        assertThat(paid).isGreaterThan(20);
    }

    @Test
    void theScheduleEndsAtTheCertifiedNumber() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RolloutPlan plan = plan(seed);
            double small = 1e-6 * (1 + Math.abs(plan.lower()));
            assertThat(plan.scheduleUnits()).hasSize(12);
            assertThat(4 * plan.scheduleUnits().getLast()).as("seed %d", seed).isCloseTo(plan.lower(), within(small));
            assertThat(plan.scheduleUnits().subList(3, 12)).as("seed %d", seed).allMatch(units -> units.equals(plan.scheduleUnits().getLast()));
            boolean firstWaveEmpty = plan.sites().stream().noneMatch(s -> s.wave() == 1);
            if (firstWaveEmpty) assertThat(plan.scheduleUnits().getFirst()).as("seed %d", seed).isCloseTo(0, within(small));
        }
    }

    @Test
    void theFrontierNeverFallsAndHoldsThePlan() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RolloutPlan plan = plan(seed);
            double before = 0;
            for (RolloutPlan.BudgetPoint point : plan.frontier()) {
                assertThat(point.netUnits()).as("seed %d budget %d", seed, point.budgetFen()).isGreaterThanOrEqualTo(before - 1e-9);
                before = point.netUnits();
                if (point.budgetFen() == plan.scenario().budgetFen()) assertThat(point.netUnits()).as("seed %d", seed).isEqualTo(plan.lower());
            }
        }
    }

    @Test
    void chosenSitesPayTheirBreakEven() {
        int dropped = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            SmallCounty county = SmallCounty.of(seed);
            CaptureProblem bare = Cases.problem(county, Cases.scenario(12_000_000, 12_000_000));
            double[] alone = IntStream.range(0, bare.sites()).mapToDouble(j -> bare.aloneUnits()[j]).sorted().toArray();
            double breakEven = alone[alone.length / 3];
            RolloutPlan plan = Cases.plan(county.withBreakEven(breakEven), Cases.scenario(12_000_000, 12_000_000), "seed " + seed);
            double[] units = plan.problem().units(plan.open());
            for (PlannedSite s : plan.sites()) {
                if (s.action() == Option.Action.CLOSE) continue;
                assertThat(units[plan.options().indexOf(s.option())]).as("seed %d %s", seed, s.option().id()).isGreaterThanOrEqualTo(breakEven);
            }
            assertThat(plan.viabilityLoss()).as("seed %d", seed).isBetween(0.0, 1.0);
            double free = Cases.best(bare);
            if (plan.lower() < free - 1e-6 * Math.abs(free)) dropped++;
            // What the rule cost, by brute force; the plan without the rule is the quick one, so it may be a little less.
            assertThat(plan.viabilityLoss()).as("seed %d", seed).isLessThanOrEqualTo(Math.max(0, 1 - plan.lower() / free) + 1e-6);
        }
        assertThat(dropped).as("cases where the rule binds").isGreaterThan(10);
    }

    @Test
    void theMarginIsThatOfTheDemand() {
        Demand demand = SmallCounty.of(0).demand();
        assertThat(IntStream.range(0, demand.points().size()).mapToDouble(demand::ourMarginFen)).allMatch(fen -> Math.abs(fen - SmallCounty.MARGIN_FEN) < 1e-6);
    }
}
