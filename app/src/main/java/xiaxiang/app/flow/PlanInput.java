package xiaxiang.app.flow;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the facts of a plan come from.
public sealed interface PlanInput {
    /// A workspace folder, with its own scenario.
    record Workspace(Path folder) implements PlanInput {}

    /// A region of a national atlas folder. Brands, public figures, models and the scenario come from the workspace `facts`; the scenario's money is taken in
    /// proportion to people, unless `budgetFen` says otherwise. `seed` makes synthetic shops.
    record National(Path atlas, String region, Path facts, long seed, @Nullable Long budgetFen) implements PlanInput {}
}
