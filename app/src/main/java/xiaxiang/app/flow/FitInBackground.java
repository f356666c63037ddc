package xiaxiang.app.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.Scope;
import xiaxiang.core.db.Territory;
import xiaxiang.core.demand.DemandFit;
import xiaxiang.core.demand.DemandStore;
import xiaxiang.core.job.Job;
import xiaxiang.core.job.JobStore;
import xiaxiang.core.rollout.ScenarioFile;
import xiaxiang.core.rollout.StoredScenario;

/// BELIEF in the background: fits a place's coefficients to its answers and sell-out in a process of its own, under the settings of one of its scenarios.
public final class FitInBackground implements JobWork {
    /// The job's message where there are too few answers to fit to, and none were to be made up.
    public static final String TOO_FEW = "fit.too_few";

    private static final Duration AT_MOST = Duration.ofHours(2);
    private static final int BAD_INPUT = 2;
    private static final String SUMMARY = "fit.json";

    private final Database database;
    private final JobWorkspace workspaces;
    private final ChildProgram child;

    /// `facts` writes snapshots, `child` runs the fit.
    public FitInBackground(Database database, SnapshotWriter facts, ChildProgram child) {
        this.database = database;
        this.child = child;
        workspaces = new JobWorkspace(database, facts);
    }

    /// Asks for a fit of a scenario's place, in the caller's transaction; wake the runner after it. With `seed`, answers and sell-out are made up from it and marked synthetic.
    public static JobStore.Asked ask(Handle handle, Scope scope, StoredScenario scenario, @Nullable Long seed, String language) {
        ObjectNode asked = JsonMapper.shared().createObjectNode().put("place", scenario.place()).put("scenario", scenario.id()).put("seed", seed).put("language", language);
        asked.set("body", scenario.body());
        return JobStore.ask(handle, scope, Job.Kind.FIT, scenario.path(), asked);
    }

    @Override
    public Job.Kind kind() {
        return Job.Kind.FIT;
    }

    @Override
    public Ended run(Job job, Course course) throws IOException, InterruptedException {
        String place = job.asked().path("place").asString();
        boolean made = job.asked().hasNonNull("seed");
        if (!made && database.as(course.scope(), handle -> DemandStore.answers(handle, Territory.entered(handle), place)) < DemandFit.FEWEST_ANSWERS) return Ended.failed(TOO_FEW);
        course.at(Job.Progress.of("snapshot"));
        Path workspace = workspaces.write(course.scope(), place, job.asked().path("body"), false, course.folder());
        Path out = course.folder().resolve("fit");
        List<String> command = new ArrayList<>(List.of("demand", "fit", workspace.toString(), "--out", out.toString(), "--progress", "--quiet", "--lang", job.asked().path("language").asString("zh")));
        if (made) command.addAll(List.of("--synthesize", job.asked().path("seed").asString()));
        ChildProgram.Ended ended = child.run(command, course::at, course::cancelled, AT_MOST);
        if (ended.stopped()) return course.cancelled() ? Ended.cancelled(null) : Ended.failed(PlanInBackground.TOO_LONG);
        if (ended.code() == BAD_INPUT) return Ended.failed(JobWorkspace.said(ended, workspace));
        if (!Files.exists(out.resolve(SUMMARY))) throw new IOException("The fit ended with " + ended.code() + ": " + ended.said());
        return kept(place, workspace, out, course);
    }

    private Ended kept(String place, Path workspace, Path out, Course course) throws IOException {
        JsonNode summary = JsonMapper.shared().readTree(Files.readAllBytes(out.resolve(SUMMARY)));
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : JobWorkspace.FITTED) files.put(name, Files.readAllBytes(out.resolve(name)));
        files.put(ScenarioFile.NAME, Files.readAllBytes(workspace.resolve(ScenarioFile.NAME)));
        files.put(JobWorkspace.SNAPSHOT, JobWorkspace.packed(workspace));
        long fit = database.as(course.scope(), handle -> DemandStore.add(handle, Territory.entered(handle), place, summary, course.scope().person(), files));
        return Ended.done(JsonMapper.shared().createObjectNode().put("fit", fit));
    }
}
