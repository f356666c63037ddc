package xiaxiang.core.field;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Provenance;

/// What was heard on a visit (巡店/拜访), at a division in force, in a shop if `shop` is its id.
///
/// `quote` and `need` are in the speaker's language, `quoteEn` and `needEn` in English; `brand` is the brand spoken of, blank if none;
/// `rivalMarginFen` the dealer's margin named, in fen a phone; `priceFen` a price seen, in fen; `unitsMonth` units sold a month; null if not said.
public record Visit(LocalDate date, String division, @Nullable String shop, Who who, String quote, String quoteEn, String need, String needEn,
                    String brand, @Nullable Long rivalMarginFen, @Nullable Long priceFen, @Nullable Integer unitsMonth, Provenance provenance) {
    /// Who spoke, never by name.
    public enum Who { OWNER, SHOPPER, PROMOTER, OFFICIAL }
}
