package xiaxiang.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import xiaxiang.core.demand.ChoiceSpec;
import xiaxiang.core.demand.PosedChoice;
import xiaxiang.core.door.Problems;
import xiaxiang.engine.choice.ChoiceEstimator;
import xiaxiang.engine.choice.ChoiceFit;
import xiaxiang.engine.choice.ChoiceModel;
import xiaxiang.engine.choice.ChoiceOutcome;
import xiaxiang.engine.choice.Covariance;

/// Published numbers of choice models, each from a SPEC as `choice fit` reads it. The clock runs over the fit and its errors, not over reading.
final class ChoiceFitRows {
    private static final List<String> SWISSMETRO = List.of("biogeme_swissmetro.tsv");
    private static final List<String> HEATING = List.of("mlogit_Heating.csv");
    private static final String SWISS = """
            filter: (PURPOSE == 1 or PURPOSE == 3) and CHOICE != 0
            choice: CHOICE
            alternatives:
              - {id: 1, name: train, available: TRAIN_AV * (SP != 0), utility: asc_train + b_time * TRAIN_TT / 100 + b_cost * (TRAIN_CO * (GA == 0)) / 100}
              - {id: 2, name: sm, available: SM_AV, utility: b_time * SM_TT / 100 + b_cost * (SM_CO * (GA == 0)) / 100}
              - {id: 3, name: car, available: CAR_AV * (SP != 0), utility: asc_car + b_time * CAR_TT / 100 + b_cost * CAR_CO / 100}
            errors: [hessian, sandwich]
            """;
    private static final String NESTS = "nests:\n  - {name: existing, parameter: mu, alternatives: [1, 3]}\n";
    private static final String MIXTURE = "random:\n  b_time: {distribution: normal, mean: b_time, deviation: b_time_s}\ndraws: {type: halton, number: 10000, seed: 1}\n";

    private ChoiceFitRows() {}

    static List<ScienceRow> all() {
        return List.of(new ScienceRow("A1", "biogeme, swissmetro: multinomial logit", SWISSMETRO, "mlogit", .116, spec(SWISS, ChoiceFitRows::logit)),
                new ScienceRow("A2", "the same, existing modes in a nest", SWISSMETRO, "mlogit", .395, spec(SWISS + NESTS, ChoiceFitRows::nested)),
                new ScienceRow("A3", "the same, time normally distributed, 10,000 draws", SWISSMETRO, "biogeme", 80.6, spec(SWISS.replace("b_time *", "time *") + MIXTURE.replace("  b_time: {", "  time: {"), ChoiceFitRows::mixed)),
                ScienceRow.untimed("A4", "R mlogit, heating: installation and operating cost", HEATING, spec(heating(false), ChoiceFitRows::costs)),
                ScienceRow.untimed("A4 constants", "the same with a constant for each alternative", HEATING,
                        spec(heating(true), fit -> List.of(Figure.relative("log-likelihood", fit.likelihood(), -1008.22872199, 1e-6)))),
                ScienceRow.untimed("A5", "R mlogit, train: price, time, changes, comfort", List.of("mlogit_Train.csv"), spec(train(), ChoiceFitRows::journeys)));
    }

    /// A fit as the figures see it, its numbers by the parameters' names.
    private record Fitted(ChoiceFit fit) {
        double likelihood() {
            return fit.logLikelihood();
        }

        private int at(String name) {
            return IntStream.range(0, fit.model().parameters().size()).filter(p -> fit.model().parameters().get(p).name().equals(name)).findFirst().orElseThrow();
        }

        double value(String name) {
            return fit.estimate(at(name));
        }

        double error(String name, Covariance.Kind kind) {
            return fit.covariance(kind).error(at(name));
        }
    }

