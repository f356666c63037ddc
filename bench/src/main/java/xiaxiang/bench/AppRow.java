package xiaxiang.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/// A row of the table of the app: what was asked of it, and what it did. `work` says what was measured and how.
record AppRow(String name, String work, String aim, Reached reached) {
    /// What came out, and whether that is within the aim.
    record Reached(String text, boolean held) {}

    /// A measurement; it may take minutes.
    interface Measurement {
        Reached run() throws Exception;
    }

    /// Measures. What fails is a row that is not held, and says why: the rows after it are measured all the same.
    static AppRow of(String name, String work, String aim, Measurement measurement) {
        double before = load();
        Reached reached;
        try {
            reached = measurement.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The measurement of " + name + " was interrupted.", e);
        } catch (Exception e) {
            reached = new Reached("failed: " + cell(String.valueOf(e.getMessage())), false);
        }
        return new AppRow(name, work, aim, new Reached(String.format(Locale.ROOT, "%s | %s | %.1f to %.1f", reached.text(), reached.held() ? "yes" : "**no**", before, load()), reached.held()));
    }

    /// Processes that wanted a core in the last minute.
    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /// A text as a cell may hold it: one line, of letters and signs.
    static String cell(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}\ufffd]+", " ").replace('|', '/');
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    /// The head of the table.
    static String head() {
        return "| row | what and how | aim | reached | held | load |\n|---|---|---|---|---|---|";
    }

    /// As a row of it.
    String cells() {
        return "| " + name + " | " + work + " | " + aim + " | " + reached.text() + " |";
    }
}
