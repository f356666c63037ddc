package xiaxiang.engine.effect;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// One cohort beside its donors: the treated units, the units never treated, and when treatment began. Immutable; complete (no NaN).
public final class SyntheticBlock {
    final int cohort;
    final int before;
    final int periods;
    /// The panel's units.
    final int[] treatedUnit;
    final int[] donorUnit;
    /// Units x periods, row-major.
    final double[] treated;
    final double[] donor;
    /// The mean of the treated, by period.
    final double[] target;

    private SyntheticBlock(int cohort, int periods, int[] treatedUnit, double[] treated, int[] donorUnit, double[] donor) {
        this.cohort = cohort;
        this.periods = periods;
        this.treatedUnit = treatedUnit;
        this.donorUnit = donorUnit;
        this.treated = treated;
        this.donor = donor;
        before = cohort;
        target = new double[periods];
        for (int t = 0; t < periods; t++) {
            double sum = 0;
            for (int i = 0; i < treatedUnit.length; i++) sum += treated[i * periods + t];
            target[t] = sum / treatedUnit.length;
        }
    }

    /// The blocks of a panel, or why there are none.
    sealed interface Split {
        /// One block a cohort, in order of time; `notices` say what was left out.
        record Blocks(List<SyntheticBlock> blocks, List<Notice> notices) implements Split {}

        /// Nothing can be estimated.
        record Refused(List<Notice> why) implements Split {}
    }

    /// Every cohort of the panel that the method can be used on, beside the units never treated. Units that lack an outcome in some period are left out and
    /// counted, as are those treated throughout; so are cohorts with too few periods before treatment.
    static Split split(Panel panel, SyntheticMethod method) {
        List<Notice> notices = new ArrayList<>();
        TreeMap<Integer, List<Integer>> cohorts = new TreeMap<>();
        List<Integer> donors = new ArrayList<>();
        int missing = 0;
        int always = 0;
        for (int i = 0; i < panel.units(); i++) {
            if (panel.cohort(i) <= 0) always++;
            else if (!complete(panel, i)) missing++;
            else if (panel.cohort(i) >= panel.periods()) donors.add(i);
            else cohorts.computeIfAbsent(panel.cohort(i), _ -> new ArrayList<>()).add(i);
        }
        if (missing > 0) notices.add(Notice.of(Notice.Kind.INCOMPLETE_UNITS, missing));
        if (always > 0) notices.add(Notice.of(Notice.Kind.TREATED_THROUGHOUT, always));
        for (int early : List.copyOf(cohorts.headMap(method.needs()).keySet())) {
            notices.add(new Notice(Notice.Kind.FEW_PERIODS_BEFORE, method.needs(), early, -1));
            cohorts.remove(early);
        }
        if (cohorts.isEmpty()) return refused(notices, Notice.Kind.NO_TREATED, 0);
        if (donors.size() < 2) return refused(notices, Notice.Kind.FEW_DONORS, donors.size());
        List<SyntheticBlock> blocks = new ArrayList<>();
        cohorts.forEach((cohort, units) -> blocks.add(of(panel, cohort, ints(units), ints(donors))));
        if (method instanceof SyntheticDid && blocks.stream().anyMatch(b -> !(b.noise() > 0))) return refused(notices, Notice.Kind.NO_NOISE, 0);
        return new Split.Blocks(List.copyOf(blocks), List.copyOf(notices));
    }

    private static Split refused(List<Notice> notices, Notice.Kind kind, long count) {
        notices.add(Notice.of(kind, count));
        return new Split.Refused(List.copyOf(notices));
    }

    private static boolean complete(Panel panel, int unit) {
        for (int t = 0; t < panel.periods(); t++) if (!Double.isFinite(panel.outcome(unit, t))) return false;
        return true;
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static SyntheticBlock of(Panel panel, int cohort, int[] treated, int[] donors) {
        return new SyntheticBlock(cohort, panel.periods(), treated, rows(panel, treated), donors, rows(panel, donors));
    }

    private static double[] rows(Panel panel, int[] units) {
        double[] rows = new double[units.length * panel.periods()];
        for (int i = 0; i < units.length; i++) for (int t = 0; t < panel.periods(); t++) rows[i * panel.periods() + t] = panel.outcome(units[i], t);
        return rows;
    }

    /// The number of donors.
    int donors() {
        return donorUnit.length;
    }

    /// The number of periods from the first treated one.
    int after() {
        return periods - before;
    }

    /// Donors (positions in this block) that stand in for the treated, beside other donors, from `cohort` on.
    SyntheticBlock placebo(int[] asTreated, int[] others) {
        return new SyntheticBlock(cohort, periods, pick(donorUnit, asTreated), pickRows(donor, asTreated), pick(donorUnit, others), pickRows(donor, others));
    }

    /// The same without one donor.
    SyntheticBlock withoutDonor(int k) {
        int[] others = IntStream.range(0, donors()).filter(i -> i != k).toArray();
        return new SyntheticBlock(cohort, periods, treatedUnit, treated, pick(donorUnit, others), pickRows(donor, others));
    }

    /// The same as if treatment had begun `earlier` periods sooner and the panel had ended before it did.
    SyntheticBlock earlier(int earlier) {
        return new SyntheticBlock(cohort - earlier, before, treatedUnit, cut(treated, treatedUnit.length), donorUnit, cut(donor, donorUnit.length));
    }

    /// The same with every period counted as before treatment: what is fitted where no effect is assumed.
    SyntheticBlock allBefore() {
        return new SyntheticBlock(periods, periods, treatedUnit, treated, donorUnit, donor);
    }

    private double[] cut(double[] rows, int units) {
        double[] out = new double[units * before];
        for (int i = 0; i < units; i++) System.arraycopy(rows, i * periods, out, i * before, before);
        return out;
    }

    private static int[] pick(int[] from, int[] at) {
        return IntStream.of(at).map(k -> from[k]).toArray();
    }

    private double[] pickRows(double[] rows, int[] at) {
        double[] out = new double[at.length * periods];
        for (int i = 0; i < at.length; i++) System.arraycopy(rows, at[i] * periods, out, i * periods, periods);
        return out;
    }

    /// The standard deviation of the donors' first differences before treatment: the noise level of synthetic difference in differences. NaN with one period.
    double noise() {
        int n = donors() * (before - 1);
        double sum = 0;
        for (int i = 0; i < donors(); i++) for (int t = 1; t < before; t++) sum += donor[i * periods + t] - donor[i * periods + t - 1];
        double mean = sum / n;
        double squares = 0;
        for (int i = 0; i < donors(); i++) {
            for (int t = 1; t < before; t++) {
                double d = donor[i * periods + t] - donor[i * periods + t - 1] - mean;
                squares += d * d;
            }
        }
        return Math.sqrt(squares / (n - 1));
    }
}
