package xiaxiang.core.door;

/// How much a file may hold: bytes unpacked, rows, and characters in a cell.
record CsvLimits(long bytes, long rows, int cellChars) {
    /// What every workspace file must keep: 1 GiB unpacked, 5 M rows, 10,000 characters a cell.
    static final CsvLimits USUAL = new CsvLimits(1L << 30, 5_000_000, 10_000);
}
