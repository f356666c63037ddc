package xiaxiang.engine.capture;

import java.util.Arrays;

/// Points, sites and rules of one decision where to open; immutable, owns its arrays (16 bytes a non-zero: rows and
/// columns). A plan's capture is `Z(S) = sum_i q_i [g(t_i + s_i) - g(t_i)]`, `s_i` the sum of the ratios of S at i.
///
/// A plan is feasible when it opens every required site, no forbidden one, at most one of a group, and uses of resource k
/// at most `allowed(k)`: the limit and a billionth part of it, so that decimal fractions add up. Its use is the sum over
/// open sites of `use[k][j]`, and over groups with none open of `groupNoneUse[k][group]`, added in that order.
///
/// Three things few problems have are added by `with...`: [#withWorth], [#withOutsiders] and [#worstOf].
public final class CaptureProblem {
    /// The points. `weight[i] >= 0` units a year; `stays[i] >= 0` sum of the ratios of what is ours and stays. Row i of the
    /// ratios lies at `start[i] .. start[i + 1] - 1` of `site` and `ratio` (> 0), in any order, no site twice.
    @SuppressWarnings("ArrayRecordComponent") // an input bundle, copied and checked at once; never compared
    public record Rows(double[] weight, double[] stays, int[] start, int[] site, float[] ratio) {}

    /// The sites. `use[k][j] >= 0` of resource k by site j, `limit[k] >= 0`; `group[j]` in -1 (alone) .. groups - 1;
    /// `groupNoneUse[k][group] >= 0` when no site of the group is open. Flags have one entry a site.
    @SuppressWarnings("ArrayRecordComponent") // as above
    public record Sites(
            int count,
            double[][] use,
            double[] limit,
            int[] group,
            double[][] groupNoneUse,
            boolean[] required,
            boolean[] forbidden,
            boolean[] openToday) {}

    /// Feasibility allowance, as a part of the limit.
    static final double ALLOWANCE = 1e-9;

    private final Kernel kernel;
    private final Rows rows;
    private final Sites sites;
    private final Columns columns;
    private final Extras extras;
    private final Columns outsiderColumns;
    private final double[] today;

    private CaptureProblem(Kernel kernel, Rows rows, Sites sites, Columns columns, Extras extras) {
        this(kernel, rows, sites, columns, extras, new double[extras.scenarios()]);
        System.arraycopy(captures(sites.openToday()), 0, today, 0, today.length);
    }

    private CaptureProblem(Kernel kernel, Rows rows, Sites sites, Columns columns, Extras extras, double[] today) {
        this.kernel = kernel;
        this.rows = rows;
        this.sites = sites;
        this.columns = columns;
        this.extras = extras;
        this.outsiderColumns = Columns.of(extras.start(), extras.site(), extras.ratio(), sites.count());
        this.today = today;
    }

    /// Checks and copies everything. O(non-zeros log row length). Throws IllegalArgumentException naming the first thing
    /// out of its bounds.
    public static CaptureProblem of(Kernel kernel, Rows rows, Sites sites) {
        if (kernel instanceof Kernel.Beside) {
            throw new IllegalArgumentException("The kernel (" + kernel + ") must be a whole share; see withOutsiders for parts.");
        }
        ProblemChecks.sites(sites);
        ProblemChecks.rows(rows, sites.count());
        Rows sorted = SortedRows.of(rows);
        Sites own = new Sites(
                sites.count(),
                deepCopy(sites.use()),
                sites.limit().clone(),
                sites.group().clone(),
                deepCopy(sites.groupNoneUse()),
                sites.required().clone(),
                sites.forbidden().clone(),
                sites.openToday().clone());
        return new CaptureProblem(kernel, sorted, own, Columns.of(sorted, own.count()), Extras.NONE);
    }

    private static double[][] deepCopy(double[][] table) {
        double[][] copy = new double[table.length][];
        for (int k = 0; k < table.length; k++) {
            copy[k] = table[k].clone();
        }
        return copy;
    }

    /// Number of points.
    public int points() {
        return rows.weight().length;
    }

    /// Number of sites.
    public int sites() {
        return sites.count();
    }

    /// Number of resources, at least 1.
    public int resources() {
        return sites.limit().length;
    }

    /// Number of groups.
    public int groups() {
        return sites.groupNoneUse()[0].length;
    }

    /// Number of ratios.
    public int nonZeros() {
        return rows.start()[points()];
    }

    /// What the points' share is made of.
    public Kernel kernel() {
        return kernel;
    }

    /// Weight of point i, units a year.
    public double weight(int i) {
        return rows.weight()[i];
    }

    /// Sum of the ratios of what is ours and stays at point i.
    public double stays(int i) {
        return rows.stays()[i];
    }

    /// Where row i begins; `rowStart(points())` is the number of ratios.
    public int rowStart(int i) {
        return rows.start()[i];
    }

