package xiaxiang.core.field;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Provenance;

/// One shopper's answer (消费者访谈): where they live, and what they bought when they last looked for a phone.
///
/// `point` is the code of the demand point they live at; `weight` (> 0) how many people the answer stands for, in any unit; `priceFen` what they paid, null if
/// nothing was bought or it was not said.
public record Answer(String id, LocalDate date, String point, Bought bought, @Nullable Long priceFen, double weight, Provenance provenance) {
    public Answer {
        if (!(weight > 0)) throw new IllegalArgumentException("The weight (" + weight + ") of answer " + id + " must be above 0.");
    }

    /// What was bought.
    public sealed interface Bought {
        /// Looked for a phone and bought none.
        record Nothing() implements Bought {}
        /// A brand, online.
        record Online(String brand) implements Bought {}
        /// A brand, in a shop.
        record InShop(String brand, String shop) implements Bought {}
    }
}
