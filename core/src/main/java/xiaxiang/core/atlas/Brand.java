package xiaxiang.core.atlas;

/// A brand: `onlineShare` is the share of its own units sold online, in [0, 1]; `colour` its one colour everywhere, as #rrggbb.
/// `rest` marks the brand that stands for all others together in the public tables.
public record Brand(String id, String name, String nameEn, String colour, double onlineShare, boolean rest, Provenance provenance) {
    public Brand {
        if (!(onlineShare >= 0 && onlineShare <= 1)) throw new IllegalArgumentException("The online share (" + onlineShare + ") of " + id + " must be in [0, 1].");
    }
}
