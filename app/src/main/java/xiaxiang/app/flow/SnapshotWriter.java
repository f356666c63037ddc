package xiaxiang.app.flow;

import java.io.IOException;
import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import xiaxiang.core.db.Territory;

/// Writes the facts of a place's subtree, as far as the territory reaches, as the files of a workspace. Synthetic shops and sites are left out where a scenario makes them anew from its seed.
@FunctionalInterface
public interface SnapshotWriter {
    /// Writes into a folder that is there and empty, within the handle's transaction.
    void write(Handle handle, Territory territory, String place, boolean withSynthetic, Path folder) throws IOException;
}