    /// Site of the entry at `position`; rows descend by ratio, then ascend by site.
    public int siteAt(int position) {
        return rows.site()[position];
    }

    /// Ratio of the entry at `position`, > 0.
    public float ratioAt(int position) {
        return rows.ratio()[position];
    }

    /// Limit of resource k.
    public double limit(int k) {
        return sites.limit()[k];
    }

    /// What a plan may use of resource k: the limit and a billionth part of it.
    public double allowed(int k) {
        return sites.limit()[k] + ALLOWANCE * sites.limit()[k];
    }

    /// Use of resource k by site j.
    public double use(int k, int j) {
        return sites.use()[k][j];
    }

    /// Use of resource k by group `group` when none of its sites is open.
    public double noneUse(int k, int group) {
        return sites.groupNoneUse()[k][group];
    }

    /// What every plan uses of resource k, whatever it captures: its required sites, and of each other group the site or none that uses least. Cost: the sites.
    public double leastUse(int k) {
        double[] least = new double[groups()];
        for (int g = 0; g < least.length; g++) {
            least[g] = noneUse(k, g);
        }
        double sum = 0;
        for (int j = 0; j < sites(); j++) {
            int group = group(j);
            if (isRequired(j)) {
                sum += use(k, j);
                if (group >= 0) {
                    least[group] = Double.NEGATIVE_INFINITY;
                }
            } else if (group >= 0 && !isForbidden(j)) {
                least[group] = Math.min(least[group], use(k, j));
            }
        }
        for (double l : least) {
            sum += Math.max(0, l);
        }
        return sum;
    }

    /// Group of site j, or -1.
    public int group(int j) {
        return sites.group()[j];
    }

    /// Whether every plan must open site j.
    public boolean isRequired(int j) {
        return sites.required()[j];
    }

    /// Whether no plan may open site j.
    public boolean isForbidden(int j) {
        return sites.forbidden()[j];
    }

    /// Whether site j is open today.
    public boolean isOpenToday(int j) {
        return sites.openToday()[j];
    }

    /// Today's open sites; a copy.
    public boolean[] openToday() {
        return sites.openToday().clone();
    }

    /// Z(openToday); with several scenarios the largest of them.
    public double captureToday() {
        double most = today[0];
        for (double capture : today) {
            most = Math.max(most, capture);
        }
        return most;
    }

    /// Z(openToday) of each scenario; not to be written to.
    double[] capturesToday() {
        return today;
    }

    /// Z(open), gross of today's: `captureToday()` and [#netCapture]. O(non-zeros).
    public double capture(boolean[] open) {
        double[] captures = captures(open);
        if (captures.length == 1) {
            return captures[0];
        }
        return captureToday() + leastNet(captures);
    }

    /// Z(open) - Z(openToday); with several scenarios the least of them. O(non-zeros).
    public double netCapture(boolean[] open) {
        return leastNet(captures(open));
    }

    /// Our share of all weight, in [0, 1], what stays included. O(non-zeros). Throws IllegalStateException where only part of what is ours counts, or scenarios do.
    public double share(boolean[] open) {
        double weight = weightOfAll();
        return weight > 0 ? (ofStays() + capture(open)) / weight : 0;
    }

    /// The net capture of a plan whose share is `share`. Throws as [#share].
    public double netAtShare(double share) {
        return share * weightOfAll() - ofStays() - captureToday();
    }

    private double weightOfAll() {
        if (extras.hasOutsiders() || extras.hasBlocks() || extras.worth().length > 0) {
            throw new IllegalStateException("Only a plain problem has shares.");
        }
        return Arrays.stream(rows.weight()).sum();
    }

    private double ofStays() {
        double stays = 0;
        for (int i = 0; i < points(); i++) {
            stays += rows.weight()[i] * kernel.value(rows.stays()[i]);
        }
        return stays;
    }

    private double leastNet(double[] captures) {
        double least = captures[0] - today[0];
        for (int k = 1; k < captures.length; k++) {
            least = Math.min(least, captures[k] - today[k]);
        }
        return least;
    }

    /// Z(open) in each scenario.
    double[] captures(boolean[] open) {
        checkLength(open);
        double[] totals = new double[extras.scenarios()];
        double worth = 0;
        for (int j = 0; j < open.length; j++) {
            worth += open[j] ? extras.worth(j) : 0;
        }
        for (int k = 0; k < totals.length; k++) {
            int to = extras.hasBlocks() ? extras.blocks()[k + 1] : points();
            totals[k] = worth;
            for (int i = extras.hasBlocks() ? extras.blocks()[k] : 0; i < to; i++) {
                totals[k] += rows.weight()[i] * rise(i, openRatios(i, open), extras.beside(i, open));
            }
        }
        return totals;
    }

