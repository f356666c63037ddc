package xiaxiang.app.flow;

/// Cells of the tables that are written for spreadsheets.
public final class Cells {
    private Cells() {}

    /// The cell, led by an apostrophe where a spreadsheet would take it for a formula; numbers stay numbers.
    public static String harmless(String cell) {
        boolean number = cell.matches("-?[0-9.Ee-]+");
        return !cell.isEmpty() && !number && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