    private static ScienceRow.Preparation spec(String text, Function<Fitted, List<Figure>> figures) {
        return tables -> {
            Path file = Files.createTempFile("spec", ".yaml");
            try {
                Files.writeString(file, "data: " + tables.getFirst().file().toAbsolutePath() + "\n" + text, StandardCharsets.UTF_8);
                Problems problems = new Problems();
                ChoiceSpec spec = ChoiceSpec.read(file, problems);
                PosedChoice posed = spec == null ? null : PosedChoice.of(spec, problems);
                if (spec == null || posed == null) throw new IllegalStateException(problems.text(Locale.ENGLISH));
                ChoiceModel model = posed.model();
                Supplier<List<Figure>> work = () -> switch (ChoiceEstimator.fit(model)) {
                    case ChoiceOutcome.Fitted(ChoiceFit fit) -> figures.apply(new Fitted(fit));
                    case ChoiceOutcome.Refused refused -> throw new IllegalStateException(refused.toString());
                };
                return work;
            } finally {
                delete(file);
            }
        };
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Figure> logit(Fitted fit) {
        List<String> names = List.of("asc_train", "b_time", "b_cost", "asc_car");
        double[] value = {-.70118671, -1.27786025, -1.08379065, -.15463242};
        double[] error = {.0548739332, .0568833453, .0518301917, .0432354717};
        double[] robust = {.082562036, .104254484, .068225058, .058163428};
        List<Figure> out = new ArrayList<>(List.of(Figure.absolute("log-likelihood", fit.likelihood(), -5331.252006916, 1e-8)));
        for (int k = 0; k < names.size(); k++) {
            out.add(Figure.absolute(names.get(k), fit.value(names.get(k)), value[k], 1e-8));
            out.add(Figure.absolute("its error", fit.error(names.get(k), Covariance.Kind.HESSIAN), error[k], 1e-8));
            out.add(Figure.absolute("its robust error", fit.error(names.get(k), Covariance.Kind.SANDWICH), robust[k], 1e-8));
        }
        return out;
    }

    private static List<Figure> nested(Fitted fit) {
        return List.of(Figure.likelihood("log-likelihood", fit.likelihood(), -5236.9000136, 1e-6).polished(fit.likelihood()), Figure.absolute("mu", fit.value("mu"), 2.0539, 3e-4).polished(fit.value("mu")),
                Figure.absolute("its robust error", fit.error("mu", Covariance.Kind.SANDWICH), .164, 5e-4));
    }

    private static List<Figure> mixed(Fitted fit) {
        List<String> names = List.of("asc_train", "b_time", "b_time_s", "b_cost", "asc_car");
        double[] value = {-.4026421286, -2.2568332766, 1.6543391977, -1.2846226483, .1363202809};
        List<Figure> out = new ArrayList<>(List.of(Figure.absolute("log-likelihood", fit.likelihood(), -5215.694, 1)));
        for (int k = 0; k < names.size(); k++) out.add(Figure.absolute(names.get(k), fit.value(names.get(k)), value[k], .03));
        return out;
    }

    private static String heating(boolean constants) {
        return "choice: depvar\nerrors: [hessian]\nalternatives:\n" + Stream.of("gc", "gr", "ec", "er", "hp")
                .map(a -> "  - {id: " + a + ", utility: '" + (constants && !a.equals("hp") ? "asc_" + a + " + " : "") + "ic * `ic." + a + "` + oc * `oc." + a + "`'}\n").collect(Collectors.joining());
    }

    private static List<Figure> costs(Fitted fit) {
        return List.of(Figure.relative("log-likelihood", fit.likelihood(), -1095.23712533, 1e-6), Figure.relative("ic", fit.value("ic"), -.006231869335, 1e-6),
                Figure.relative("its error", fit.error("ic", Covariance.Kind.HESSIAN), .00035277397, 1e-6), Figure.relative("oc", fit.value("oc"), -.004580082961, 1e-6),
                Figure.relative("its error", fit.error("oc", Covariance.Kind.HESSIAN), .0003221638, 1e-6));
    }

    private static String train() {
        return "choice: choice\nerrors: [hessian]\nalternatives:\n" + Stream.of("A", "B")
                .map(a -> "  - {id: %s, utility: price * price_%s / 100 * 2.20371 + time * time_%s / 60 + change * change_%s + comfort * comfort_%s}\n".formatted(a, a, a, a, a)).collect(Collectors.joining());
    }

    private static List<Figure> journeys(Fitted fit) {
        List<String> names = List.of("price", "time", "change", "comfort");
        double[] value = {-.0673580564, -1.7205517443, -.3263409845, -.9457256890};
        List<Figure> out = new ArrayList<>(List.of(Figure.absolute("log-likelihood", fit.likelihood(), -1724.1500271594, 1e-8)));
        for (int k = 0; k < names.size(); k++) out.add(Figure.absolute(names.get(k), fit.value(names.get(k)), value[k], 1e-8));
        return out;
    }
}
