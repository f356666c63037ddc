package xiaxiang.app.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.Scope;
import xiaxiang.core.db.Territory;
import xiaxiang.core.door.Columns;
import xiaxiang.core.door.CsvFile;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.job.Job;
import xiaxiang.core.job.JobStore;
import xiaxiang.core.register.FactExport;
import xiaxiang.core.register.FactImport;
import xiaxiang.core.register.ImportStore;

/// FACTS come in: uploaded files are judged in a process of their own, compared with what is known, and applied once somebody says so.
///
/// Each import has a folder (see [JudgeFacts]) until it is applied or a week old. A dry run ends when the difference is told. Both steps are jobs that may be begun anew.
public final class ImportFacts {
    /// The message of a job whose import is refused; the import's problems say why.
    public static final String REFUSED = "import.refused";
    private static final Duration AT_MOST = Duration.ofMinutes(30);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Set<String> NOT_KNOWN = Set.of("visits", "answers");

    private final Database database;
    private final ChildProgram child;
    private final Path home;
    private final Path atlas;
    private final Path figures;

    /// Imports whose folders lie under `home`; `atlas` is the national atlas on this machine, `figures` a workspace whose brands and public figures serve it while the database has none.
    public ImportFacts(Database database, ChildProgram child, Path home, Path atlas, Path figures) {
        this.database = database;
        this.child = child;
        this.home = home;
        this.atlas = atlas;
        this.figures = figures;
    }

    /// A new folder to write uploads into, before there is an import.
    public Path receive() throws IOException {
        Files.createDirectories(home);
        tidy();
        return Files.createTempDirectory(home, "upload");
    }

    /// Whether there is a national atlas on this machine.
    public boolean hasAtlas() {
        return Files.isDirectory(atlas);
    }

    /// Makes an import of a folder of uploads, in the caller's transaction, and asks for its judgement; wake the runner after it.
    public Asked ask(Handle handle, Scope scope, JudgeFacts.Format format, Path uploads, JsonNode files, JsonNode options) throws IOException {
        JobStore.Asked.Full full = JobStore.full(handle, scope.person());
        if (full != null) return new Asked(0, full);
        long id = ImportStore.begin(handle, scope.person(), format.name().toLowerCase(Locale.ROOT), files);
        Path folder = folder(id);
        JobFolders.remove(folder);
        Files.createDirectories(folder);
        Files.move(uploads, folder.resolve("uploads"));
        ObjectNode asked = JsonMapper.shared().createObjectNode().put("import", id).put("format", format.name());
        asked.set("options", options);
        return new Asked(id, JobStore.ask(handle, scope, Job.Kind.IMPORT, "", asked));
    }

    /// The import's number and its job.
    public record Asked(long id, JobStore.Asked job) {}

    /// Asks to apply an import that is ready; null where it is not.
    public static JobStore.@Nullable Asked apply(Handle handle, Scope scope, long id) {
        return apply(handle, scope, id, ImportStore.State.READY);
    }

    private static JobStore.@Nullable Asked apply(Handle handle, Scope scope, long id, ImportStore.State from) {
        JobStore.Asked.Full full = JobStore.full(handle, scope.person());
        if (full != null) return full;
        if (!ImportStore.move(handle, scope.person(), id, from, ImportStore.State.APPLYING)) return null;
        return JobStore.ask(handle, scope, Job.Kind.APPLY, "", JsonMapper.shared().createObjectNode().put("import", id));
    }

    /// Asks to apply an import that was judged just now; false where that must wait, because the person has too many jobs: then it is told what would change. The queue is looked at again within seconds.
    private static boolean goOn(Handle handle, Scope scope, long id) {
        return apply(handle, scope, id, ImportStore.State.JUDGING) instanceof JobStore.Asked.Waiting;
    }

    private Path folder(long id) {
        return home.resolve(Long.toString(id));
    }

    /// Removes what is older than a week.
    private void tidy() throws IOException {
        List<Path> all;
        try (Stream<Path> list = Files.list(home)) {
            all = list.toList();
        }
        long before = System.currentTimeMillis() - KEPT.toMillis();
        for (Path one : all) if (Files.getLastModifiedTime(one).toMillis() < before) JobFolders.remove(one);
    }

    /// The job that judges.
    public JobWork judging() {
        return new Judging();
    }

