package xiaxiang.app.flow;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.Scope;
import xiaxiang.core.db.Territory;
import xiaxiang.core.demand.DemandStore;
import xiaxiang.core.demand.StoredFit;
import xiaxiang.core.rollout.ScenarioBody;
import xiaxiang.core.rollout.ScenarioFile;

/// The workspace a background plan or fit works on: the database's facts of one place as somebody may see them, with a scenario, as files. What is made of it is what the
/// command line makes of the same files.
final class JobWorkspace {
    static final String SNAPSHOT = "snapshot.zip";
    /// What a fit leaves, and a plan reads.
    static final List<String> FITTED = List.of("coefficients.csv", "coefficient_covariance.csv");

    private final Database database;
    private final SnapshotWriter facts;

    JobWorkspace(Database database, SnapshotWriter facts) {
        this.database = database;
        this.facts = facts;
    }

    /// Writes the workspace of a place and a scenario's body into a new folder of that place's name below `parent`; with the coefficients in force there, if `fitted`.
    Path write(Scope scope, String place, JsonNode body, boolean fitted, Path parent) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(place));
        return database.as(scope, handle -> {
            Territory territory = Territory.entered(handle);
            facts.write(handle, territory, place, !body.hasNonNull("synthesizeSeed"), folder);
            String yaml = scenario(handle, territory, place, body);
            Files.writeString(folder.resolve(ScenarioFile.NAME), yaml);
            StoredFit fit = fitted ? DemandStore.inForce(handle, territory, place) : null;
            if (fit != null) for (Map.Entry<String, byte[]> file : DemandStore.files(handle, fit).entrySet()) if (FITTED.contains(file.getKey())) Files.write(folder.resolve(file.getKey()), file.getValue());
            return folder;
        });
    }

    private static String scenario(Handle handle, Territory territory, String place, JsonNode body) {
        return handle.createQuery("SELECT p.name, p.name_en FROM place p WHERE p.code = :place AND " + Territory.insideSql("p")).bindMap(territory.binds()).bind("place", place)
                .map((row, _) -> ScenarioBody.yaml(body, place, row.getString("name"), row.getString("name_en"))).one();
    }

    /// What a child said of a workspace, without where on this machine it lies.
    static String said(ChildProgram.Ended ended, Path workspace) {
        return ended.said().replace(workspace.toString(), String.valueOf(workspace.getFileName()));
    }

    /// A workspace's files in one zip; same files, same bytes.
    static byte[] packed(Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(bytes)); Stream<Path> list = Files.list(folder)) {
            for (Path file : list.filter(Files::isRegularFile).sorted().toList()) pack(file, zip);
        }
        return bytes.toByteArray();
    }

    private static void pack(Path file, ZipOutputStream zip) throws IOException {
        ZipEntry entry = new ZipEntry(String.valueOf(file.getFileName()));
        entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        OutputStream to = zip;
        Files.copy(file, to);
        zip.closeEntry();
    }
}
