package xiaxiang.bench;

import com.google.ortools.modelbuilder.ModelBuilderHelper;
import xiaxiang.engine.capture.CaptureProblem;

/// Parts of a mixed-integer model that maximises; variable j, the first ones, is 1 where site j is open.
final class LinearRows {
    private LinearRows() {}

    /// A model of the sites and their limit alone. The caller deletes it.
    static ModelBuilderHelper sites(CaptureProblem problem) {
        ModelBuilderHelper model = new ModelBuilderHelper();
        model.setMaximize(true);
        for (int j = 0; j < problem.sites(); j++) {
            model.setVarIntegrality(variable(model, problem.isRequired(j) ? 1 : 0, problem.isForbidden(j) ? 0 : 1, 0), true);
        }
        int row = row(model, problem.allowed(0));
        for (int j = 0; j < problem.sites(); j++) {
            model.addConstraintTerm(row, j, problem.use(0, j));
        }
        return model;
    }

    static int variable(ModelBuilderHelper model, double least, double most, double objective) {
        int variable = model.addVar();
        model.setVarLowerBound(variable, least);
        model.setVarUpperBound(variable, most);
        model.setVarObjectiveCoefficient(variable, objective);
        return variable;
    }

    /// An empty row of at most `most`.
    static int row(ModelBuilderHelper model, double most) {
        int row = model.addLinearConstraint();
        model.setConstraintLowerBound(row, Double.NEGATIVE_INFINITY);
        model.setConstraintUpperBound(row, most);
        return row;
    }
}
