package xiaxiang.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import xiaxiang.engine.survey.FayHerriot;
import xiaxiang.engine.survey.LonelyCluster;
import xiaxiang.engine.survey.SurveyDesign;
import xiaxiang.engine.survey.SurveyEstimate;

/// Published numbers of surveys and small areas.
final class SurveyRows {
    /// The restricted likelihood's maximum to all digits, by bisection of its slope in extended precision; the package stops at a relative step of 1e-4.
    private static final double MILK_TRUTH = .01855033476276667;

    private SurveyRows() {}

    static List<ScienceRow> all() {
        return List.of(ScienceRow.untimed("C1", "R survey, api: cluster mean and stratified total", List.of("survey_apiclus1.csv", "survey_apistrat.csv"),
                t -> api(t.getFirst(), t.getLast())),
                ScienceRow.untimed("C2", "R sae, milk: Fay-Herriot by REML", List.of("sae_milk.csv"), t -> milk(t.getFirst())));
    }

    private static Supplier<List<Figure>> api(ScienceTable clusters, ScienceTable strata) {
        double[] score = clusters.numbers("api00");
        double[] enroll = strata.numbers("enroll");
        return () -> {
            SurveyEstimate mean = SurveyDesign.of(clusters.numbers("pw"), new int[score.length], clusters.codes("dnum"), new double[] {757}, LonelyCluster.REFUSE).mean(score);
            int[] stratum = strata.codes("stype");
            double[] population = new double[3];
            double[] fpc = strata.numbers("fpc");
            for (int i = 0; i < stratum.length; i++) population[stratum[i]] = fpc[i];
            SurveyEstimate total = SurveyDesign.of(strata.numbers("pw"), stratum, IntStream.range(0, stratum.length).toArray(), population, LonelyCluster.REFUSE).total(enroll);
            return List.of(Figure.relative("cluster mean", mean.estimate(), 644.1694, 1e-6), Figure.relative("its error", mean.standardError(), 23.54224, 1e-6),
                    Figure.relative("stratified total", total.estimate(), 3687177.5, 1e-6), Figure.relative("its error", total.standardError(), 114641.72, 1e-6));
        };
    }

    private static Supplier<List<Figure>> milk(ScienceTable t) {
        int[] major = t.codes("MajorArea");
        double[] x = new double[4 * t.rows()];
        for (int i = 0; i < t.rows(); i++) {
            x[4 * i] = 1;
            if (major[i] > 0) x[4 * i + major[i]] = 1;
        }
        double[] y = t.numbers("yi");
        double[] variance = Arrays.stream(t.numbers("SD")).map(s -> s * s).toArray();
        return () -> switch (FayHerriot.fit(y, variance, x, 4, FayHerriot.Method.REML)) {
            case FayHerriot.Outcome.Fitted(FayHerriot fit) -> List.of(Figure.absolute("A", fit.areaVariance(), .0185502223, 1e-5).polished(MILK_TRUTH));
            case FayHerriot.Outcome.Refused(String why) -> throw new IllegalStateException(why);
        };
    }
}
