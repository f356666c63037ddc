package xiaxiang.core.register;

import java.util.List;
import xiaxiang.core.register.FactTable.Where;

/// The tables of the atlas, those that others name first.
public final class AtlasTables {
    /// divisions.csv.
    public static final FactTable DIVISIONS = FactTable.of("divisions", "place", List.of("code"), Where.PLACE, "length(code), code COLLATE \"C\"",
            "code name name_en level parent? tier urban_rural lon. lat. datum~ point_kind valid_from@ valid_to@ successors|");
    /// people.csv.
    public static final FactTable PEOPLE = FactTable.of("people", "people", List.of("code", "year"), Where.IN_PLACE, "length(code), code COLLATE \"C\", year", "code year# persons# income_index.");
    /// The boundaries, a row each as they are handed to the database; in a workspace they are boundaries.geojson.
    public static final FactTable BOUNDARIES = FactTable.of("boundaries", "boundary", List.of("code"), Where.IN_PLACE, "path", "code geojson% west. south. east. north.");
    /// brands.csv.
    public static final FactTable BRANDS = FactTable.of("brands", "brand", List.of("id"), Where.EVERYWHERE, "position", "id name name_en colour online_share. rest!");
    /// models.csv.
    public static final FactTable MODELS = FactTable.of("models", "model", List.of("brand", "model"), Where.EVERYWHERE, "position",
            "brand model band price_fen# brand_margin_fen# dealer_margin_fen#");
    /// market.csv.
    public static final FactTable MARKET = FactTable.of("market", "market_fact", List.of("place", "period", "table", "measure", "brand"), Where.EVERYWHERE, "position",
            "place period table brand measure share_pct. units_million. rounding_pct. lists_top# note");
    /// channels.csv.
    public static final FactTable CHANNELS = FactTable.of("channels", "channel_fact", List.of("period", "place", "brand", "measure", "unit", "note"), Where.EVERYWHERE,
            "position", "period place brand measure value. unit note");
    /// shops.csv.
    public static final FactTable SHOPS = FactTable.of("shops", "shop", List.of("id"), Where.IN_PLACE, "id COLLATE \"C\"", "id name name_en division=place lon. lat. datum~ owner format brands| "
            + "units_month: dealer_margin_fen: promoters# sign! closing_fen# running_fen_year# break_even_units_year.");
    /// sites.csv.
    public static final FactTable SITES = FactTable.of("sites", "site", List.of("id"), Where.IN_PLACE, "id COLLATE \"C\"", "id name name_en division=place lon. lat. datum~ action shop? format "
            + "promoters# sign! models_carried# fit_out_fen# running_fen_year# dealer_margin_fen# break_even_units_year.");
    /// All of them.
    public static final List<FactTable> ALL = List.of(DIVISIONS, PEOPLE, BOUNDARIES, BRANDS, MODELS, MARKET, CHANNELS, SHOPS, SITES);

    private AtlasTables() {}
}
