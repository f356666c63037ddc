package xiaxiang.engine.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.numeric.Bounds;
import xiaxiang.engine.numeric.Definite;
import xiaxiang.engine.numeric.Maximum;

/// A fitted choice model: estimates, how far to trust them, and how good the fit is. Immutable. Parameters are numbered as the model's, fixed ones too.
public final class ChoiceFit {
    private final ChoiceModel model;
    private final LogLikelihood f;
    private final double[] theta;
    private final double[] parameters;
    private final Maximum found;
    /// Free places that no bound holds, and minus the Hessian over them.
    private final int[] open;
    private final Definite curvature;
    private final Identification identification;
    /// Computed when first asked for; always the same, so that it does not matter who does.
    private volatile double @Nullable [] scores;

    ChoiceFit(ChoiceModel model, LogLikelihood f, Maximum found) {
        this.model = model;
        this.f = f;
        this.found = found;
        theta = found.theta();
        parameters = f.slots().parameters(theta);
        Bounds bounds = ChoiceEstimator.bounds(model, f.slots());
        double[] gradient = found.gradient();
        open = IntStream.range(0, theta.length).filter(i -> !bounds.holds(i, theta[i], gradient[i])).toArray();
        double[] hessian = found.hessian();
        if (hessian.length < theta.length * theta.length) {
            hessian = new double[theta.length * theta.length];
            f.at(theta, new double[theta.length], hessian);
        }
        curvature = Definite.of(minus(hessian), open.length);
        identification = identify();
    }

    private double[] minus(double[] hessian) {
        double[] m = new double[open.length * open.length];
        for (int a = 0; a < open.length; a++) for (int b = 0; b < open.length; b++) m[a * open.length + b] = -hessian[open[a] * theta.length + open[b]];
        return m;
    }

    private Identification identify() {
        int[] free = f.slots().free;
        boolean[] known = new boolean[parameters.length];
        Arrays.fill(known, true);
        List<List<Integer>> directions = new ArrayList<>();
        List<double[]> suspects = new ArrayList<>();
        for (double[] v : curvature.flat()) {
            directions.add(IntStream.range(0, v.length).filter(a -> v[a] != 0).mapToObj(a -> free[open[a]]).toList());
            suspects.add(spread(v));
        }
        suspects.add(lastStep());
        List<Integer> separated = new Separation(model, f.slots(), theta).find(suspects).stream().filter(i -> Arrays.stream(open).anyMatch(o -> o == i)).map(i -> free[i]).toList();
        directions.forEach(d -> d.forEach(p -> known[p] = false));
        separated.forEach(p -> known[p] = false);
        List<Integer> unused = unused();
        unused.forEach(p -> known[p] = false);
        return new Identification(curvature.eigenvalues(), known, directions, separated, unused);
    }

    private double[] spread(double[] over) {
        double[] all = new double[theta.length];
        for (int a = 0; a < open.length; a++) all[open[a]] = over[a];
        return all;
    }

    /// The Newton step from here: next to nothing at a maximum, but where there is none it shows where the search was heading.
    private double[] lastStep() {
        double[] gradient = found.gradient();
        double[] inverse = curvature.inverse();
        double[] step = new double[open.length];
        for (int a = 0; a < step.length; a++) for (int b = 0; b < step.length; b++) step[a] += inverse[a * step.length + b] * gradient[open[b]];
        return spread(step);
    }

    private List<Integer> unused() {
        boolean[] used = new boolean[f.slots().slot.length];
        for (Utility u : model.utilities()) for (int c : ChoiceModel.used(u)) used[c] = true;
        for (RandomCoefficient r : model.mixture().coefficients()) used[r.mean()] = used[r.deviation()] = true;
        for (int p : f.tree().parameter) used[p] = true;
        return Arrays.stream(f.slots().free).filter(p -> !used[p]).boxed().toList();
    }

    /// The model that was fitted.
    public ChoiceModel model() {
        return model;
    }

    /// All parameters: estimates, and the fixed ones.
    public double[] parameters() {
        return parameters.clone();
    }

    /// The estimate of parameter p, or its value if it is fixed.
    public double estimate(int p) {
        return parameters[p];
    }

    /// The log-likelihood, weighted, simulated where there are random coefficients.
    public double logLikelihood() {
        return found.value();
    }

