package xiaxiang.bench;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import xiaxiang.bench.GateRow.Replication;
import xiaxiang.engine.survey.LonelyCluster;
import xiaxiang.engine.survey.SurveyDesign;

/// A survey of few townships: answers resemble their township's, a fifth of the variance lies between townships. The truth: mean 1 of one answer, mean 0 of another.
final class FewClusters {
    private static final int WORLDS = 8_000;

    private FewClusters() {}

    static List<GateRow> rows() {
        return List.of(row(6, 20, 20), row(10, 20, 20), row(10, 10, 30));
    }

    private static GateRow row(int clusters, int least, int most) {
        String world = clusters + " townships of " + least + (most > least ? " to " + most : "") + " answers";
        return new GateRow("few-clusters", world, "cluster mean, Student's t", WORLDS, true, seed -> simulate(seed, clusters, least, most));
    }

    private static Replication simulate(long seed, int clusters, int least, int most) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[] one = new double[clusters * most];
        double[] none = new double[clusters * most];
        int[] cluster = new int[clusters * most];
        int n = 0;
        for (int c = 0; c < clusters; c++) {
            double effect = .5 * normal.sample();
            double other = .5 * normal.sample();
            for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
                one[n] = 1 + effect + normal.sample();
                none[n] = other + normal.sample();
                cluster[n++] = c;
            }
        }
        double[] weight = new double[n];
        Arrays.fill(weight, 1);
        SurveyDesign design = SurveyDesign.of(weight, new int[n], Arrays.copyOf(cluster, n), new double[] {Double.POSITIVE_INFINITY}, LonelyCluster.REFUSE);
        boolean covered = design.mean(Arrays.copyOf(one, n)).interval(.95).contains(1);
        return new Replication(covered, !design.mean(Arrays.copyOf(none, n)).interval(.95).contains(0), false, "");
    }
}
