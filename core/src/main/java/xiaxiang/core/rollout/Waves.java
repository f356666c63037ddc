package xiaxiang.core.rollout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Orders a chosen set into waves: by net units per yuan, each as early as the money allows. A wave's budget that is left goes to the next.
///
/// The last wave may spend whatever of the year's budget is left, so every chosen site finds a wave.
final class Waves {
    private Waves() {}

    /// Something to be done: its cost in fen and what it brings in units a year.
    record Step(int id, long costFen, double netUnits) {}

    /// The wave, from 1, of each step, in the order of `steps`.
    static int[] assign(List<Step> steps, List<Scenario.Wave> waves, long budgetFen) {
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < steps.size(); k++) order.add(k);
        order.sort(Comparator.comparingDouble((Integer k) -> -perYuan(steps.get(k))).thenComparingInt(k -> steps.get(k).id()));
        int[] wave = new int[steps.size()];
        long spent = 0;
        long available = 0;
        for (int w = 1; w <= waves.size(); w++) {
            available = w == waves.size() ? budgetFen : Math.min(budgetFen, available + waves.get(w - 1).budgetFen());
            for (int k : order) {
                if (wave[k] != 0 || spent + steps.get(k).costFen() > available) continue;
                wave[k] = w;
                spent += steps.get(k).costFen();
            }
        }
        return wave;
    }

    private static double perYuan(Step step) {
        return step.costFen() == 0 ? Double.POSITIVE_INFINITY : step.netUnits() / step.costFen();
    }
}
