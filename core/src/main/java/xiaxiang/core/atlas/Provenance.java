package xiaxiang.core.atlas;

/// Where a row comes from: `source` is a page, table or rule in words (never blank), `kind` what it is worth.
/// Throws IllegalArgumentException if the source is blank.
public record Provenance(String source, Kind kind) {
    public Provenance {
        if (source.isBlank()) throw new IllegalArgumentException("The source of a row must not be blank.");
    }
}