    /// The job that applies.
    public JobWork applying() {
        return new Applying();
    }

    private final class Judging implements JobWork {
        @Override
        public Job.Kind kind() {
            return Job.Kind.IMPORT;
        }

        @Override
        public Ended run(Job job, Course course) throws IOException, InterruptedException {
            long id = job.asked().path("import").asLong();
            JudgeFacts.Format format = JudgeFacts.Format.valueOf(job.asked().path("format").asString());
            Path folder = folder(id);
            for (String left : List.of("unpacked", "known", "laid", "tables")) JobFolders.remove(folder.resolve(left));
            Files.createDirectory(folder.resolve("known"));
            boolean good = format == JudgeFacts.Format.NATIONAL ? judged(national(folder, job.asked().path("options"), course), course) : uploaded(folder, format, course);
            if (course.cancelled()) return cancelled(course, job, id);
            JsonNode said = JsonMapper.shared().readTree(folder.resolve(JudgeFacts.PROBLEMS));
            // Somebody who wanted no dry run needs no difference told before: the job that applies compares too, and a nation is compared once.
            if (good && job.asked().path("options").path("apply").asBoolean(false) && database.as(course.scope(), handle -> goOn(handle, course.scope(), id))) return Ended.done(result(id));
            if (good) return compare(course, job, id, folder);
            database.as(course.scope(), handle -> {
                ImportStore.judged(handle, job.person(), id, said.path("problems"), said.path("count").asLong(), null);
                return id;
            });
            return Ended.failed(REFUSED);
        }

        private boolean uploaded(Path folder, JudgeFacts.Format format, Course course) throws IOException, InterruptedException {
            List<String> judge = List.of("judge", folder.toString(), "--format", format.name(), "--progress");
            List<String> unpack = new ArrayList<>(judge);
            unpack.add("--unpack");
            if (!judged(unpack, course) || course.cancelled()) return false;
            course.at(Job.Progress.of("known"));
            JsonNode reach = JsonMapper.shared().readTree(folder.resolve(JudgeFacts.REACH));
            database.as(course.scope(), handle -> {
                Territory territory = Territory.entered(handle);
                known(handle, territory, Reach.of(handle, territory, reach), folder.resolve("known"));
                return folder;
            });
            return judged(judge, course);
        }

        private List<String> national(Path folder, JsonNode options, Course course) throws IOException {
            Path known = folder.resolve("known");
            boolean brands = database.as(course.scope(), handle -> {
                known(handle, Territory.entered(handle), null, known);
                return handle.createQuery("SELECT EXISTS (SELECT FROM brand)").mapTo(boolean.class).one();
            });
            List<String> command = new ArrayList<>(List.of("judge", folder.toString(), "--format", "NATIONAL", "--atlas", atlas.toString(), "--figures", (brands ? known : figures).toString(),
                    "--region", options.path("region").asString(""), "--progress"));
            if (options.hasNonNull("seed")) command.addAll(List.of("--synthesize", Long.toString(options.path("seed").asLong()), "--brand", options.path("brand").asString("")));
            return command;
        }

        private boolean judged(List<String> command, Course course) throws IOException, InterruptedException {
            ChildProgram.Ended ended = child.run(command, course::at, course::cancelled, AT_MOST);
            if (ended.code() != 0 && ended.code() != 2 && !ended.stopped()) throw new IOException("The judge ended with " + ended.code() + ": " + ended.said());
            return ended.code() == 0;
        }

        private Ended compare(Course course, Job job, long id, Path folder) {
            FactImport.Difference found = database.as(course.scope(), handle -> new FactImport(Facts.TABLES).compare(handle, Territory.entered(handle), folder.resolve("tables"), watch(course)));
            return told(course, job, id, folder, found);
        }

        private Ended cancelled(Course course, Job job, long id) {
            database.as(course.scope(), handle -> ImportStore.move(handle, job.person(), id, ImportStore.State.JUDGING, ImportStore.State.FAILED));
            return Ended.cancelled(null);
        }

        @Override
        public void gaveUp(Handle handle, Job job, Job.State state, String why) {
            ImportStore.move(handle, job.person(), job.asked().path("import").asLong(), ImportStore.State.JUDGING, ImportStore.State.FAILED);
        }
    }

