package xiaxiang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// A row of the published numbers: its name, the work, the files it needs, and the peer's recorded seconds (NaN: none recorded) with the peer's name.
record ScienceRow(String name, String work, List<String> files, String peer, double recordedSeconds, Preparation preparation) {
    private static final double LOOK_SECONDS = 1;
    private static final int LOOKS = 200;

    /// Copies the list.
    ScienceRow {
        files = List.copyOf(files);
    }

    /// A row without a recorded time of the peer.
    static ScienceRow untimed(String name, String work, List<String> files, Preparation preparation) {
        return new ScienceRow(name, work, files, "", Double.NaN, preparation);
    }

    /// Reads what the work needs, outside the clock.
    interface Preparation {
        /// `tables` are the row's files, in their order.
        Supplier<List<Figure>> prepare(List<ScienceTable> tables) throws IOException;
    }

    /// The figures, the seconds of the first go and the median of those after it.
    record Reached(List<Figure> figures, double firstSeconds, double warmSeconds) {}

    boolean isReady(Path folder) {
        return files.stream().allMatch(file -> Files.isRegularFile(folder.resolve(file)));
    }

    /// Does the work again and again for about a second, at least three times where it takes less than that.
    Reached run(Path folder) throws IOException {
        List<ScienceTable> tables = new ArrayList<>();
        for (String file : files) tables.add(ScienceTable.read(folder.resolve(file)));
        Supplier<List<Figure>> work = preparation.prepare(tables);
        long begin = System.nanoTime();
        List<Figure> figures = work.get();
        double first = seconds(begin);
        double[] took = new double[LOOKS];
        int looks = 0;
        for (begin = System.nanoTime(); looks < LOOKS && (looks == 0 || seconds(begin) < LOOK_SECONDS); looks++) {
            long start = System.nanoTime();
            figures = work.get();
            took[looks] = seconds(start);
        }
        // The later half: the earlier one is still being compiled.
        double[] warm = Arrays.copyOfRange(took, looks / 2, looks);
        Arrays.sort(warm);
        return new Reached(figures, first, warm[warm.length / 2]);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
