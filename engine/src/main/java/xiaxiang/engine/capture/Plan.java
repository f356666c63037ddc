package xiaxiang.engine.capture;

import java.util.Arrays;

/// The sites that are open, of a number of sites; immutable. Equal when the same sites of as many are open.
public final class Plan {
    private final int sites;
    private final int[] open;

    private Plan(int sites, int[] open) {
        this.sites = sites;
        this.open = open;
    }

    /// Plan with `open[j]` for every site j. O(sites).
    public static Plan of(boolean[] open) {
        int[] list = new int[open.length];
        int size = 0;
        for (int j = 0; j < open.length; j++) {
            if (open[j]) {
                list[size++] = j;
            }
        }
        return new Plan(open.length, Arrays.copyOf(list, size));
    }

    /// Plan with the listed sites of `sites` open, in any order. Throws when one is out of range or listed twice.
    public static Plan of(int sites, int... open) {
        int[] sorted = open.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] < 0 || sorted[i] >= sites) {
                throw new IllegalArgumentException(
                        "The open site (" + sorted[i] + ") must be in 0.." + (sites - 1) + ".");
            }
            if (i > 0 && sorted[i] == sorted[i - 1]) {
                throw new IllegalArgumentException("The open site (" + sorted[i] + ") is listed twice.");
            }
        }
        return new Plan(sites, sorted);
    }

    /// How many sites there are, open or not.
    public int sites() {
        return sites;
    }

    /// How many sites are open.
    public int size() {
        return open.length;
    }

    /// The open sites, ascending; a copy.
    public int[] open() {
        return open.clone();
    }

    /// Whether site j is open. O(log size).
    public boolean isOpen(int j) {
        return Arrays.binarySearch(open, j) >= 0;
    }

    /// One flag per site; a fresh array of length `sites`, which must be this plan's own number of sites.
    public boolean[] asBooleans(int sites) {
        if (sites != this.sites) {
            throw new IllegalArgumentException(
                    "The number of sites (" + sites + ") must be the plan's own (" + this.sites + ").");
        }
        boolean[] flags = new boolean[sites];
        for (int j : open) {
            flags[j] = true;
        }
        return flags;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Plan plan && plan.sites == sites && Arrays.equals(plan.open, open);
    }

    @Override
    public int hashCode() {
        return 31 * sites + Arrays.hashCode(open);
    }

    @Override
    public String toString() {
        return "Plan" + Arrays.toString(open) + " of " + sites;
    }
}
