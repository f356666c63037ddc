package xiaxiang.core.atlas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds what a division code of any date is today: a rename or merge has one successor, a split several.
public final class DatedCodes {
    private final Map<String, List<String>> successors;

    private DatedCodes(Map<String, List<String>> successors) {
        this.successors = successors;
    }

    /// The codes of some divisions ([Atlas#divisions]).
    public static DatedCodes of(List<Division> divisions) {
        var successors = new HashMap<String, List<String>>();
        for (Division division : divisions) if (!division.successors().isEmpty()) successors.put(division.code(), division.successors());
        return new DatedCodes(successors);
    }

    /// The code in force that took over, following single successors; the last code reached if that was split, or leads back to itself.
    public String current(String code) {
        var seen = new HashSet<String>();
        String at = code;
        while (seen.add(at)) {
            List<String> next = successors.getOrDefault(at, List.of());
            if (next.size() != 1) return at;
            at = next.getFirst();
        }
        return at;
    }

    /// Every code in force that took over, in the order written, each once; the code itself while in force.
    public List<String> currentAll(String code) {
        var all = new ArrayList<String>();
        var todo = new ArrayList<>(List.of(code));
        Set<String> seen = new HashSet<>();
        while (!todo.isEmpty()) {
            String at = todo.removeFirst();
            if (!seen.add(at)) continue;
            List<String> next = successors.getOrDefault(at, List.of());
            if (next.isEmpty()) all.add(at);
            else todo.addAll(0, next);
        }
        return all;
    }

    /// True if following this code's successors leads back to it.
    boolean leadsBack(String code) {
        var todo = new ArrayList<>(successors.getOrDefault(code, List.of()));
        Set<String> seen = new HashSet<>();
        while (!todo.isEmpty()) {
            String at = todo.removeLast();
            if (at.equals(code)) return true;
            if (seen.add(at)) todo.addAll(successors.getOrDefault(at, List.of()));
        }
        return false;
    }
}
