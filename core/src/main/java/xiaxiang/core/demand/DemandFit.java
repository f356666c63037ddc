package xiaxiang.core.demand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.field.Answer;
import xiaxiang.core.trade.SellOut;
import xiaxiang.engine.choice.BrandChoiceData;
import xiaxiang.engine.choice.BrandChoiceFit;
import xiaxiang.engine.choice.BrandChoiceParameters;

/// Coefficients fitted to the answers and the sell-out of a region together, and how far to trust them.
///
/// `clusters` are the townships the answers come from, `fitted` the terms the facts could tell apart, in the order of the joint covariance; all others keep what was believed before. `warnings` say what a reader must know.
public record DemandFit(Coefficients coefficients, List<Term> fitted, int answers, int clusters, int beyondReach, int totals, double dispersion, boolean converged, double gradientNorm,
                        double logLikelihood, @Nullable HoldOut holdOut, List<Warning> warnings) {
    /// Fewer answers than this are no survey.
    public static final int FEWEST_ANSWERS = 100;
    /// Below this many townships with answers, clustered errors are too small.
    private static final int FEW_CLUSTERS = 20;

    public DemandFit {
        fitted = List.copyOf(fitted);
        warnings = List.copyOf(warnings);
    }

    /// What a reader must know of a fit; `detail` names the terms or the number meant.
    public record Warning(About about, String detail) {}

    /// What a warning is about.
    public enum About { NOT_CONVERGED, NOT_KNOWN, AT_BOUND, BEYOND_REACH, FEW_CLUSTERS, SYNTHETIC, OVERDISPERSED, NO_SELL_OUT, NO_BETTER }

    /// Fits the coefficients of `believed`, a calibrated demand of `atlas`. Throws IllegalArgumentException with fewer than [#FEWEST_ANSWERS] answers that can be used.
    /// Cost: some hundred evaluations of the likelihood; Yichuan with 1,200 answers and 800 totals takes seconds.
    public static DemandFit of(Atlas atlas, Demand believed, List<Answer> answers, List<SellOut> sellOut) {
        return new Fitting(atlas, believed, answers, sellOut).run();
    }

    /// One fit in the making.
    private static final class Fitting {
        private final Atlas atlas;
        private final Demand believed;
        private final Offers offers;
        private final ObservedDemand observed;
        private final BrandChoiceParameters at;
        private final @Nullable PricesPaid prices;
        private final Provenance provenance;

        Fitting(Atlas atlas, Demand believed, List<Answer> answers, List<SellOut> sellOut) {
            this.atlas = atlas;
            this.believed = believed;
            offers = new Offers(believed.points(), believed.brands(), atlas.shops(), believed.sets());
            observed = ObservedDemand.of(believed, offers, answers, sellOut);
            if (observed.answers().size() < FEWEST_ANSWERS)
                throw new IllegalArgumentException("Only " + observed.answers().size() + " answers can be used, at least " + FEWEST_ANSWERS + " are needed. Ask more people, or make synthetic ones to try the fit: xiaxiang demand synthesize.");
            at = new BrandChoiceParameters(offers.features(), believed.brands().size());
            prices = PricesPaid.of(believed, observed.answers());
            provenance = provenance(answers, sellOut);
        }

        private static Provenance provenance(List<Answer> answers, List<SellOut> sellOut) {
            boolean synthetic = answers.stream().anyMatch(a -> a.provenance().kind() == Kind.SYNTHETIC) || sellOut.stream().anyMatch(s -> s.provenance().kind() == Kind.SYNTHETIC);
            String source = "fitted to " + answers.size() + " answers and " + sellOut.size() + " rows of sell-out" + (synthetic ? ", synthetic in whole or part" : "");
            return new Provenance(source, synthetic ? Kind.SYNTHETIC : Kind.MODELLED);
        }

        DemandFit run() {
            Coefficients priced = priced();
            BrandChoiceData data = offers.data(atlas, new PriceFit(believed.brands(), atlas.models(), priced), observed.answers(_ -> true), observed.totals(_ -> true));
            boolean[] free = free(data);
            BrandChoiceFit fit = fit(data, free);
            FittedTerms terms = FittedTerms.of(fit, free, prices);
            Coefficients fitted = coefficients(priced, terms);
            HoldOut holdOut = HoldOut.of(atlas, believed, offers, observed, data, part -> coefficients(priced, FittedTerms.of(fit(part, free), free, prices)));
            return new DemandFit(fitted, terms.terms(), observed.answers().size(), clusters(), observed.beyondReach(), observed.totals().size(), fit.dispersion(), fit.converged(), fit.gradientNorm(),
                    fit.answersLogLikelihood(), holdOut, warnings(fit, terms, holdOut));
        }

        private Coefficients coefficients(Coefficients priced, FittedTerms terms) {
            return priced.fitted(terms.terms(), terms.values(), terms.covariance(), provenance);
        }

        /// The prices paid come first: which bands a place's buyers are in follows from them. Their errors do not reach the other coefficients.
        private Coefficients priced() {
            if (prices == null) return believed.coefficients();
            Coefficients c = believed.coefficients();
            return c.fitted(List.of(Term.MEDIAN_PRICE, Term.PRICE_SPREAD), new double[] {prices.median(), prices.spread()},
                    new double[] {prices.medianError() * prices.medianError(), 0, 0, prices.spreadError() * prices.spreadError()}, provenance);
        }

        /// Brands nobody named, and online sales nobody made, keep their constants; what cannot be told apart keeps what is believed.
        private boolean[] free(BrandChoiceData data) {
            List<Integer> order = new ArrayList<>();
            for (int b = 0; b < believed.brands().size(); b++) {
                int brand = b;
                boolean named = observed.answers().stream().anyMatch(m -> m.brand() == brand);
                boolean online = observed.answers().stream().anyMatch(m -> m.brand() == brand && m.answer().bought() instanceof Answer.Bought.Online);
                if (named) order.add(at.constant(b));
                if (online) order.add(at.feature(ShopUtility.TERMS.size() + b));
            }
            order.addAll(List.of(at.distance(), at.mu(), at.nestFactor()));
            // The range carried follows from the format where shelves were not seen, and one of the two online terms from the online constants: they come last.
            for (Term t : List.of(Term.COUNTY_TOWN_SHOP, Term.CITY_SHOP, Term.BRAND_SHOP, Term.AUTHORISED_SHOP, Term.SHOP_IN_SHOP, Term.CARRIER, Term.DEALER_MARGIN, Term.PROMOTER, Term.SIGN,
                    Term.ONLINE_TOWNSHIP, Term.ONLINE_COUNTY_TOWN, Term.RANGE)) order.add(at.feature(ShopUtility.TERMS.indexOf(t)));
            order.addAll(List.of(at.level(), at.elasticity()));
            return BrandChoiceFit.known(data, DemandTheta.of(believed, offers.features()), order.stream().mapToInt(k -> k).toArray());
        }

        private BrandChoiceFit fit(BrandChoiceData data, boolean[] free) {
            double[] start = DemandTheta.of(believed, offers.features());
            double[] lower = new double[at.size()];
            double[] upper = new double[at.size()];
            Arrays.fill(lower, -30);
            Arrays.fill(upper, 30);
            for (Map.Entry<Term, Integer> e : FittedTerms.direct(at).entrySet()) {
                Coefficient c = believed.coefficients().coefficient(e.getKey());
                lower[e.getValue()] = c.low();
                upper[e.getValue()] = c.high();
            }
            return BrandChoiceFit.of(data, start, lower, upper, free);
        }

        private List<Warning> warnings(BrandChoiceFit fit, FittedTerms terms, @Nullable HoldOut holdOut) {
            List<Warning> out = new ArrayList<>();
            if (!fit.converged()) out.add(new Warning(About.NOT_CONVERGED, Double.toString(fit.gradientNorm())));
            List<Term> all = new ArrayList<>(Arrays.asList(Term.values()));
            all.removeAll(terms.terms());
            if (!all.isEmpty()) out.add(new Warning(About.NOT_KNOWN, names(all)));
            List<Term> bound = terms.terms().stream().filter(t -> atBound(terms, t)).toList();
            if (!bound.isEmpty()) out.add(new Warning(About.AT_BOUND, names(bound)));
            if (observed.beyondReach() > 0) out.add(new Warning(About.BEYOND_REACH, Integer.toString(observed.beyondReach())));
            if (clusters() < FEW_CLUSTERS) out.add(new Warning(About.FEW_CLUSTERS, Integer.toString(clusters())));
            if (observed.totals().isEmpty()) out.add(new Warning(About.NO_SELL_OUT, ""));
            double better = holdOut == null ? 1 : holdOut.fitted().logLikelihood() - holdOut.believed().logLikelihood();
            if (!(better > 0)) out.add(new Warning(About.NO_BETTER, "%.4f".formatted(better)));
            if (fit.dispersion() > 2) out.add(new Warning(About.OVERDISPERSED, "%.1f".formatted(fit.dispersion())));
            if (provenance.kind() == Kind.SYNTHETIC) out.add(new Warning(About.SYNTHETIC, ""));
            return out;
        }

        private int clusters() {
            return (int) observed.answers().stream().mapToInt(ObservedDemand.Matched::township).distinct().count();
        }

        private boolean atBound(FittedTerms terms, Term t) {
            Coefficient c = believed.coefficients().coefficient(t);
            double v = terms.values()[terms.terms().indexOf(t)];
            return v <= c.low() || v >= c.high();
        }

        private static String names(List<Term> terms) {
            return String.join(" ", terms.stream().map(Term::name).toList());
        }
    }
}
