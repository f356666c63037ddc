package xiaxiang.app.flow;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import xiaxiang.core.db.Territory;
import xiaxiang.core.register.FactExport;
import xiaxiang.core.register.FactTable;

/// Writes the facts of a place's subtree as the files of a workspace, streamed: the place becomes the top. Planning from it is planning from the files the facts came from.
public final class Snapshot implements SnapshotWriter {
    private static final Set<String> MANDATORY = Set.of("divisions", "people", "brands", "models", "market");

    /// Henan's 52,378 villages take about a second.
    @Override
    public void write(Handle handle, Territory territory, String place, boolean withSynthetic, Path folder) throws IOException {
        String path = handle.createQuery("SELECT path FROM place p WHERE code = :place AND " + Territory.placesSql("p")).bind("place", place).bindMap(territory.binds()).mapTo(String.class).findOne()
                .orElseThrow(() -> new IllegalArgumentException("There is no place " + place + " in this territory."));
        write(handle, territory, new FactExport.Part(path, withSynthetic), Set.of(), folder);
    }

    /// Writes all tables but those named, into a folder that is there and empty; optional tables only where they have rows.
    static void write(Handle handle, Territory territory, FactExport.Part part, Set<String> without, Path folder) throws IOException {
        var export = new FactExport(handle, territory, part);
        for (FactTable table : Facts.csv()) {
            if (without.contains(table.file())) continue;
            Path file = folder.resolve(table.file() + ".csv");
            keep(file, write(file, out -> export.csv(table, out)) > 0 || MANDATORY.contains(table.file()));
        }
        Path boundaries = folder.resolve(Facts.BOUNDARIES);
        keep(boundaries, write(boundaries, export::boundaries) > 0);
    }

    private interface Writing {
        long to(OutputStream out) throws IOException;
    }

    private static long write(Path file, Writing writing) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            return writing.to(out);
        }
    }

    private static void keep(Path file, boolean kept) throws IOException {
        if (!kept) Files.delete(file);
    }
}
