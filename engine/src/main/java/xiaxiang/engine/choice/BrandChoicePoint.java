package xiaxiang.engine.choice;

/// The probabilities of one point and their derivatives; a scratch pad of one thread.
///
/// With `u` the utility of an entry, `q` its share within its brand, `I` the brand's sum of exp(u / mu) and `P` the brand's probability:
/// ln P(entry) = u / mu - (1 - mu) ln I + a - ln(1 + sum of N), where `N = exp(a) I^mu` and `a` is the brand's constant and nest factor.
/// Cost of a point: its entries x features. Source: McFadden (1978).
final class BrandChoicePoint {
    private final BrandChoiceData data;
    private final BrandChoiceParameters at;
    private final double[] theta;
    private final double mu;
    /// What each offer is worth at its door, once for all points.
    private final double[] door;
    /// By brand: P, ln I, the mean utility within, and the mean features within (distance last).
    final double[] probability;
    private final double[] logSum;
    private final double[] meanUtility;
    private final double[][] mean;
    /// Over all brands: the derivative of ln(1 + sum of N) with respect to features and distance, the nest factor, and mu.
    private final double[] all;
    private double allFactor;
    private double allMu;
    private double logDenominator;
    /// The share of each entry within its brand, and its utility, from the point's first entry on.
    private double[] within = new double[64];
    private double[] utility = new double[64];
    private int point;
    private int first;

    BrandChoicePoint(BrandChoiceData data, BrandChoiceParameters at, double[] theta, double[] door) {
        this.data = data;
        this.at = at;
        this.theta = theta;
        this.door = door;
        mu = theta[at.mu()];
        probability = new double[data.brands];
        logSum = new double[data.brands];
        meanUtility = new double[data.brands];
        mean = new double[data.brands][data.features + 1];
        all = new double[data.features + 1];
    }

    /// The utility of every offer at its door under `theta`.
    static double[] doors(BrandChoiceData data, double[] theta) {
        int k = data.features;
        double[] door = new double[k == 0 ? 0 : data.feature.length / k];
        for (int o = 0; o < door.length; o++) for (int f = 0; f < k; f++) door[o] += theta[f] * data.feature[o * k + f];
        return door;
    }

    /// Works out point i; `derivatives` false leaves means and scores alone.
    void visit(int i, boolean derivatives) {
        point = i;
        int nb = data.brands;
        first = data.start[i * nb];
        int entries = data.start[(i + 1) * nb] - first;
        if (within.length < entries) {
            within = new double[2 * entries];
            utility = new double[2 * entries];
        }
        double most = 0;
        for (int b = 0; b < nb; b++) {
            brand(i, b);
            most = Math.max(most, probability[b]);
        }
        double sum = Math.exp(-most);
        for (int b = 0; b < nb; b++) sum += Math.exp(probability[b] - most);
        logDenominator = most + Math.log(sum);
        for (int b = 0; b < nb; b++) probability[b] = Math.exp(probability[b] - logDenominator);
        if (derivatives) means(i);
    }

    /// Leaves ln N of the brand in `probability`, minus infinity where it offers nothing.
    private void brand(int i, int b) {
        int from = data.start[i * data.brands + b];
        int to = data.start[i * data.brands + b + 1];
        double perKm = theta[at.distance()];
        double most = Double.NEGATIVE_INFINITY;
        for (int e = from; e < to; e++) {
            double u = door[data.offer[e]] + perKm * data.km[e];
            utility[e - first] = u;
            most = Math.max(most, u);
        }
        double sum = 0;
        for (int e = from; e < to; e++) {
            within[e - first] = Math.exp((utility[e - first] - most) / mu);
            sum += within[e - first];
        }
        for (int e = from; e < to; e++) within[e - first] /= sum;
        logSum[b] = to > from ? most / mu + Math.log(sum) : Double.NEGATIVE_INFINITY;
        probability[b] = to > from ? theta[at.constant(b)] + theta[at.nestFactor()] * data.nestFactor[i * data.brands + b] + mu * logSum[b] : Double.NEGATIVE_INFINITY;
    }

    private void means(int i) {
        java.util.Arrays.fill(all, 0);
        allFactor = 0;
        allMu = 0;
        int k = data.features;
        for (int b = 0; b < data.brands; b++) {
            double[] m = mean[b];
            java.util.Arrays.fill(m, 0);
            meanUtility[b] = 0;
            for (int e = data.start[i * data.brands + b]; e < data.start[i * data.brands + b + 1]; e++) {
                double q = within[e - first];
                for (int f = 0, row = data.offer[e] * k; f < k; f++) m[f] += q * data.feature[row + f];
                m[k] += q * data.km[e];
                meanUtility[b] += q * utility[e - first];
            }
            if (probability[b] == 0) continue;
            for (int f = 0; f <= k; f++) all[f] += probability[b] * m[f];
            allFactor += probability[b] * data.nestFactor[i * data.brands + b];
            allMu += probability[b] * (logSum[b] - meanUtility[b] / mu);
        }
    }

    /// The probability that nothing is bought.
    double nothing() {
        return Math.exp(-logDenominator);
    }

    /// The probability of an entry of brand b.
    double of(int b, int entry) {
        return probability[b] * within[entry - first];
    }

    /// ln of the probability of an entry of brand b, or of nothing where `entry` is negative.
    double log(int b, int entry) {
        return entry < 0 ? -logDenominator : Math.log(probability[b]) + Math.log(within[entry - first]);
    }

    /// The derivative of [#log] with respect to every parameter, those of the level of demand 0.
    void score(int b, int entry, double[] g) {
        int k = data.features;
        for (int f = 0; f <= k; f++) g[f] = -all[f];
        for (int c = 0; c < data.brands; c++) g[at.constant(c)] = -probability[c];
        g[at.nestFactor()] = -allFactor;
        g[at.mu()] = -allMu;
        g[at.level()] = 0;
        g[at.elasticity()] = 0;
        if (entry < 0) return;
        double[] m = mean[b];
        for (int f = 0, row = data.offer[entry] * k; f < k; f++) g[f] += (data.feature[row + f] - m[f]) / mu + m[f];
        g[k] += (data.km[entry] - m[k]) / mu + m[k];
        g[at.constant(b)] += 1;
        g[at.nestFactor()] += data.nestFactor[point * data.brands + b];
        g[at.mu()] += (meanUtility[b] - utility[entry - first]) / (mu * mu) + logSum[b] - meanUtility[b] / mu;
    }
}
