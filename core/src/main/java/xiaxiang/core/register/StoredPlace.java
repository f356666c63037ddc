package xiaxiang.core.register;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place as the database holds it, with what is counted below it.
///
/// `path` is its codes from the top down; `kind` and `pointKind` say what the row and its point are worth; `persons` is null where nobody counted; `shops` and `ownShops` are
/// the open shops of its subtree that the reader may see; `children` the places right below; `version` grows with each change.
public record StoredPlace(String code, String path, String level, String name, String nameEn, String tier, String urbanRural, @Nullable Double lon, @Nullable Double lat, @Nullable String pointKind,
                          @Nullable LocalDate validFrom, @Nullable LocalDate validTo, List<String> successors, String source, String kind, @Nullable Long persons, long shops, long ownShops,
                          long children, int version) {
    public StoredPlace {
        successors = List.copyOf(successors);
    }

    /// How many places stand above it.
    public int depth() {
        return (int) path.chars().filter(c -> c == '/').count() - 1;
    }

    /// A place named on the way to another.
    public record Step(String code, String name, String nameEn, String level) {}

    /// How many lived in a place in a year; `incomeIndex` is 1 at the country's mean.
    public record Year(int year, long persons, double incomeIndex, String source, String kind) {}

    /// A box in degrees.
    public record Bounds(double west, double south, double east, double north) {}
}
