package xiaxiang.core.demand;

import xiaxiang.engine.choice.BrandChoiceParameters;

/// The coefficients of a [Demand] as the parameters of the engine's fit.
final class DemandTheta {
    private DemandTheta() {}

    /// The parameters of a calibrated demand; `features` as [Offers#features].
    static double[] of(Demand demand, int features) {
        int nb = demand.brands().size();
        BrandChoiceParameters at = new BrandChoiceParameters(features, nb);
        Coefficients c = demand.coefficients();
        double[] theta = new double[at.size()];
        for (int k = 0; k < ShopUtility.TERMS.size(); k++) theta[at.feature(k)] = c.of(ShopUtility.TERMS.get(k));
        for (int b = 0; b < nb; b++) {
            theta[at.feature(ShopUtility.TERMS.size() + b)] = demand.onlineConstant(b);
            theta[at.constant(b)] = demand.constant(b);
        }
        theta[at.distance()] = c.of(Term.DISTANCE);
        theta[at.nestFactor()] = c.of(Term.PRICE_FIT);
        theta[at.mu()] = c.of(Term.NEST);
        theta[at.level()] = Math.log(c.of(Term.PHONES_PER_PERSON) / (1 - c.of(Term.OUTSIDE_SHARE)));
        theta[at.elasticity()] = c.of(Term.INCOME_ELASTICITY);
        return theta;
    }
}
