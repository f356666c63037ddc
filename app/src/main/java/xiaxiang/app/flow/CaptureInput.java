package xiaxiang.app.flow;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Problems;
import xiaxiang.core.rollout.Hm14File;
import xiaxiang.core.rollout.MclpFile;
import xiaxiang.core.rollout.Option;
import xiaxiang.core.rollout.RolloutProblem;
import xiaxiang.engine.capture.CaptureProblem;

/// Where a problem for the capture engine alone comes from.
public sealed interface CaptureInput {
    /// The file, or the folder.
    Path path();

    /// A maximum capture problem of the literature; see [Hm14File].
    record Hm14(Path path, double alpha, double beta, int open) implements CaptureInput {}

    /// A maximal covering problem of the literature; see [MclpFile].
    record Mclp(Path path, double radiusMeters, int open) implements CaptureInput {}

    /// A workspace with its own scenario; see [RolloutProblem].
    record Workspace(Path path) implements CaptureInput {}

    /// A problem, and the ids of its sites where they have any: as many as sites, or none.
    record Posed(CaptureProblem problem, List<String> ids) {
        public Posed {
            ids = List.copyOf(ids);
        }
    }

    /// Reads the problem; null if anything is wrong, and then `problems` says all of it. Throws IllegalArgumentException for a number out of its range, or
    /// a scenario that locks what does not exist.
    default @Nullable Posed read(Problems problems) {
        return switch (this) {
            case Hm14(Path path, double alpha, double beta, int open) -> posed(Hm14File.read(path, alpha, beta, open, problems));
            case Mclp(Path path, double radiusMeters, int open) -> posed(MclpFile.read(path, radiusMeters, open, problems));
            case Workspace(Path path) -> workspace(path, problems);
        };
    }

    private static @Nullable Posed posed(@Nullable CaptureProblem problem) {
        return problem == null ? null : new Posed(problem, List.of());
    }

    private static @Nullable Posed workspace(Path folder, Problems problems) {
        PlanFacts facts = PlanFacts.read(new PlanInput.Workspace(folder), problems);
        if (facts == null) return null;
        RolloutProblem asked = RolloutProblem.of(facts.atlas(), PlanRollout.demand(facts.atlas(), facts.scenario()), facts.scenario());
        return new Posed(asked.problem(), asked.options().stream().map(Option::id).toList());
    }
}
