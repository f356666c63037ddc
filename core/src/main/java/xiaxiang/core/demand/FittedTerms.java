package xiaxiang.core.demand;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.choice.BrandChoiceFit;
import xiaxiang.engine.choice.BrandChoiceParameters;

/// The terms of demand that follow from fitted parameters, their values and joint covariance (delta method). Owns its arrays.
final class FittedTerms {
    private final List<Term> terms = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();
    /// A term's slope by every parameter, and its own variance beside them.
    private final List<double[]> slopes = new ArrayList<>();
    private final List<Double> own = new ArrayList<>();
    private final double[] covariance;

    private FittedTerms(BrandChoiceFit fit, boolean[] free, @Nullable PricesPaid prices) {
        BrandChoiceParameters at = fit.parameters();
        int n = at.size();
        double[] theta = fit.theta();
        direct(at).forEach((term, k) -> {
            if (free[k]) add(term, theta[k], unit(n, k));
        });
        double[] nothing = fit.nothing();
        double[] slope = java.util.Arrays.copyOfRange(nothing, 1, n + 1);
        add(Term.OUTSIDE_SHARE, nothing[0], slope);
        if (free[at.level()]) {
            // Phones bought are possible buyers less those who end up with nothing.
            double phones = Math.exp(theta[at.level()]) * (1 - nothing[0]);
            double[] by = new double[n];
            for (int k = 0; k < n; k++) by[k] = -Math.exp(theta[at.level()]) * slope[k];
            by[at.level()] += phones;
            add(Term.PHONES_PER_PERSON, phones, by);
        }
        if (prices != null) {
            add(Term.MEDIAN_PRICE, prices.median(), new double[n]);
            own.set(own.size() - 1, prices.medianError() * prices.medianError());
            add(Term.PRICE_SPREAD, prices.spread(), new double[n]);
            own.set(own.size() - 1, prices.spreadError() * prices.spreadError());
        }
        covariance = covariance(fit.covariance(), n);
    }

    /// What a fit says of the terms; those whose parameters were held are left out.
    static FittedTerms of(BrandChoiceFit fit, boolean[] free, @Nullable PricesPaid prices) {
        return new FittedTerms(fit, free, prices);
    }

    /// The terms that are parameters themselves, and where they stand.
    static Map<Term, Integer> direct(BrandChoiceParameters at) {
        Map<Term, Integer> out = new EnumMap<>(Term.class);
        for (int k = 0; k < ShopUtility.TERMS.size(); k++) out.put(ShopUtility.TERMS.get(k), at.feature(k));
        out.put(Term.DISTANCE, at.distance());
        out.put(Term.PRICE_FIT, at.nestFactor());
        out.put(Term.NEST, at.mu());
        out.put(Term.INCOME_ELASTICITY, at.elasticity());
        return out;
    }

    private void add(Term term, double value, double[] slope) {
        terms.add(term);
        values.add(value);
        slopes.add(slope);
        own.add(0.0);
    }

    private static double[] unit(int n, int k) {
        double[] e = new double[n];
        e[k] = 1;
        return e;
    }

    private double[] covariance(double[] theta, int n) {
        int m = terms.size();
        double[] out = new double[m * m];
        for (int a = 0; a < m; a++) {
            double[] half = new double[n];
            for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) half[j] += slopes.get(a)[i] * theta[i * n + j];
            for (int b = 0; b < m; b++) {
                double s = a == b ? own.get(a) : 0;
                for (int j = 0; j < n; j++) s += half[j] * slopes.get(b)[j];
                out[a * m + b] = s;
            }
        }
        return out;
    }

    List<Term> terms() {
        return List.copyOf(terms);
    }

    double[] values() {
        return values.stream().mapToDouble(v -> v).toArray();
    }

    /// Row-major, in the order of [#terms].
    double[] covariance() {
        return covariance;
    }
}