    /// Whether the search came to a maximum within its tolerance.
    public boolean converged() {
        return found.converged();
    }

    /// The largest entry of the gradient in absolute value, over parameters that no bound holds.
    public double gradientNorm() {
        return found.gradientNorm();
    }

    /// How the search went.
    public Maximum search() {
        return found;
    }

    /// Which parameters are known.
    public Identification identification() {
        return identification;
    }

    /// The number of parameters estimated.
    public int estimated() {
        return theta.length;
    }

    /// The log-likelihood of equal shares among what was available.
    public double nullLogLikelihood() {
        return model.choices().nullLogLikelihood();
    }

    /// The log-likelihood of a constant for each alternative and nothing else, estimated on the same choices; meaningful where alternatives have names.
    /// NaN where it cannot be estimated. Cost: a multinomial logit.
    public double constantsLogLikelihood() {
        return ConstantsOnly.logLikelihood(model.choices());
    }

    /// The shares of the alternatives that the fit predicts for a model of the same parameters on any cases, with errors by the delta method.
    /// Cost: a prediction, twice a parameter.
    public Derived shares(ChoiceModel on, Covariance covariance) {
        return Derived.of(parameters, covariance, p -> Prediction.of(on, p).shares());
    }

    /// 1 - logLikelihood / nullLogLikelihood. Source: McFadden (1974).
    public double rhoSquared() {
        return 1 - logLikelihood() / nullLogLikelihood();
    }

    /// 1 - (logLikelihood - estimated) / nullLogLikelihood. Source: Ben-Akiva and Lerman (1985).
    public double adjustedRhoSquared() {
        return 1 - (logLikelihood() - estimated()) / nullLogLikelihood();
    }

    /// Akaike's criterion, 2 estimated - 2 logLikelihood.
    public double aic() {
        return 2 * (estimated() - logLikelihood());
    }

    /// Schwarz's criterion, ln(n) estimated - 2 logLikelihood, n the individuals (or cases, where none are named).
    public double bic() {
        return Math.log(f.units()) * estimated() - 2 * logLikelihood();
    }

    /// What a reader must know, each a sentence; empty when all is well.
    public List<String> warnings() {
        List<String> out = new ArrayList<>();
        if (!converged()) out.add("The search did not converge: " + reason() + " The largest gradient is " + gradientNorm() + ".");
        for (int p : identification.unused()) out.add("Parameter " + name(p) + " is used nowhere: it cannot be known.");
        if (!identification.separated().isEmpty()) out.add("The choices are separated by " + names(identification.separated()) + ": the likelihood rises for ever as they grow, so that no estimate is finite and no error is given.");
        for (List<Integer> d : identification.directions()) if (!identification.unused().containsAll(d)) out.add(flatness(d));
        if (identification.eigenvalues().length > 0 && identification.eigenvalues()[0] < -1e-8) out.add("Some direction of the likelihood still rises: this is not a maximum.");
        for (int i = 0; i < theta.length; i++) if (!isOpen(i)) out.add("Parameter " + name(f.slots().free[i]) + " is held by its bound " + theta[i] + ": no error is given.");
        for (String nest : scales().inconsistent()) out.add("Nest " + nest + " is looser than what is above it: no choice by utility explains that.");
        return List.copyOf(out);
    }

    private String flatness(List<Integer> d) {
        if (d.size() == 1) return "The data say nothing about parameter " + name(d.getFirst()) + ": it does not change the likelihood.";
        return "The data tell only combinations of " + names(d) + ": none of them can be known alone. Fix one of them.";
    }

    private String reason() {
        return switch (found.reason()) {
            case GRADIENT -> "";
            case NO_PROGRESS -> "no step improves it any more.";
            case ITERATIONS -> "it ran out of iterations.";
            case UNDEFINED -> "the likelihood is not finite there.";
        };
    }

    private boolean isOpen(int i) {
        return Arrays.stream(open).anyMatch(o -> o == i);
    }

    private NestTree.Scales scales() {
        return f.tree().at(f.slots().coefficients(theta), f.slots().slot);
    }

    private String name(int p) {
        return model.parameters().get(p).name();
    }

    private String names(List<Integer> of) {
        return of.stream().map(this::name).collect(Collectors.joining(", "));
    }