    /// What point i's share grows by when sites of the sum `added` open and what is beside it becomes `beside`.
    private double rise(int i, double added, double beside) {
        double stays = rows.stays()[i];
        double rise = kernel.beside(beside).rise(stays, added);
        return extras.hasOutsiders() ? rise + displaced(i, stays, beside) : rise;
    }

    /// What point i's share grows by (it falls) when what is beside it grows to `beside`.
    double displaced(int i, double stays, double beside) {
        double before = extras.beside()[i];
        return before == beside ? 0 : kernel.beside(beside).value(stays) - kernel.beside(before).value(stays);
    }

    /// Units a year sold at each open site, `sum_i q_i g(t_i + s_i) r_ij / (t_i + s_i)`; 0 for closed ones. O(non-zeros).
    public double[] units(boolean[] open) {
        checkLength(open);
        double[] units = new double[sites()];
        for (int i = 0; i < points(); i++) {
            double total = rows.stays()[i] + openRatios(i, open);
            if (total == 0) {
                continue;
            }
            double perRatio = rows.weight()[i] * (kernel.value(total) / total);
            for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
                if (open[rows.site()[e]]) {
                    units[rows.site()[e]] += perRatio * rows.ratio()[e];
                }
            }
        }
        return units;
    }

    /// Units a year each site would sell as the only one of ours beside what stays. O(non-zeros).
    public double[] aloneUnits() {
        double[] units = new double[sites()];
        for (int i = 0; i < points(); i++) {
            for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
                double total = rows.stays()[i] + rows.ratio()[e];
                units[rows.site()[e]] += rows.weight()[i] * (kernel.value(total) * (rows.ratio()[e] / total));
            }
        }
        return units;
    }

    /// What a plan uses of resource k.
    public double used(int k, boolean[] open) {
        boolean[] hasOpen = new boolean[groups()];
        double used = 0;
        for (int j = 0; j < sites(); j++) {
            if (open[j]) {
                used += use(k, j);
                if (group(j) >= 0) {
                    hasOpen[group(j)] = true;
                }
            }
        }
        for (int group = 0; group < hasOpen.length; group++) {
            used += hasOpen[group] ? 0 : noneUse(k, group);
        }
        return used;
    }

    /// Whether a plan obeys every rule of this problem. O(sites x resources).
    public boolean isFeasible(boolean[] open) {
        checkLength(open);
        boolean[] hasOpen = new boolean[groups()];
        for (int j = 0; j < sites(); j++) {
            if (open[j] ? isForbidden(j) : isRequired(j)) {
                return false;
            }
            if (open[j] && group(j) >= 0) {
                if (hasOpen[group(j)]) {
                    return false;
                }
                hasOpen[group(j)] = true;
            }
        }
        for (int k = 0; k < resources(); k++) {
            if (used(k, open) > allowed(k)) {
                return false;
            }
        }
        return true;
    }

    /// SHA-256, in hexadecimal, over a canonical byte form of everything above. O(non-zeros).
    public String fingerprint() {
        return Fingerprint.of(kernel, rows, sites, extras);
    }

    /// This problem where site j adds `worth[j]` by being open, of any sign and finite, at most 1e200: a shop's running cost, when capture is in yuan.
    /// Throws IllegalArgumentException for another number of sites.
    public CaptureProblem withWorth(double[] worth) {
        ProblemChecks.worth(worth, sites());
        return new CaptureProblem(kernel, rows, sites, columns,
                new Extras(worth.clone(), extras.beside(), extras.start(), extras.site(), extras.ratio(), extras.blocks()));
    }

    /// This problem where only part of what is ours counts at some points. Of `beside[i]` and the open outsiders of point i, whose ratios lie at
    /// `start[i] .. start[i + 1] - 1` of `site` and `ratio`, let o be the sum; the share that counts is `g(u + o) u / (u + o)`, `u = t_i + s_i`.
    /// Throws IllegalArgumentException for [Kernel.Covering], or a site twice at a point, as insider or outsider.
    public CaptureProblem withOutsiders(double[] beside, int[] start, int[] site, float[] ratio) {
        if (kernel instanceof Kernel.Covering) {
            throw new IllegalArgumentException("The kernel (" + kernel + ") must not be covering where only part of what is ours counts.");
        }
        ProblemChecks.outsiders(rows, beside, start, site, ratio, sites());
        return new CaptureProblem(kernel, rows, sites, columns,
                new Extras(extras.worth(), beside.clone(), start.clone(), site.clone(), ratio.clone(), extras.blocks()));
    }

    /// This problem where points `blocks[k] .. blocks[k + 1] - 1` are scenario k, and a plan is worth what it captures net in its worst scenario.
    /// Throws IllegalArgumentException unless `blocks` ascends from 0 to the number of points.
    public CaptureProblem worstOf(int[] blocks) {
        ProblemChecks.blocks(blocks, points());
        return new CaptureProblem(kernel, rows, sites, columns,
                new Extras(extras.worth(), extras.beside(), extras.start(), extras.site(), extras.ratio(), blocks.clone()));
    }

    /// The same choice among other points: what a re-plan needs after a rival has come. Keeps the worth of sites, not outsiders and scenarios.
    /// Throws IllegalArgumentException naming the first thing out of its bounds.
    public CaptureProblem withRows(Rows other) {
        ProblemChecks.rows(other, sites());
        return withSorted(SortedRows.of(other));
    }

    /// Refuses a problem that differs from this one in more than its points.
    void checkSameChoice(CaptureProblem other) {
        boolean same = kernel.equals(other.kernel) && sites() == other.sites() && Arrays.deepEquals(flat(), other.flat());
        if (!same) {
            throw new IllegalArgumentException("The scenarios must differ in their points only, not in kernel, sites, rules or limits (" + this + "; " + other + ").");
        }
        if (extras.hasOutsiders() || extras.hasBlocks() || other.extras.hasOutsiders() || other.extras.hasBlocks()) {
            throw new IllegalArgumentException("A scenario must have neither outsiders nor scenarios of its own.");
        }
    }

    private Object[] flat() {
        return new Object[] {sites.use(), sites.limit(), sites.group(), sites.groupNoneUse(), sites.required(), sites.forbidden(), sites.openToday(), extras.worth()};
    }

    /// The outsiders' ratios by site, or none; not to be written to.
    Columns outsiderColumns() {
        return outsiderColumns;
    }

    /// Worth, outsiders and scenarios; not to be written to.
    Extras extras() {
        return extras;
    }

    /// This problem with more sites forbidden; shares the large arrays.
    public CaptureProblem withForbidden(boolean[] more) {
        return withSites(new Sites(sites.count(), sites.use(), sites.limit(), sites.group(), sites.groupNoneUse(),
                sites.required(), either(sites.forbidden(), more), sites.openToday()));
    }

    /// This problem with more sites required; shares the large arrays.
    public CaptureProblem withRequired(boolean[] more) {
        return withSites(new Sites(sites.count(), sites.use(), sites.limit(), sites.group(), sites.groupNoneUse(),
                either(sites.required(), more), sites.forbidden(), sites.openToday()));
    }

    /// This problem with other weights of its points, at least 0; shares the large arrays. Throws IllegalArgumentException for another number of them.
    public CaptureProblem withWeights(double[] weight) {
        ProblemChecks.weights(weight, points());
        Rows reweighted = new Rows(weight.clone(), rows.stays(), rows.start(), rows.site(), rows.ratio());
        return new CaptureProblem(kernel, reweighted, sites, columns, extras);
    }

    /// This problem with another limit of resource k; shares the large arrays.
    public CaptureProblem withLimit(int k, double limit) {
        ProblemChecks.limit(k, limit);
        double[] limits = sites.limit().clone();
        limits[k] = limit;
        return withSites(new Sites(sites.count(), sites.use(), limits, sites.group(), sites.groupNoneUse(),
                sites.required(), sites.forbidden(), sites.openToday()));
    }

    /// The same choice among points whose rows are sorted; keeps the arrays given.
    CaptureProblem withSorted(Rows sorted) {
        Extras kept = new Extras(extras.worth(), Extras.NONE.beside(), Extras.NONE.start(), Extras.NONE.site(), Extras.NONE.ratio(), Extras.NONE.blocks());
        return new CaptureProblem(kernel, sorted, sites, Columns.of(sorted, sites()), kept);
    }

    private CaptureProblem withSites(Sites changed) {
        return new CaptureProblem(kernel, rows, changed, columns, extras, today);
    }

    private boolean[] either(boolean[] had, boolean[] more) {
        checkLength(more);
        boolean[] both = had.clone();
        for (int j = 0; j < both.length; j++) {
            both[j] |= more[j];
        }
        return both;
    }

    private double openRatios(int i, boolean[] open) {
        double sum = 0;
        for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
            if (open[rows.site()[e]]) {
                sum += rows.ratio()[e];
            }
        }
        return sum;
    }

    private void checkLength(boolean[] flags) {
        if (flags.length != sites()) {
            throw new IllegalArgumentException("The number of flags (" + flags.length
                    + ") must be the number of sites (" + sites() + ").");
        }
    }

    /// The rows, sorted; not to be written to.
    Rows rows() {
        return rows;
    }

    /// The same ratios by site; not to be written to.
    Columns columns() {
        return columns;
    }

    @Override
    public String toString() {
        return "CaptureProblem[" + kernel + ", points=" + points() + ", sites=" + sites() + ", nonZeros=" + nonZeros()
                + ", limits=" + Arrays.toString(sites.limit()) + "]";
    }
}
