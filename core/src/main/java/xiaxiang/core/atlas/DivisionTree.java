package xiaxiang.core.atlas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The divisions in force, sorted by code, with who lies in whom. Nothing here depends on the order of the atlas.
///
/// In force: no last day and no successor. A parent that was renamed or merged stands for its successor ([DatedCodes]). Cost: n log n.
final class DivisionTree {
    private final List<String> levels;
    private final DatedCodes dated;
    private final List<Division> sorted;
    private final Map<String, Division> byCode = new HashMap<>();
    private final Map<String, List<Division>> children = new HashMap<>();
    private final List<Division> roots = new ArrayList<>();

    DivisionTree(Atlas atlas) {
        levels = atlas.levels();
        dated = DatedCodes.of(atlas.divisions());
        for (Division division : atlas.divisions()) byCode.put(division.code(), division);
        sorted = atlas.divisions().stream().filter(DivisionTree::inForce).sorted(Comparator.comparing(Division::code)).toList();
        for (Division division : sorted) {
            Division parent = parent(division);
            if (parent == null) roots.add(division);
            else children.computeIfAbsent(parent.code(), _ -> new ArrayList<>()).add(division);
        }
    }

    static boolean inForce(Division division) {
        return division.validTo() == null && division.successors().isEmpty();
    }

    List<Division> all() {
        return sorted;
    }

    List<Division> roots() {
        return roots;
    }

    List<Division> children(Division division) {
        return children.getOrDefault(division.code(), List.of());
    }

    /// True for a division of the last level.
    boolean lowest(Division division) {
        return depth(division) == levels.size() - 1;
    }

    /// True for a division of the level just above the last.
    boolean seat(Division division) {
        return depth(division) == levels.size() - 2;
    }

    /// Its level, counted from the top: 0 first.
    int depth(Division division) {
        return levels.indexOf(division.level());
    }

    /// The division in force above, null at the top (and where the one above was split: nobody says into which part).
    @Nullable Division parent(Division division) {
        Division parent = division.parent() == null ? null : byCode.get(dated.current(division.parent()));
        return parent != null && inForce(parent) ? parent : null;
    }

    /// The division on the level just above the last in which a division lies; itself if it lies on that level or above.
    Division township(Division division) {
        Division parent = lowest(division) ? parent(division) : null;
        return parent == null ? division : parent;
    }
}
