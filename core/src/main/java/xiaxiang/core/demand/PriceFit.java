package xiaxiang.core.demand;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;
import xiaxiang.core.atlas.Brand;
import xiaxiang.core.atlas.Model;

/// How well a brand's price bands meet what people pay.
///
/// Prices paid are log-normal around the median price times the income index. Bands are ordered by their mean price; the edge between two is the
/// geometric mean of theirs. A brand's fit is the log of the share of buyers whose band it serves; 2% is added, since some buy outside their band.
final class PriceFit {
    private static final double OUTSIDE_BAND = .02;

    private final List<String> bands;
    private final double[] logEdges;
    private final boolean[][] serves;
    private final double[][] marginFen;
    private final double logMedian;
    private final NormalDistribution spread;

    PriceFit(List<Brand> brands, List<Model> models, Coefficients coefficients) {
        Map<String, List<Model>> byBand = new LinkedHashMap<>();
        for (Model m : models) byBand.computeIfAbsent(m.band(), _ -> new ArrayList<>()).add(m);
        bands = new ArrayList<>(byBand.keySet());
        bands.sort(Comparator.comparingDouble((String band) -> meanPrice(byBand, band)).thenComparing(band -> band));
        logEdges = new double[Math.max(0, bands.size() - 1)];
        for (int k = 0; k < logEdges.length; k++) logEdges[k] = (Math.log(meanPrice(byBand, bands.get(k))) + Math.log(meanPrice(byBand, bands.get(k + 1)))) / 2;
        serves = new boolean[brands.size()][bands.size()];
        marginFen = new double[brands.size()][bands.size()];
        for (int b = 0; b < brands.size(); b++) fill(b, brands.get(b), models);
        logMedian = Math.log(100 * coefficients.of(Term.MEDIAN_PRICE));
        spread = NormalDistribution.of(0, coefficients.of(Term.PRICE_SPREAD));
    }

    private static double meanPrice(Map<String, List<Model>> byBand, String band) {
        return byBand.getOrDefault(band, List.of()).stream().mapToLong(Model::priceFen).average().orElseThrow();
    }

    private void fill(int b, Brand brand, List<Model> models) {
        for (int k = 0; k < bands.size(); k++) {
            String band = bands.get(k);
            List<Model> here = models.stream().filter(m -> m.brand().equals(brand.id()) && m.band().equals(band)).toList();
            // "Others" stand for many brands: without models of their own they serve every band.
            serves[b][k] = brand.rest() || !here.isEmpty();
            marginFen[b][k] = here.stream().mapToLong(Model::brandMarginFen).average().orElse(0);
        }
    }

    /// The share of buyers in each band at an income index, summing to 1.
    double[] bandShares(double incomeIndex) {
        double center = logMedian + Math.log(incomeIndex);
        double[] shares = new double[bands.size()];
        double below = 0;
        for (int k = 0; k < shares.length; k++) {
            double upTo = k == logEdges.length ? 1 : spread.cumulativeProbability(logEdges[k] - center);
            shares[k] = upTo - below;
            below = upTo;
        }
        return shares;
    }

    /// The log fit of brand b, <= 0.02, given the band shares of a place.
    double logFit(int b, double[] bandShares) {
        double met = OUTSIDE_BAND;
        for (int k = 0; k < bandShares.length; k++) if (serves[b][k]) met += bandShares[k];
        return Math.log(met);
    }

    /// The brand's mean margin on a phone, in fen, over the bands it serves, weighted by the band shares; 0 if it has no models.
    double marginFen(int b, double[] bandShares) {
        double sum = 0;
        double all = 0;
        for (int k = 0; k < bandShares.length; k++) if (serves[b][k]) {
            sum += bandShares[k] * marginFen[b][k];
            all += bandShares[k];
        }
        return all > 0 ? sum / all : 0;
    }
}
