package xiaxiang.engine.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import xiaxiang.engine.SharedTable;

class SurveyDesignTest {
    /// Published: R survey, `svymean(~api00, dclus1)`.
    @Test
    void clusterMean() {
        SharedTable t = SharedTable.read("survey_apiclus1.csv");
        SurveyDesign design = SurveyDesign.of(t.numbers("pw"), new int[t.rows()], t.codes("dnum"), new double[] {757}, LonelyCluster.REFUSE);
        SurveyEstimate mean = design.mean(t.numbers("api00"));
        assertThat(mean.estimate()).isCloseTo(644.1694, within(1e-6 * 644));
        assertThat(mean.standardError()).isCloseTo(23.54224, within(1e-6 * 23));
        assertThat(mean.degreesOfFreedom()).isEqualTo(14);
        // R: confint(svymean(~api00, dclus1), df = degf(dclus1)) gives 593.6763 and 694.6625.
        assertThat(mean.interval(.95).low()).isCloseTo(593.6763, within(1e-4));
        assertThat(mean.interval(.95).high()).isCloseTo(694.6625, within(1e-4));
    }

    private static SurveyDesign strata(SharedTable t) {
        double[] population = new double[3];
        int[] stratum = t.codes("stype");
        double[] fpc = t.numbers("fpc");
        for (int i = 0; i < stratum.length; i++) population[stratum[i]] = fpc[i];
        return SurveyDesign.of(t.numbers("pw"), stratum, IntStream.range(0, t.rows()).toArray(), population, LonelyCluster.REFUSE);
    }

    /// Published: R survey, `svytotal(~enroll, dstrat)` and `svymean(~api00, dstrat)`.
    @Test
    void stratifiedTotal() {
        SharedTable t = SharedTable.read("survey_apistrat.csv");
        SurveyEstimate total = strata(t).total(t.numbers("enroll"));
        assertThat(total.estimate()).isCloseTo(3687177.5, within(1e-6 * 3687177));
        assertThat(total.standardError()).isCloseTo(114641.72, within(1e-6 * 114641));
        SurveyEstimate mean = strata(t).mean(t.numbers("api00"));
        assertThat(mean.estimate()).isCloseTo(662.2874, within(1e-4));
        assertThat(mean.standardError()).isCloseTo(9.408941, within(1e-5));
    }

    /// Published: R survey, `svyratio(~api.stu, ~enroll, dstrat)`.
    @Test
    void ratio() {
        SharedTable t = SharedTable.read("survey_apistrat.csv");
        SurveyEstimate ratio = strata(t).ratio(t.numbers("api.stu"), t.numbers("enroll"));
        assertThat(ratio.estimate()).isCloseTo(.8369569, within(1e-7));
        assertThat(ratio.standardError()).isCloseTo(.007757103, within(1e-8));
    }

    @Test
    void aDomainIsARatioOverAllAndAShareSumsToOne() {
        SharedTable t = SharedTable.read("survey_apistrat.csv");
        boolean[] in = new boolean[t.rows()];
        String[] type = t.text("stype");
        double[][] amount = new double[3][t.rows()];
        double[] enroll = t.numbers("enroll");
        int[] code = t.codes("stype");
        for (int i = 0; i < in.length; i++) {
            in[i] = type[i].equals("H");
            amount[code[i]][i] = enroll[i];
        }
        // The domain is a stratum, so its mean is that stratum's own.
        double[] api = t.numbers("api00");
        double[] own = IntStream.range(0, in.length).filter(i -> in[i]).mapToDouble(i -> api[i]).toArray();
        double mean = Arrays.stream(own).average().orElseThrow();
        double squares = Arrays.stream(own).map(v -> (v - mean) * (v - mean)).sum();
        SurveyEstimate domain = strata(t).mean(api, in);
        assertThat(domain.estimate()).isCloseTo(mean, within(1e-9));
        assertThat(domain.standardError()).isCloseTo(Math.sqrt((1 - 50 / 755.0) * squares / 49 / 50), within(1e-9));
        ShareEstimate shares = strata(t).shares(amount);
        assertThat(shares.share(0) + shares.share(1) + shares.share(2)).isCloseTo(1, within(1e-14));
        for (int a = 0; a < 3; a++) assertThat(shares.covariance(a, 0) + shares.covariance(a, 1) + shares.covariance(a, 2)).isCloseTo(0, within(1e-16));
        assertThat(shares.standardError(1)).isCloseTo(strata(t).ratio(amount[1], enroll).standardError(), within(1e-14));
    }