    /// Score tests of nests that the model has not, the most suspected first: of each pair of alternatives, of each set of them where there are at most 5. Empty where the
    /// model has nests or random coefficients, less than 3 or more than 12 alternatives, or less than 100 individuals, or where the fit is not to be trusted.
    /// Cost: a few passes over at most 20,000 individuals.
    public List<NestScore> nestScores() {
        if (!NestScores.fits(model, f.units()) || !converged() || !identification.isComplete()) return List.of();
        return new NestScores(model, f, theta).of(open, curvature.inverse());
    }

    /// The covariance of the estimates, of any kind but [Covariance.Kind#CLUSTER]. Cost: a pass over the cases for all but [Covariance.Kind#HESSIAN].
    public Covariance covariance(Covariance.Kind kind) {
        return switch (kind) {
            case HESSIAN -> covariance(kind, f.units(), curvature.inverse());
            case BHHH -> covariance(kind, f.units(), Definite.of(products(null), open.length).inverse());
            case SANDWICH -> covariance(kind, f.units(), sandwich(products(null)));
            case CLUSTER -> throw new IllegalArgumentException("Clusters are given by case: see clustered.");
        };
    }

    /// The covariance with scores summed by cluster; `cluster[case]` are any numbers. Throws IllegalArgumentException where an individual is in two clusters.
    public Covariance clustered(int[] cluster) {
        if (cluster.length != model.choices().cases()) throw new IllegalArgumentException("Expected the clusters of " + model.choices().cases() + " cases, got " + cluster.length + ".");
        int[] ofUnit = new int[f.units()];
        for (int u = 0; u < ofUnit.length; u++) {
            int[] cases = f.casesOf(u);
            ofUnit[u] = cluster[cases[0]];
            for (int n : cases) if (cluster[n] != ofUnit[u]) throw new IllegalArgumentException("Cases " + cases[0] + " and " + n + " are of one individual but of clusters " + ofUnit[u] + " and " + cluster[n] + ".");
        }
        return covariance(Covariance.Kind.CLUSTER, (int) Arrays.stream(ofUnit).distinct().count(), sandwich(products(ofUnit)));
    }

    private double[] scores() {
        double[] known = scores;
        if (known == null) {
            known = f.scores(theta);
            scores = known;
        }
        return known;
    }

    /// The sum of the outer products of scores over the open places, of units or, if given, of clusters of them.
    private double[] products(int @Nullable [] cluster) {
        int k = theta.length;
        double[] own = scores();
        double[] sums = own;
        if (cluster != null) {
            Map<Integer, Integer> number = new HashMap<>();
            for (int c : cluster) number.putIfAbsent(c, number.size());
            sums = new double[number.size() * k];
            for (int u = 0; u < cluster.length; u++) for (int i = 0; i < k; i++) sums[number.getOrDefault(cluster[u], 0) * k + i] += own[u * k + i];
        }
        int m = open.length;
        double[] b = new double[m * m];
        for (int u = 0; u < sums.length / Math.max(1, k); u++)
            for (int i = 0; i < m; i++) {
                double x = sums[u * k + open[i]];
                // Of many parameters a case touches few.
                if (x != 0) for (int j = 0; j <= i; j++) b[i * m + j] += x * sums[u * k + open[j]];
            }
        for (int i = 0; i < m; i++) for (int j = 0; j < i; j++) b[j * m + i] = b[i * m + j];
        return b;
    }

    private double[] sandwich(double[] b) {
        double[] inverse = curvature.inverse();
        return times(times(inverse, b), inverse);
    }

    private double[] times(double[] a, double[] b) {
        int m = open.length;
        double[] c = new double[m * m];
        for (int i = 0; i < m; i++) for (int l = 0; l < m; l++) for (int j = 0; j < m; j++) c[i * m + j] += a[i * m + l] * b[l * m + j];
        return c;
    }

    private Covariance covariance(Covariance.Kind kind, int units, double[] over) {
        int n = parameters.length;
        int[] free = f.slots().free;
        double[] all = new double[n * n];
        Arrays.fill(all, Double.NaN);
        for (int a = 0; a < open.length; a++)
            for (int b = 0; b < open.length; b++) {
                int p = free[open[a]];
                int q = free[open[b]];
                if (identification.isKnown(p) && identification.isKnown(q)) all[p * n + q] = over[a * open.length + b];
            }
        return new Covariance(kind, units, n, all);
    }
}
