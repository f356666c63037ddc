package xiaxiang.app.flow;

import java.util.List;
import java.util.Map;
import xiaxiang.core.atlas.DemandPoint;
import xiaxiang.core.atlas.DemandPoints;
import xiaxiang.core.demand.Coefficients;
import xiaxiang.core.demand.Demand;
import xiaxiang.core.demand.Term;
import xiaxiang.core.rollout.Rollout;
import xiaxiang.core.rollout.RolloutOutcome;
import xiaxiang.core.rollout.RolloutPlan;
import xiaxiang.core.rollout.Scenario;
import xiaxiang.core.rollout.Trust;
import xiaxiang.core.share.MarketRank;
import xiaxiang.core.share.RankTable;
import xiaxiang.core.share.ShareTable;
import xiaxiang.engine.capture.Limits;
import xiaxiang.engine.capture.Progress;

/// FACTS -> BELIEF -> DECISION -> VERDICT: from the facts to a certified plan, its share table, its ranks and how far to trust it.
public record PlanRollout(PlanFacts facts, RolloutPlan plan, ShareTable share, List<RankTable> ranks, Trust trust) {
    /// The quarters around the fall and the rebound that the rank tables show.
    private static final String RANKS_FROM = "2016Q1";
    private static final String RANKS_TO = "2017Q4";

    public PlanRollout {
        ranks = List.copyOf(ranks);
    }

    /// How it ended.
    public sealed interface Result {
        /// A plan with all that belongs to it.
        record Planned(PlanRollout rollout) implements Result {}
        /// No plan, and why.
        record Infeasible(RolloutOutcome.Infeasible why) implements Result {}
    }

    /// Plans within `limits`. Throws IllegalArgumentException if the scenario locks what does not exist.
    public static Result plan(PlanFacts facts, Limits limits, Progress progress) {
        progress.at("demand", 0, -1, Double.NaN, Double.NaN);
        Demand demand = demand(facts);
        return switch (Rollout.plan(facts.atlas(), demand, facts.scenario(), limits, progress)) {
            case RolloutOutcome.Infeasible why -> new Result.Infeasible(why);
            case RolloutOutcome.Planned(RolloutPlan plan) -> new Result.Planned(new PlanRollout(facts, plan, ShareTable.of(plan),
                    MarketRank.of(facts.atlas().market(), facts.scenario().demand().brand(), RANKS_FROM, RANKS_TO), Trust.draw(facts.facts(), facts.atlas(), plan, progress)));
        };
    }

    /// Demand as the scenario wants it: the facts' coefficients, those of the scenario in their place.
    public static Demand demand(PlanFacts facts) {
        Coefficients coefficients = facts.coefficients();
        for (Map.Entry<Term, Double> given : facts.scenario().coefficients().entrySet()) coefficients = coefficients.given(given.getKey(), given.getValue());
        List<DemandPoint> points = DemandPoints.of(facts.atlas());
        return Demand.calibrate(facts.atlas(), points, facts.scenario().demand(), coefficients);
    }
}
