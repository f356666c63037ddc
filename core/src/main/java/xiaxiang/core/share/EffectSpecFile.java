package xiaxiang.core.share;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.demand.ChoiceSpec;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.door.YamlFile;
import xiaxiang.engine.effect.GroupTime;
import xiaxiang.engine.effect.RidgeSyntheticControl;
import xiaxiang.engine.effect.SyntheticControl;
import xiaxiang.engine.effect.SyntheticDid;
import xiaxiang.engine.effect.SyntheticMethod;

/// Reads an [EffectSpec] from YAML; docs/effect.md lists its keys. What goes for all estimators stands at the top; an estimator's own entry may say otherwise.
public final class EffectSpecFile {
    private static final double MOST = 1e300;
    private static final int MOST_PLACEBOS = 100_000;
    private static final int PLACEBOS = 200;
    private static final Map<String, Boolean> FLAGS = Map.of("true", true, "false", false);
    private static final Map<String, GroupTime.Controls> CONTROLS = Map.of("never", GroupTime.Controls.NEVER_TREATED, "notyet", GroupTime.Controls.NOT_YET_TREATED);
    private static final Map<String, GroupTime.Method> METHODS = Map.of("dr", GroupTime.Method.DOUBLY_ROBUST, "ipw", GroupTime.Method.INVERSE_WEIGHTING, "or", GroupTime.Method.OUTCOME_REGRESSION,
            "reg", GroupTime.Method.OUTCOME_REGRESSION);
    private static final Map<String, GroupTime.Base> BASES = Map.of("varying", GroupTime.Base.VARYING, "universal", GroupTime.Base.UNIVERSAL);

    private final YamlFile yaml;
    private final Path folder;

    private EffectSpecFile(YamlFile yaml, Path folder) {
        this.yaml = yaml;
        this.folder = folder;
    }

    /// Reads a file; null if anything is wrong with it, each problem added with its line.
    public static @Nullable EffectSpec read(Path file, Problems problems) {
        long before = problems.count();
        Path folder = file.toAbsolutePath().getParent();
        EffectSpec spec = new EffectSpecFile(YamlFile.read(file, problems), folder == null ? Path.of("") : folder).spec();
        return problems.count() > before ? null : spec;
    }

    private EffectSpec spec() {
        String data = yaml.text("data");
        EffectSpec.Columns columns = columns();
        List<EffectSpec.Estimator> estimators = estimators();
        double smallest = yaml.has("smallestEffect") ? yaml.number("smallestEffect", 0, MOST) : 0;
        ChoiceSpec.Written filter = ChoiceSpec.Written.read(yaml, "filter");
        yaml.refuseOthers();
        return new EffectSpec(folder.resolve(data), filter, columns, estimators, smallest);
    }

    private EffectSpec.Columns columns() {
        boolean both = yaml.has("cohort") && yaml.has("treatment");
        if (both) yaml.report("treatment", "", Rule.CONTRADICTION, "cohort");
        String treatment = yaml.text("treatment", "");
        String cohort = treatment.isEmpty() ? yaml.text("cohort") : yaml.text("cohort", "");
        List<String> covariates = new ArrayList<>();
        for (YamlFile one : yaml.mappings("covariates", "column")) {
            covariates.add(one.text("column"));
            one.refuseOthers();
        }
        return new EffectSpec.Columns(yaml.text("unit"), yaml.text("period"), yaml.text("outcome"), cohort, treatment, covariates, yaml.text("cluster", ""));
    }

    private List<EffectSpec.Estimator> estimators() {
        GroupTime.Options all = options(yaml, GroupTime.Options.standard());
        int placebos = placebos(yaml, PLACEBOS);
        long seed = yaml.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE, all.errors() instanceof GroupTime.Errors.Bootstrap(int _, long given) ? given : 1);
        List<EffectSpec.Estimator> out = new ArrayList<>();
        for (YamlFile entry : yaml.mappings("estimators", "name")) {
            String name = entry.text("name");
            switch (name) {
                case "attGt" -> out.add(new EffectSpec.Estimator.AttGt(options(entry, all)));
                case "imputation" -> out.add(new EffectSpec.Estimator.Imputation());
                case "twfe" -> out.add(new EffectSpec.Estimator.TwoWay());
                case "bacon" -> out.add(new EffectSpec.Estimator.Bacon());
                case "syntheticControl", "ridgeSyntheticControl", "syntheticDid" ->
                    out.add(new EffectSpec.Estimator.Synthetic(name, method(name, entry), placebos(entry, placebos), entry.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE, seed)));
                default -> entry.report("name", name, Rule.NOT_A_CHOICE, "attGt, imputation, twfe, bacon, syntheticControl, ridgeSyntheticControl, syntheticDid");
            }
            entry.refuseOthers();
        }
        if (!yaml.has("estimators")) out.addAll(List.of(new EffectSpec.Estimator.AttGt(all), new EffectSpec.Estimator.Imputation(), new EffectSpec.Estimator.TwoWay(), new EffectSpec.Estimator.Bacon()));
        return out;
    }

    /// How many placebos in space at most: a number, `true` for the usual one, or `false` for none.
    private static int placebos(YamlFile from, int otherwise) {
        Boolean flag = FLAGS.get(from.text("placebos", "").toLowerCase(Locale.ROOT));
        if (flag != null) return flag ? otherwise == 0 ? PLACEBOS : otherwise : 0;
        return from.has("placebos") ? (int) from.whole("placebos", 2, MOST_PLACEBOS) : otherwise;
    }

    private static SyntheticMethod method(String name, YamlFile entry) {
        if (name.equals("syntheticDid")) return new SyntheticDid();
        boolean fixedEffects = choice(entry, "fixedEffects", FLAGS, false);
        if (name.equals("syntheticControl")) return SyntheticControl.published(fixedEffects);
        return new RidgeSyntheticControl(fixedEffects, choice(entry, "oneStandardError", FLAGS, true), entry.has("penalty") ? entry.number("penalty", 0, MOST) : Double.NaN);
    }

    private static GroupTime.Options options(YamlFile from, GroupTime.Options otherwise) {
        return new GroupTime.Options(choice(from, "controls", CONTROLS, otherwise.controls()), choice(from, "method", METHODS, otherwise.method()),
                choice(from, "basePeriod", BASES, otherwise.base()), (int) from.whole("anticipation", 0, 1_000, otherwise.anticipation()), errors(from, otherwise.errors()));
    }

    private static <T> T choice(YamlFile from, String key, Map<String, T> choices, T otherwise) {
        String text = from.text(key, "");
        if (text.isEmpty()) return otherwise;
        T found = choices.get(text.toLowerCase(Locale.ROOT).replace("treated", ""));
        if (found == null) from.report(key, text, Rule.NOT_A_CHOICE, String.join(", ", choices.keySet().stream().sorted().toList()));
        return found == null ? otherwise : found;
    }

    private static GroupTime.Errors errors(YamlFile from, GroupTime.Errors otherwise) {
        for (YamlFile errors : from.mappings("errors", "type")) {
            String type = errors.text("type", "bootstrap");
            int draws = (int) errors.whole("draws", 100, 100_000, 1_000);
            long seed = errors.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE, 1);
            errors.refuseOthers();
            switch (type) {
                case "analytic" -> { return new GroupTime.Errors.Analytic(); }
                case "smallSample" -> { return new GroupTime.Errors.SmallSample(); }
                case "bootstrap" -> { return new GroupTime.Errors.Bootstrap(draws, seed); }
                default -> errors.report("type", type, Rule.NOT_A_CHOICE, "analytic, bootstrap, smallSample");
            }
        }
        return otherwise;
    }
}
