package xiaxiang.core.demand;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.DemandPoint;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.field.Answer;
import xiaxiang.core.trade.SellOut;
import xiaxiang.engine.choice.BrandChoiceData;
import xiaxiang.engine.choice.BrandChoiceFit;

/// Invents answers of shoppers and the shops' sell-out from a [Demand] whose coefficients are the hidden truth: to try a fit, and to see what it can recover.
///
/// Townships are drawn with probability proportional to their people, as often as it takes for [#PER_TOWNSHIP] answers each, then a point of the township in proportion to its
/// people; so every answer weighs the same. Sell-out of a shop and brand in a year is a Poisson count. Everything is [Kind#SYNTHETIC] and says so.
/// Same demand and seed: same answers. Cost: points x offers considered.
public final class AnswerSynthesis {
    /// Answers taken at each draw of a township.
    public static final int PER_TOWNSHIP = 20;

    private final Atlas atlas;
    private final Demand truth;
    private final Offers offers;
    private final double[] theta;
    private final BrandChoiceFit.Probabilities probabilities;
    private final UniformRandomProvider random;
    private final Provenance provenance;

    private AnswerSynthesis(Atlas atlas, Demand truth, long seed) {
        this.atlas = atlas;
        this.truth = truth;
        offers = new Offers(truth.points(), truth.brands(), atlas.shops(), truth.sets());
        BrandChoiceData data = offers.data(atlas, new PriceFit(truth.brands(), atlas.models(), truth.coefficients()), ObservedDemand.NO_ANSWERS, ObservedDemand.NO_TOTALS);
        theta = DemandTheta.of(truth, offers.features());
        probabilities = BrandChoiceFit.probabilities(data, theta);
        random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        provenance = new Provenance("synthetic, seed " + seed + ": drawn from hidden coefficients, to try the fit; nobody was asked and nothing was sold", Kind.SYNTHETIC);
    }

    /// What was made up.
    public record Made(List<Answer> answers, List<SellOut> sellOut) {
        public Made {
            answers = List.copyOf(answers);
            sellOut = List.copyOf(sellOut);
        }
    }

    /// At least `count` answers (rounded up to whole townships) and a year's sell-out of every shop and brand. `atlas` holds the shops of `truth`.
    public static Made make(Atlas atlas, Demand truth, long seed, int count) {
        AnswerSynthesis synthesis = new AnswerSynthesis(atlas, truth, seed);
        return new Made(synthesis.answers(count), synthesis.sellOut());
    }

    private List<Answer> answers(int count) {
        List<Answer> out = new ArrayList<>();
        List<List<Integer>> townships = truth.townships();
        double[] people = townships.stream().mapToDouble(t -> t.stream().mapToDouble(i -> truth.points().get(i).persons()).sum()).toArray();
        while (out.size() < count) {
            List<Integer> points = townships.get(pick(people));
            double[] here = points.stream().mapToDouble(i -> truth.points().get(i).persons()).toArray();
            for (int k = 0; k < PER_TOWNSHIP; k++) out.add(answer("a" + (out.size() + 1), points.get(pick(here))));
        }
        return out;
    }

    private int pick(double[] weight) {
        double sum = 0;
        for (double w : weight) sum += w;
        double u = sum * random.nextDouble();
        int k = 0;
        while (k < weight.length - 1 && u >= weight[k]) u -= weight[k++];
        return k;
    }

    private Answer answer(String id, int point) {
        int chosen = pick(probabilities.at(point)) - 1;
        DemandPoint at = truth.points().get(point);
        Answer.Bought bought = chosen < 0 ? new Answer.Bought.Nothing() : bought(point, offers.start(point, 0) + chosen);
        Long priceFen = chosen < 0 ? null : (Long) price(at.incomeIndex());
        return new Answer(id, LocalDate.of(2017, 4, 1).plusDays(random.nextInt(28)), at.code(), bought, priceFen, 1, provenance);
    }

    private Answer.Bought bought(int point, int entry) {
        int b = 0;
        while (b < truth.brands().size() - 1 && offers.start(point, b + 1) <= entry) b++;
        String brand = truth.brands().get(b).id();
        Shop shop = offers.shopOf(offers.offerAt(entry));
        return shop == null ? new Answer.Bought.Online(brand) : new Answer.Bought.InShop(brand, shop.id());
    }

    /// Prices paid are log-normal around the median at the place's income, whole yuan.
    private long price(double incomeIndex) {
        double log = Math.log(truth.coefficients().of(Term.MEDIAN_PRICE) * incomeIndex) + truth.coefficients().of(Term.PRICE_SPREAD) * ZigguratSampler.NormalizedGaussian.of(random).sample();
        return 100 * Math.max(1, Math.round(Math.exp(log)));
    }

    private List<SellOut> sellOut() {
        double[] mean = truth.offerUnits(offers, probabilities);
        List<SellOut> out = new ArrayList<>();
        for (Shop shop : atlas.shops())
            for (String brand : shop.brands()) {
                double units = mean[offers.inShop(shop.id(), brand)];
                long sold = units > 0 ? PoissonSampler.of(random, units).sample() : 0;
                out.add(new SellOut(shop.id(), brand, YearMonth.of(2016, 1), 12, sold, provenance));
            }
        return out;
    }
}
