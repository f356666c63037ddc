package xiaxiang.core.rollout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import xiaxiang.engine.capture.Opening;

/// Puts a chosen set into waves: what now adds most net units per yuan comes first, each step as early as the money and the running cap allow. A wave's
/// budget that is left goes to the next.
///
/// "Now" is beside what is open today and what earlier steps have opened, by lazy greedy: two neighbours that share their buyers do not both come first. What
/// loses units waits for the last wave; a closing comes earlier where today's shops cost more a year than the cap, or where it makes room under the cap for
/// a step that brings more than it loses. The last wave may spend whatever of the year's budget is left, so every step finds a wave.
final class Waves {
    private static final int NONE = Opening.NONE;

    /// Something to be done: the option whose shop closes or is replaced (or [Opening#NONE]), the option that opens (or NONE), its cost once in fen, and what it
    /// adds to the yearly running cost in fen.
    record Step(int out, int in, long costFen, long runningFen) {
        /// The option it is about.
        int id() {
            return in == NONE ? out : in;
        }
    }

    private final List<Step> steps;
    private final Scenario scenario;
    private final Opening opening;
    private long runningFen;
    private long availableFen;
    private long spentFen;
    /// The wave of each step, 0 while it has none.
    private final int[] wave;
    /// What each step adds, as of when `age` steps had been taken: at most so much is left of it, unless a shop has closed since.
    private final double[] gain;
    private final int[] age;
    private int taken;
    private final PriorityQueue<Integer> queue;

    private Waves(List<Step> steps, Scenario scenario, long runningTodayFen, Opening opening) {
        this.steps = steps;
        this.scenario = scenario;
        this.opening = opening;
        runningFen = runningTodayFen;
        wave = new int[steps.size()];
        gain = new double[wave.length];
        age = new int[wave.length];
        queue = new PriorityQueue<>(Comparator.comparingDouble((Integer k) -> -perFen(k)).thenComparingInt(k -> steps.get(k).id()));
    }

    /// The wave, from 1, of each step, in the order of `steps`, which does not matter. `opening` stands at today and is used up. Cost: a few looks for each
    /// step, each O(points of its sites).
    static int[] assign(List<Step> steps, Scenario scenario, long runningTodayFen, Opening opening) {
        Waves waves = new Waves(steps, scenario, runningTodayFen, opening);
        int last = scenario.waves().size();
        if (last > 1) for (int k = 0; k < steps.size(); k++) waves.look(k);
        for (int w = 1; w < last; w++) waves.fill(w);
        for (int k = 0; k < waves.wave.length; k++) if (waves.wave[k] == 0) waves.wave[k] = last;
        return waves.wave;
    }

    private void fill(int w) {
        availableFen = Math.min(scenario.budgetFen(), availableFen + scenario.waves().get(w - 1).budgetFen());
        makeRoom(w, runningFen - scenario.runningCapFen(), NONE);
        queue.clear();
        queue.addAll(pending(false));
        while (!queue.isEmpty()) {
            int k = queue.poll();
            Step step = steps.get(k);
            if (wave[k] != 0 || step.costFen() > availableFen - spentFen) continue;
            if (age[k] < taken) {
                look(k);
                queue.add(k);
                continue;
            }
            if (gain[k] < 0) return;
            long excess = step.runningFen() <= 0 ? 0 : runningFen + step.runningFen() - scenario.runningCapFen();
            if (makeRoom(w, excess, k)) take(k, w);
        }
    }

    /// What has no wave yet: closings, or all else.
    private List<Integer> pending(boolean closings) {
        List<Integer> pending = new ArrayList<>();
        for (int k = 0; k < wave.length; k++) if (wave[k] == 0 && closings == (steps.get(k).in() == NONE)) pending.add(k);
        return pending;
    }

    private void look(int k) {
        gain[k] = opening.gain(steps.get(k).out(), steps.get(k).in());
        age[k] = taken;
    }

    /// What costs nothing counts as a fen: the best of it comes first of all.
    private double perFen(int k) {
        return gain[k] / Math.max(1, steps.get(k).costFen());
    }

    private void take(int k, int w) {
        Step step = steps.get(k);
        opening.take(step.out(), step.in());
        wave[k] = w;
        spentFen += step.costFen();
        runningFen += step.runningFen();
        taken++;
    }

    /// Brings closings forward until the running cost is below the cap by `excessFen` more, for the sake of step `k`, or of the cap itself where `k` is NONE.
    /// Changes nothing and says false where there is not money enough for them and the step, or where together they bring nothing.
    private boolean makeRoom(int w, long excessFen, int k) {
        if (excessFen <= 0) return true;
        long costFen = k == NONE ? 0 : steps.get(k).costFen();
        List<Integer> closings = closings(excessFen, availableFen - spentFen - costFen);
        if (closings.isEmpty()) return false;
        double net = 0;
        for (int c : closings) {
            look(c);
            net += gain[c];
            take(c, w);
        }
        if (k != NONE) {
            look(k);
            net += gain[k];
        }
        if (k != NONE && net <= 0) {
            giveBack(closings);
            age[k] = NONE;
            return false;
        }
        // Where a shop has closed others gain, so that what was known of them bounds nothing.
        queue.clear();
        for (int other : pending(false)) {
            look(other);
            queue.add(other);
        }
        return true;
    }

    private void giveBack(List<Integer> closings) {
        for (int c : closings) {
            Step step = steps.get(c);
            opening.take(step.in(), step.out());
            wave[c] = 0;
            age[c] = NONE;
            spentFen -= step.costFen();
            runningFen -= step.runningFen();
        }
        taken -= closings.size();
    }

    /// The closings that together save at least `excessFen` a year for at most `moneyFen`, those that lose least for what they save; none where money is short.
    private List<Integer> closings(long excessFen, long moneyFen) {
        List<Integer> all = pending(true);
        for (int k : all) if (age[k] < taken) look(k);
        all.sort(Comparator.comparingDouble(this::lossPerSaving).thenComparingInt(k -> steps.get(k).id()));
        List<Integer> chosen = new ArrayList<>();
        long excess = excessFen;
        long money = moneyFen;
        for (int k : all) {
            if (excess <= 0 || steps.get(k).runningFen() >= 0 || steps.get(k).costFen() > money) continue;
            chosen.add(k);
            excess += steps.get(k).runningFen();
            money -= steps.get(k).costFen();
        }
        return excess <= 0 ? chosen : List.of();
    }

    private double lossPerSaving(int k) {
        return gain[k] / steps.get(k).runningFen();
    }
}
