package xiaxiang.app.flow;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.demand.Coefficients;
import xiaxiang.core.demand.AnswerSynthesis;
import xiaxiang.core.demand.Demand;
import xiaxiang.core.demand.DemandFit;
import xiaxiang.core.demand.Term;
import xiaxiang.core.door.Problems;
import xiaxiang.core.field.Answer;
import xiaxiang.core.field.AnswersFile;
import xiaxiang.core.trade.SellOut;
import xiaxiang.core.trade.SellOutFile;

/// FACTS -> BELIEF: fits the coefficients of a workspace to its answers and sell-out. Where it has none and a seed is given, synthetic ones stand in, marked so.
public record FitDemand(PlanFacts facts, Demand believed, List<Answer> answers, List<SellOut> sellOut) {
    public FitDemand {
        answers = List.copyOf(answers);
        sellOut = List.copyOf(sellOut);
    }

    /// Reads a workspace with its answers and sell-out; null if anything is wrong, and then `problems` says all of it.
    public static @Nullable FitDemand read(Path workspace, Problems problems) {
        PlanFacts facts = PlanFacts.read(new PlanInput.Workspace(workspace), problems);
        if (facts == null) return null;
        Demand believed = PlanRollout.demand(facts);
        List<Answer> answers = AnswersFile.read(workspace, facts.atlas(), believed.points(), problems);
        List<SellOut> sellOut = SellOutFile.read(workspace, facts.atlas(), problems);
        return problems.isEmpty() ? new FitDemand(facts, believed, answers, sellOut) : null;
    }

    /// The same with answers and sell-out made up from `seed`. The hidden truth is the believed coefficients drawn once from their spreads, by the seed: neither the
    /// fit nor the reader knows them beforehand.
    public FitDemand synthetic(long seed, int count) {
        Demand truth = truth(seed);
        AnswerSynthesis.Made made = AnswerSynthesis.make(facts.atlas(), truth, seed, count);
        return new FitDemand(facts, believed, made.answers(), made.sellOut());
    }

    /// The demand synthetic answers come from. Two terms are not hidden, since no answers of one county can tell them from others: what a shop's range is worth (from its
    /// format) and the net's reach to a county town (from the brands' online constants).
    public Demand truth(long seed) {
        Coefficients known = believed.coefficients();
        Coefficients drawn = known.drawn(new SplittableRandom(seed)).given(Term.RANGE, known.of(Term.RANGE)).given(Term.ONLINE_COUNTY_TOWN, known.of(Term.ONLINE_COUNTY_TOWN));
        return believed.recalibrate(facts.atlas(), drawn);
    }

    /// Fits. Throws IllegalArgumentException where there are too few answers.
    public DemandFit fit() {
        return DemandFit.of(facts.atlas(), believed, answers, sellOut);
    }
}
