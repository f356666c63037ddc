package xiaxiang.core.db;

/// Hears how far a backup or a restore is. What it throws stops the work, and nothing is left half-done.
@FunctionalInterface
public interface CopyProgress {
    /// So many bytes of all; both are estimates.
    void at(long done, long total);
}
