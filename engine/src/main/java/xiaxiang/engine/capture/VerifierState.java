package xiaxiang.engine.capture;

import java.util.Arrays;

/// Which sites a branch has closed and opened, with the way back, and a log of the units (a group, or a lone site) touched.
final class VerifierState {
    static final byte FREE = 0;
    static final byte CLOSED = 1;
    static final byte OPEN = 2;

    private final CaptureProblem problem;
    private final VerifierToday today;
    private final byte[] of;
    private final int[] memberStart;
    private final int[] member;
    private final boolean clashedAtRoot;
    private int[] trail = new int[64];
    private int trailSize;
    private int[] touched = new int[64];
    private int touchedSize;

    VerifierState(CaptureProblem problem, VerifierToday today) {
        this.problem = problem;
        this.today = today;
        int groups = problem.groups();
        of = new byte[problem.sites()];
        memberStart = new int[groups + 1];
        for (int j = 0; j < of.length; j++) {
            if (problem.group(j) >= 0) {
                memberStart[problem.group(j) + 1]++;
            }
        }
        for (int g = 0; g < groups; g++) {
            memberStart[g + 1] += memberStart[g];
        }
        member = new int[memberStart[groups]];
        int[] next = memberStart.clone();
        for (int j = 0; j < of.length; j++) {
            if (problem.group(j) >= 0) {
                member[next[problem.group(j)]++] = j;
            }
        }
        boolean clashed = false;
        for (int j = 0; j < of.length; j++) {
            clashed |= problem.isForbidden(j) && !fix(j, false);
        }
        for (int j = 0; j < of.length; j++) {
            clashed |= problem.isRequired(j) && !fix(j, true);
        }
        clashedAtRoot = clashed;
    }

    /// What today captures in each scenario.
    VerifierToday today() {
        return today;
    }

    boolean clashedAtRoot() {
        return clashedAtRoot;
    }

    byte of(int j) {
        return of[j];
    }

    /// Units: groups first, then every site (a grouped site's own unit is never used).
    int units() {
        return problem.groups() + problem.sites();
    }

    int unit(int j) {
        return problem.group(j) >= 0 ? problem.group(j) : problem.groups() + j;
    }

    /// How many sites a unit has.
    int size(int unit) {
        return unit < problem.groups() ? memberStart[unit + 1] - memberStart[unit] : 1;
    }

    int member(int unit, int index) {
        return unit < problem.groups() ? member[memberStart[unit] + index] : unit - problem.groups();
    }

    /// Whether a unit stands for sites at all.
    boolean isUnit(int unit) {
        return unit < problem.groups() || problem.group(unit - problem.groups()) < 0;
    }

    double noneUse(int k, int unit) {
        return unit < problem.groups() ? problem.noneUse(k, unit) : 0;
    }

    /// Closes or opens a site, closing the others of its group; false, and nothing changed, when it cannot be.
    boolean fix(int j, boolean open) {
        if (of[j] == (open ? CLOSED : OPEN)) {
            return false;
        }
        if (of[j] != FREE) {
            return true;
        }
        int unit = unit(j);
        if (open) {
            for (int index = 0; index < size(unit); index++) {
                if (of[member(unit, index)] == OPEN) {
                    return false;
                }
            }
            for (int index = 0; index < size(unit); index++) {
                int other = member(unit, index);
                if (other != j && of[other] == FREE) {
                    set(other, CLOSED);
                }
            }
        }
        set(j, open ? OPEN : CLOSED);
        touch(unit);
        return true;
    }

    private void set(int j, byte value) {
        of[j] = value;
        trail = trailSize < trail.length ? trail : Arrays.copyOf(trail, 2 * trailSize);
        trail[trailSize++] = j;
    }

    private void touch(int unit) {
        touched = touchedSize < touched.length ? touched : Arrays.copyOf(touched, 2 * touchedSize);
        touched[touchedSize++] = unit;
    }

    int mark() {
        return trailSize;
    }

    void undo(int mark) {
        while (trailSize > mark) {
            int j = trail[--trailSize];
            of[j] = FREE;
            touch(unit(j));
        }
    }

    int touchedSize() {
        return touchedSize;
    }

    int touched(int index) {
        return touched[index];
    }
}
