package xiaxiang.engine.choice;

import java.util.Arrays;
import java.util.stream.IntStream;
import xiaxiang.engine.numeric.Objective;

/// The log-likelihood of a model in its free parameters, as the sum over units. Units are summed in fixed blocks, so that threads do not matter.
final class LogLikelihood implements Objective {
    private static final int BLOCKS = 64;
    private static final int FEWEST = 4;
    private static final int SMALLEST = 16;
    /// Entries of the blocks' Hessians together.
    private static final long ENTRIES = 8_000_000;

    private final ChoiceModel model;
    private final NestTree tree;
    private final Slots slots;
    private final int draws;
    /// The cases, those of a unit together.
    private final int[] cases;
    private final int[] first;
    private final int block;

    LogLikelihood(ChoiceModel model) {
        this(model, model.mixture().draws().number());
    }

    /// With the first `draws` draws of each unit only.
    LogLikelihood(ChoiceModel model, int draws) {
        this.model = model;
        this.draws = draws;
        tree = new NestTree(model.nests(), model.choices().alternatives);
        slots = new Slots(model);
        Choices choices = model.choices();
        int units = choices.individuals();
        first = new int[units + 1];
        for (int u : choices.individual) first[u + 1]++;
        for (int u = 0; u < units; u++) first[u + 1] += first[u];
        int[] next = first.clone();
        cases = new int[choices.cases()];
        for (int n = 0; n < cases.length; n++) cases[next[choices.individual[n]]++] = n;
        int blocks = Math.clamp(ENTRIES / Math.max(1, (long) size() * size()), FEWEST, BLOCKS);
        block = Math.max(SMALLEST, (units + blocks - 1) / blocks);
    }

    Slots slots() {
        return slots;
    }

    NestTree tree() {
        return tree;
    }

    int units() {
        return first.length - 1;
    }

    /// The first case of a unit.
    int caseOf(int unit) {
        return cases[first[unit]];
    }

    /// The cases of a unit.
    int[] casesOf(int unit) {
        return Arrays.copyOfRange(cases, first[unit], first[unit + 1]);
    }

    /// The log-likelihood of one unit.
    double add(UnitKernel kernel, int unit) {
        return kernel.add(unit, cases, first[unit], first[unit + 1], Terms.NONE, Terms.NONE);
    }

    @Override
    public int size() {
        return slots.free.length;
    }

    /// The sums of one block.
    private static final class Part {
        final double[] gradient;
        final double[] hessian;
        double value;

        Part(int gradient, int hessian) {
            this.gradient = new double[gradient];
            this.hessian = new double[hessian];
        }
    }

    @Override
    public double at(double[] theta, double[] gradient, double[] hessian) {
        double[] beta = slots.coefficients(theta);
        Arrays.fill(gradient, 0);
        Arrays.fill(hessian, 0);
        if (!tree.at(beta, slots.slot).isDefined()) return Double.NaN;
        Part[] parts = new Part[(units() + block - 1) / block];
        IntStream.range(0, parts.length).parallel().forEach(b -> parts[b] = sum(b, beta, gradient.length, hessian.length));
        double value = 0;
        for (Part part : parts) {
            value += part.value;
            for (int i = 0; i < gradient.length; i++) gradient[i] += part.gradient[i];
            for (int i = 0; i < hessian.length; i++) hessian[i] += part.hessian[i];
        }
        if (hessian.length > 0) for (int i = 0; i < size(); i++) for (int j = 0; j < i; j++) hessian[j * size() + i] = hessian[i * size() + j];
        return value;
    }

    private Part sum(int b, double[] beta, int gradient, int hessian) {
        // A Hessian is summed together with its gradient.
        Part part = new Part(hessian > 0 ? size() : gradient, hessian);
        UnitKernel kernel = kernel(beta);
        for (int u = b * block, end = Math.min(units(), u + block); u < end; u++) part.value += kernel.add(u, cases, first[u], first[u + 1], part.gradient, part.hessian);
        return part;
    }

    UnitKernel kernel(double[] beta) {
        if (model.mixture().coefficients().isEmpty()) return LinearKernel.fits(model, slots) ? new LinearKernel(model, slots, beta) : new FixedKernel(model, tree, slots, beta);
        return LinearMixedKernel.fits(model) ? new LinearMixedKernel(model, slots, beta, draws) : new MixedKernel(model, tree, slots, beta, draws);
    }

    /// The gradient of each unit's weighted log-likelihood, `double[units * size]`.
    double[] scores(double[] theta) {
        double[] beta = slots.coefficients(theta);
        double[] all = new double[units() * size()];
        IntStream.range(0, (units() + block - 1) / block).parallel().forEach(b -> {
            UnitKernel kernel = kernel(beta);
            double[] score = new double[size()];
            for (int u = b * block, end = Math.min(units(), u + block); u < end; u++) {
                Arrays.fill(score, 0);
                kernel.add(u, cases, first[u], first[u + 1], score, Terms.NONE);
                System.arraycopy(score, 0, all, u * size(), size());
            }
        });
        return all;
    }
}
