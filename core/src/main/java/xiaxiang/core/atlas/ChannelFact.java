package xiaxiang.core.atlas;

/// A public figure about a channel: `measure` in words (online share of retail, offline outlets, dealer commission, average selling price), `brand` blank if of the whole market.
public record ChannelFact(String period, String place, String brand, String measure, double value, String unit, String note, Provenance provenance) {}
