package xiaxiang.core.demand;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.atlas.Tier;
import xiaxiang.core.field.Answer;
import xiaxiang.engine.choice.BrandChoiceData;
import xiaxiang.engine.choice.BrandChoiceFit;

/// How well answers are foretold that the fit did not see: every fifth township is held out, with the sell-out of its shops, and three models foretell its answers.
/// Fitted and believed coefficients foretell as a plan uses them: with the brands' constants solved anew, so that the region meets the public shares.
///
/// `answers` is how many were held out. Source of the baseline: Huff (1964), attraction falling with the square of distance, brands by their overall shares.
public record HoldOut(int answers, Score fitted, Score believed, Score huff) {
    private static final int EVERY = 5;
    private static final int FEWEST = 30;
    private static final double LEAST_PROBABILITY = 1e-6;
    private static final double NEAREST_KM = .1;

    /// A model's score: the mean log-likelihood of an answer, and by tier the mean absolute error of brand shares (nothing counts as a brand), in [0, 1].
    public record Score(double logLikelihood, Map<Tier, Double> shareError) {
        public Score {
            shareError = Map.copyOf(shareError);
        }
    }

    /// Fits without the townships held out and scores; null where fewer than 30 answers are held out or left.
    static @Nullable HoldOut of(Atlas atlas, Demand demand, Offers offers, ObservedDemand observed, BrandChoiceData data, Function<BrandChoiceData, Coefficients> fit) {
        List<ObservedDemand.Matched> out = observed.answers().stream().filter(m -> held(m.township())).toList();
        List<ObservedDemand.Matched> in = observed.answers().stream().filter(m -> !held(m.township())).toList();
        if (out.size() < FEWEST || in.size() < FEWEST) return null;
        Set<String> shopsOut = shopsHeld(atlas, demand);
        BrandChoiceData part = data.with(observed.answers(t -> !held(t))).with(observed.totals(s -> !shopsOut.contains(s.shop())));
        BrandChoiceFit.Probabilities fitted = BrandChoiceFit.probabilities(data, DemandTheta.of(demand.recalibrate(atlas, fit.apply(part)), offers.features()));
        BrandChoiceFit.Probabilities before = BrandChoiceFit.probabilities(data, DemandTheta.of(demand, offers.features()));
        Huff huff = new Huff(demand, offers, in);
        return new HoldOut(out.size(), score(demand, offers, out, fitted::at), score(demand, offers, out, before::at), score(demand, offers, out, huff::at));
    }

    private static boolean held(int township) {
        return township % EVERY == EVERY - 1;
    }

    /// The shops that stand in a township held out.
    private static Set<String> shopsHeld(Atlas atlas, Demand demand) {
        Set<String> codes = new HashSet<>();
        List<List<Integer>> townships = demand.townships();
        for (int t = 0; t < townships.size(); t++) if (held(t)) for (int i : townships.get(t)) {
            codes.add(demand.points().get(i).township());
            codes.add(demand.points().get(i).code());
        }
        Set<String> out = new HashSet<>();
        for (Shop s : atlas.shops()) if (codes.contains(s.division())) out.add(s.id());
        return out;
    }

    private static Score score(Demand demand, Offers offers, List<ObservedDemand.Matched> answers, IntFunction<double[]> model) {
        Map<Integer, double[]> cache = new HashMap<>();
        Map<Tier, double[]> seen = new EnumMap<>(Tier.class);
        Map<Tier, double[]> told = new EnumMap<>(Tier.class);
        int nb = demand.brands().size();
        double sum = 0;
        double all = 0;
        for (ObservedDemand.Matched m : answers) {
            double w = m.answer().weight();
            double[] p = cache.computeIfAbsent(m.point(), model::apply);
            int first = offers.start(m.point(), 0);
            sum += w * Math.log(Math.max(LEAST_PROBABILITY, p[m.entry() < 0 ? 0 : 1 + m.entry() - first]));
            all += w;
            Tier tier = demand.points().get(m.point()).tier();
            seen.computeIfAbsent(tier, _ -> new double[nb + 1])[m.brand() + 1] += w;
            double[] t = told.computeIfAbsent(tier, _ -> new double[nb + 1]);
            t[0] += w * p[0];
            for (int b = 0; b < nb; b++) for (int e = offers.start(m.point(), b); e < offers.end(m.point(), b); e++) t[b + 1] += w * p[1 + e - first];
        }
        Map<Tier, Double> errors = new EnumMap<>(Tier.class);
        seen.forEach((tier, shares) -> errors.put(tier, error(shares, told.getOrDefault(tier, shares))));
        return new Score(sum / all, errors);
    }

    private static double error(double[] seen, double[] told) {
        double all = 0;
        for (double s : seen) all += s;
        double sum = 0;
        for (int k = 0; k < seen.length; k++) sum += Math.abs(seen[k] - told[k]) / all;
        return sum / seen.length;
    }

    /// The naive baseline: overall shares of nothing, of each brand online and in shops, and within a brand's shops attraction 1 / distance^2.
    private static final class Huff {
        private final Demand demand;
        private final Offers offers;
        private final double nothing;
        private final double[] online;
        private final double[] inShops;

        Huff(Demand demand, Offers offers, List<ObservedDemand.Matched> answers) {
            this.demand = demand;
            this.offers = offers;
            int nb = demand.brands().size();
            nothing = share(answers, m -> m.brand() < 0 ? 1 : 0);
            online = new double[nb];
            inShops = new double[nb];
            for (int b = 0; b < nb; b++) {
                int brand = b;
                online[b] = share(answers, m -> m.brand() == brand && m.answer().bought() instanceof Answer.Bought.Online ? 1 : 0);
                inShops[b] = share(answers, m -> m.brand() == brand && m.answer().bought() instanceof Answer.Bought.InShop ? 1 : 0);
            }
        }

        private static double share(List<ObservedDemand.Matched> answers, ToDoubleFunction<ObservedDemand.Matched> part) {
            return answers.stream().mapToDouble(m -> m.answer().weight() * part.applyAsDouble(m)).sum() / answers.stream().mapToDouble(m -> m.answer().weight()).sum();
        }

        double[] at(int point) {
            int nb = demand.brands().size();
            int first = offers.start(point, 0);
            double[] p = new double[1 + offers.end(point, nb - 1) - first];
            p[0] = nothing;
            for (int b = 0; b < nb; b++) {
                double sum = 0;
                for (int e = offers.start(point, b); e < offers.end(point, b); e++) if (offers.shopOf(offers.offerAt(e)) != null) sum += pull(e);
                for (int e = offers.start(point, b); e < offers.end(point, b); e++)
                    p[1 + e - first] = offers.shopOf(offers.offerAt(e)) == null ? online[b] : inShops[b] * pull(e) / sum;
            }
            return p;
        }

        private double pull(int entry) {
            double km = Math.max(NEAREST_KM, offers.kmAt(entry));
            return 1 / (km * km);
        }
    }
}
