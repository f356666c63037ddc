package xiaxiang.core.demand;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people paid: the median price at the country's mean income and the spread of log prices, with errors clustered by township.
///
/// `median` in yuan, `spread` of logs; their standard errors by linearisation. Source: log-normal prices around median x income, as [PriceFit] takes them.
record PricesPaid(double median, double medianError, double spread, double spreadError, int count) {
    /// With fewer prices than this nothing is said.
    private static final int FEWEST = 30;

    /// From the answers that name a price, or null where too few do.
    static @Nullable PricesPaid of(Demand demand, List<ObservedDemand.Matched> answers) {
        List<ObservedDemand.Matched> priced = answers.stream().filter(m -> m.answer().priceFen() != null).toList();
        if (priced.size() < FEWEST) return null;
        double[] log = priced.stream().mapToDouble(m -> logPrice(demand, m)).toArray();
        double[] weight = priced.stream().mapToDouble(m -> m.answer().weight()).toArray();
        double all = 0;
        double mean = 0;
        for (int a = 0; a < log.length; a++) {
            all += weight[a];
            mean += weight[a] * log[a];
        }
        mean /= all;
        double variance = 0;
        for (int a = 0; a < log.length; a++) variance += weight[a] * (log[a] - mean) * (log[a] - mean) / all;
        double spread = Math.sqrt(variance);
        int townships = 1 + priced.stream().mapToInt(ObservedDemand.Matched::township).max().orElse(0);
        double[] ofMean = new double[townships];
        double[] ofSpread = new double[townships];
        for (int a = 0; a < log.length; a++) {
            double r = log[a] - mean;
            ofMean[priced.get(a).township()] += weight[a] * r / all;
            ofSpread[priced.get(a).township()] += weight[a] * (r * r - variance) / (2 * spread * all);
        }
        double seen = priced.stream().mapToInt(ObservedDemand.Matched::township).distinct().count();
        double few = Math.sqrt(seen / Math.max(1, seen - 1));
        return new PricesPaid(Math.exp(mean), few * Math.exp(mean) * norm(ofMean), spread, few * norm(ofSpread), log.length);
    }

    private static double logPrice(Demand demand, ObservedDemand.Matched m) {
        Long fen = m.answer().priceFen();
        return Math.log((fen == null ? 0 : fen) / 100.0) - Math.log(demand.points().get(m.point()).incomeIndex());
    }

    private static double norm(double[] v) {
        double sum = 0;
        for (double x : v) sum += x * x;
        return Math.sqrt(sum);
    }
}
