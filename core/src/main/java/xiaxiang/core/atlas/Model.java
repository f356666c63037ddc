package xiaxiang.core.atlas;

/// A model on sale: its price band (a name the workspace chose, ordered by price), suggested price, the brand's margin and the usual dealer margin, in fen a unit.
public record Model(String brand, String name, String band, long priceFen, long brandMarginFen, long dealerMarginFen, Provenance provenance) {
    public Model {
        if (priceFen <= 0 || brandMarginFen < 0 || dealerMarginFen < 0) throw new IllegalArgumentException("The model " + brand + " " + name + " has a price or margin out of range.");
    }
}