    /// Notes the difference; refused where rows lie outside the territory.
    private JobWork.Ended told(JobWork.Course course, Job job, long id, Path folder, FactImport.Difference found) {
        ArrayNode problems = JsonMapper.shared().createArrayNode();
        for (Problem one : located(found.problems(), folder)) problems.add(JsonMapper.shared().valueToTree(JudgeFacts.said(one)));
        database.as(course.scope(), handle -> {
            ImportStore.judged(handle, job.person(), id, problems, found.problems().count(), found.problems().isEmpty() ? found : null);
            return id;
        });
        return found.problems().isEmpty() ? JobWork.Ended.done(result(id)) : JobWork.Ended.failed(REFUSED);
    }

    private static JsonNode result(long id) {
        return JsonMapper.shared().createObjectNode().put("import", id);
    }

    /// The problems with the row of the uploaded file that holds the value.
    private static List<Problem> located(Problems problems, Path folder) {
        List<Problem> out = new ArrayList<>();
        var rows = new java.util.HashMap<String, Long>();
        for (Problem one : problems.list()) {
            String table = one.file().replaceAll("\\.csv$", "");
            if (rows.putIfAbsent(table, 0L) == null) {
                for (String column : problems.list().stream().filter(p -> p.file().equals(one.file())).map(Problem::column).distinct().toList())
                    CsvFile.read(folder.resolve("laid"), table, Columns.of(column).ignoringOthers(), new Problems(), row -> rows.putIfAbsent(table + "/" + column + "/" + row.text(column), row.line()));
            }
            out.add(new Problem(one.file(), rows.getOrDefault(table + "/" + one.column() + "/" + one.value(), 0L), one.column(), one.value(), one.rule(), one.detail()));
        }
        return out;
    }

    private static FactImport.Watch watch(JobWork.Course course) {
        return (stage, done, total) -> {
            course.at(new Job.Progress(stage, done, total, null, null));
            if (course.cancelled()) throw new CancellationException();
        };
    }

    /// What is known where the upload reaches (null: brands and figures only).
    private static void known(Handle handle, Territory territory, @Nullable String reach, Path folder) throws IOException {
        Set<String> without = reach == null ? Set.of("divisions", "people", "shops", "sites", "visits", "answers", "sellout") : NOT_KNOWN;
        // A path no place has: a reach of nothing has no boundaries either.
        Snapshot.write(handle, territory, new FactExport.Part(reach == null ? "-/" : reach, true), without, folder);
    }

    private final class Applying implements JobWork {
        @Override
        public Job.Kind kind() {
            return Job.Kind.APPLY;
        }

        @Override
        public Ended run(Job job, Course course) throws IOException {
            long id = job.asked().path("import").asLong();
            Path folder = folder(id);
            // A server that died after the import was applied and before it ended the job.
            ImportStore.Import now = database.as(course.scope(), handle -> ImportStore.find(handle, job.person(), false, id));
            if (now == null || now.state() == ImportStore.State.FAILED) return Ended.failed(JobRunner.FAULT);
            if (now.state() == ImportStore.State.APPLIED) return Ended.done(result(id));
            FactImport.Difference found;
            try {
                found = database.as(course.scope(), handle -> {
                    FactImport.Difference difference = new FactImport(Facts.TABLES).apply(handle, Territory.entered(handle), folder.resolve("tables"), id, watch(course));
                    if (difference.problems().isEmpty()) {
                        ImportStore.judged(handle, job.person(), id, JsonMapper.shared().createArrayNode(), 0, difference);
                        ImportStore.move(handle, job.person(), id, ImportStore.State.READY, ImportStore.State.APPLIED);
                    }
                    return difference;
                });
            } catch (CancellationException stopped) {
                database.as(course.scope(), handle -> ImportStore.move(handle, job.person(), id, ImportStore.State.APPLYING, ImportStore.State.READY));
                return Ended.cancelled(null);
            }
            if (!found.problems().isEmpty()) return told(course, job, id, folder, found);
            JobFolders.remove(folder);
            return Ended.done(result(id));
        }

        @Override
        public void gaveUp(Handle handle, Job job, Job.State state, String why) {
            ImportStore.move(handle, job.person(), job.asked().path("import").asLong(), ImportStore.State.APPLYING, state == Job.State.CANCELLED ? ImportStore.State.READY : ImportStore.State.FAILED);
        }
    }
}
