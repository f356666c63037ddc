package xiaxiang.app.flow;

/// How much an upload may hold. docs/formats.md states the same.
public final class UploadLimits {
    /// Files in one upload, those in a zip counted.
    public static final int FILES = 40;
    /// Bytes of all files unpacked.
    public static final long UNPACKED_BYTES = 4L << 30;
    /// Bytes of one file unpacked.
    public static final long FILE_BYTES = 1L << 30;
    /// What one byte may unpack to, beyond the first MiB.
    public static final long RATIO = 200;
    /// Entries of an xlsx file: a workbook of ours has a dozen sheets.
    public static final int XLSX_ENTRIES = 200;
    /// Bytes of an xlsx file unpacked: it is read into memory in part.
    public static final long XLSX_BYTES = 512L << 20;
    /// Points in a shop extract.
    public static final int SHOP_POINTS = 500_000;
    /// Bytes of a shop extract, which is read as a whole.
    public static final long EXTRACT_BYTES = 256L << 20;
    /// A shop farther than this from every place of the territory has none, in metres.
    public static final double NEAR_METERS = 30_000;

    private UploadLimits() {}
}
