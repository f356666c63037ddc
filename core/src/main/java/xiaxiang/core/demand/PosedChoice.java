package xiaxiang.core.demand;

import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.demand.ChoiceSpec.Written;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Table;
import xiaxiang.engine.choice.ChoiceEstimator;
import xiaxiang.engine.choice.ChoiceFit;
import xiaxiang.engine.choice.ChoiceModel;
import xiaxiang.engine.choice.ChoiceOutcome;
import xiaxiang.engine.choice.Parameter;

/// A [ChoiceSpec] held against its data: a model ready to be fitted. Immutable.
///
/// Rows leave only by `filter`; whatever else keeps a row from being used is a problem. Memory: 8 bytes a row for each column and each computed factor.
public final class PosedChoice {
    private final ChoiceModel model;
    private final List<String> alternatives;
    private final int[] clusters;
    private final Problems warnings;
    private final Set<Integer> bent;

    PosedChoice(ChoiceModel model, List<String> alternatives, int[] clusters, Problems warnings, Set<Integer> bent) {
        this.model = model;
        this.bent = Set.copyOf(bent);
        this.alternatives = List.copyOf(alternatives);
        this.clusters = clusters;
        this.warnings = warnings;
    }

    /// Reads the data and poses the model; null where anything is wrong, each problem added, or was wrong with the specification already.
    public static @Nullable PosedChoice of(ChoiceSpec spec, Problems problems) {
        if (Files.isDirectory(spec.data())) return null;
        Table table = Table.read(spec.data(), names(spec)::contains, problems);
        if (table == null) return null;
        ChoicePosing posing = new ChoicePosing(spec, problems);
        PosedChoice posed = posing.pose(new ChoiceTable(table, problems));
        return problems.isEmpty() ? posed : null;
    }

    /// The model.
    public ChoiceModel model() {
        return model;
    }

    /// Fits the model. Where utilities are not linear in some coefficient (an exponent, say), the others are fitted first with it held at its start, then all,
    /// and once more all from the start; the better is kept. At a start where the others are 0 nothing guides such a coefficient, and it may run off.
    public ChoiceOutcome fit() {
        ChoiceOutcome direct = ChoiceEstimator.fit(model);
        if (bent.isEmpty() || !model.mixture().coefficients().isEmpty()) return direct;
        // At 0 a transformation such as (x ^ lambda - 1) / lambda has no value; at 1 it is x itself.
        List<Parameter> all = direct instanceof ChoiceOutcome.Refused ? IntStream.range(0, model.parameters().size()).mapToObj(this::bentFromOne).toList() : model.parameters();
        List<Parameter> held = IntStream.range(0, all.size()).mapToObj(p -> bent.contains(p) ? Parameter.fixed(all.get(p).name(), all.get(p).start()) : all.get(p)).toList();
        if (!(ChoiceEstimator.fit(model.with(held)) instanceof ChoiceOutcome.Fitted(ChoiceFit first))) return direct;
        List<Parameter> near = IntStream.range(0, all.size()).mapToObj(p -> startingAt(all.get(p), first.estimate(p))).toList();
        ChoiceOutcome staged = ChoiceEstimator.fit(model.with(near));
        return value(staged) >= value(direct) ? staged : direct;
    }

    private Parameter bentFromOne(int p) {
        Parameter of = model.parameters().get(p);
        return bent.contains(p) && !of.fixed() && of.start() == 0 && of.lower() <= 1 && of.upper() >= 1 ? startingAt(of, 1) : of;
    }

    private static Parameter startingAt(Parameter p, double start) {
        return new Parameter(p.name(), start, p.fixed(), p.lower(), p.upper());
    }

    /// What a fit is worth beside another: one that did not converge counts least.
    private static double value(ChoiceOutcome outcome) {
        return outcome instanceof ChoiceOutcome.Fitted(ChoiceFit fit) && fit.converged() ? fit.logLikelihood() : Double.NEGATIVE_INFINITY;
    }

    /// The names of its alternatives.
    public List<String> alternatives() {
        return alternatives;
    }

    /// The cluster of each case; empty where none are named.
    public int[] clusters() {
        return clusters.clone();
    }

    /// What does not stand in the way of a fit but should be known, as problems.
    public Problems warnings() {
        return warnings;
    }

    /// Every name in the file that could be a column.
    private static Set<String> names(ChoiceSpec spec) {
        ChoiceSpec.Columns c = spec.columns();
        Set<String> names = new HashSet<>();
        collect(names, c.filter(), c.choice(), c.weight(), c.individual(), c.caseId(), c.alternative(), c.available(), c.utility(), spec.cluster());
        for (ChoiceSpec.Alternative a : spec.alternatives()) collect(names, a.available(), a.utility());
        return names;
    }

    private static void collect(Set<String> names, @Nullable Written... from) {
        for (Written w : from) if (w != null) w.expression().names().forEach(name -> names.add(name.name()));
    }
}