    @Test
    void calibrationToWhatExplainsEverythingLeavesNoError() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(5);
        int n = 60;
        double[] weight = random.doubles(n, 1, 5).toArray();
        double[] x = new double[2 * n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[2 * i] = 1;
            x[2 * i + 1] = random.nextDouble();
            y[i] = 3 + 7 * x[2 * i + 1];
        }
        SurveyDesign design = SurveyDesign.simple(weight);
        var met = (Calibration.Outcome.Calibrated) Calibration.of(weight, x, new double[] {200, 90}, new Calibration.Distance.Raking());
        SurveyEstimate total = design.calibrated(met.weights(), x).total(y);
        assertThat(total.estimate()).isCloseTo(3 * 200 + 7 * 90, within(1e-8));
        assertThat(total.standardError()).isCloseTo(0, within(1e-8));
        assertThat(design.total(y).standardError()).isGreaterThan(10);
    }

    /// Every sample of 3 clusters of 7, in a stratum beside one taken whole: totals and their variance are unbiased to the last digit.
    @Test
    void enumeratedSamplesAreUnbiased() {
        double[][] clusters = {{1, 4}, {2}, {7, 1, 1}, {3, 3}, {0}, {5, 5, 5}, {2, 9}};
        double truth = Arrays.stream(clusters).flatMapToDouble(Arrays::stream).sum() + 11;
        double mean = 0;
        double squares = 0;
        double shown = 0;
        for (int set = 0; set < 128; set++) {
            if (Integer.bitCount(set) != 3) continue;
            double[] y = new double[12];
            double[] weight = new double[12];
            int[] stratum = new int[12];
            int[] cluster = new int[12];
            int n = 0;
            for (int c = 0, drawn = 0; c < 7; c++) {
                if ((set >> c & 1) == 0) continue;
                for (double v : clusters[c]) {
                    y[n] = v;
                    weight[n] = 7 / 3.0;
                    cluster[n++] = drawn;
                }
                drawn++;
            }
            y[n] = 11;
            weight[n] = 1;
            stratum[n] = 1;
            cluster[n++] = 3;
            SurveyEstimate total = SurveyDesign.of(Arrays.copyOf(weight, n), Arrays.copyOf(stratum, n), Arrays.copyOf(cluster, n), new double[] {7, 1}, LonelyCluster.REFUSE).total(Arrays.copyOf(y, n));
            mean += total.estimate() / 35;
            squares += (total.estimate() - truth) * (total.estimate() - truth) / 35;
            shown += total.standardError() * total.standardError() / 35;
        }
        assertThat(mean).isCloseTo(truth, within(1e-10));
        assertThat(shown).isCloseTo(squares, within(1e-9));
    }

    @Test
    void aLonelyClusterIsRefusedOrTreatedAsTold() {
        double[] weight = {2, 2, 2, 3};
        int[] stratum = {0, 0, 0, 1};
        int[] cluster = {0, 1, 2, 3};
        double[] y = {1, 2, 3, 9};
        double[] many = {10, 10};
        // Stratum 0: (1 - .3) 3 / 2 x the squares of (2, 4, 6) around 4.
        double first = .7 * 1.5 * 8;
        // Weighted totals 2, 4, 6 and 27 have mean 9.75; the lonely one is 17.25 from it.
        double around = .9 * 17.25 * 17.25;
        assertThat(SurveyDesign.of(weight, stratum, cluster, many, LonelyCluster.REFUSE).total(y).standardError()).isNaN();
        assertThat(SurveyDesign.of(weight, stratum, cluster, many, LonelyCluster.CERTAINTY).total(y).standardError()).isCloseTo(Math.sqrt(first), within(1e-12));
        assertThat(SurveyDesign.of(weight, stratum, cluster, many, LonelyCluster.CENTRE_ON_ALL).total(y).standardError()).isCloseTo(Math.sqrt(first + around), within(1e-12));
        assertThat(SurveyDesign.of(weight, stratum, cluster, new double[] {10, 1}, LonelyCluster.REFUSE).total(y).standardError()).as("drawn whole").isCloseTo(Math.sqrt(first), within(1e-12));
    }

    @Test
    void hostileDesignsAreNamed() {
        double[] many = {10, 10};
        assertThatThrownBy(() -> SurveyDesign.of(new double[] {1, 0}, new int[2], new int[] {0, 1}, many, LonelyCluster.REFUSE)).hasMessageContaining("answer 1");
        assertThatThrownBy(() -> SurveyDesign.of(new double[] {1, 1}, new int[] {0, 1}, new int[] {0, 0}, many, LonelyCluster.REFUSE)).hasMessageContaining("lies in strata 0 and 1");
        assertThatThrownBy(() -> SurveyDesign.of(new double[] {1, 1}, new int[2], new int[] {0, 1}, new double[] {1}, LonelyCluster.REFUSE)).hasMessageContaining("2 clusters in the sample but 1.0");
    }
}
