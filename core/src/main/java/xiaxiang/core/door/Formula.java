package xiaxiang.core.door;

/// Cells that a spreadsheet would take for a formula, and the apostrophe that keeps it from doing so.
///
/// A text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return, behind any number of apostrophes, is written with one apostrophe more and read with one
/// less: so every text comes back as it was. Numbers stay as they are. The database's functions `led` and `bare` say the same.
public final class Formula {
    private static final String STARTS = "=+-@\t\r";

    private Formula() {}

    /// The cell as it is written for a spreadsheet.
    public static String led(String cell) {
        return starts(cell) && !Cells.decimal(cell) ? "'" + cell : cell;
    }

    /// The cell as it was before [#led].
    public static String bare(String cell) {
        return !cell.isEmpty() && cell.charAt(0) == '\'' && starts(cell) ? cell.substring(1) : cell;
    }

    private static boolean starts(String cell) {
        int at = 0;
        while (at < cell.length() && cell.charAt(at) == '\'') at++;
        return at < cell.length() && STARTS.indexOf(cell.charAt(at)) >= 0;
    }
}
