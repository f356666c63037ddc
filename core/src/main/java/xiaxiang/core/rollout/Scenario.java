package xiaxiang.core.rollout;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.demand.DemandSettings;
import xiaxiang.core.demand.Term;

/// What the planner asks: for which place and brand, with how much money, in which waves, under which locks.
///
/// `budgetFen` pays fit-out, upgrades and closing, once; `runningCapFen` bounds what the open sites and own shops that may be closed cost the brand a
/// year; `synthesizeSeed` makes synthetic shops where none are known, null for none; `draws` is how often the assumptions are drawn anew to see how far
/// to trust the plan; `require` and `forbid` are ids of sites, or of own shops (a required shop is kept or upgraded).
public record Scenario(String place, String nameZh, String nameEn, String currency, DemandSettings demand, long budgetFen, long runningCapFen, List<Wave> waves,
                       @Nullable Long synthesizeSeed, int draws, List<String> require, List<String> forbid, Map<Term, Double> coefficients) {
    /// A wave (批次) of the roll-out: its label, and the money it may spend; what a wave leaves goes to the next.
    public record Wave(String label, long budgetFen) {}

    public Scenario {
        if (budgetFen < 0) throw new IllegalArgumentException("The budgetFen (" + budgetFen + ") must be at least 0.");
        if (runningCapFen < 0) throw new IllegalArgumentException("The runningCapFen (" + runningCapFen + ") must be at least 0.");
        waves = List.copyOf(waves);
        require = List.copyOf(require);
        forbid = List.copyOf(forbid);
        coefficients = Map.copyOf(coefficients);
    }

    /// This scenario for another place, its money in proportion to `factor`: a county's scenario asked of a province.
    public Scenario scaled(String toPlace, String zh, String en, double factor, @Nullable Long seed) {
        return new Scenario(toPlace, zh, en, currency, demand, Math.round(budgetFen * factor), Math.round(runningCapFen * factor),
                waves.stream().map(w -> new Wave(w.label(), Math.round(w.budgetFen() * factor))).toList(), seed, draws, List.of(), List.of(), coefficients);
    }

    /// This scenario with only those locks whose id is known: other draws of synthetic shops may lack some.
    Scenario withLocksAmong(Predicate<String> known) {
        return new Scenario(place, nameZh, nameEn, currency, demand, budgetFen, runningCapFen, waves, synthesizeSeed, draws,
                require.stream().filter(known).toList(), forbid.stream().filter(known).toList(), coefficients);
    }
}
