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
import xiaxiang.core.job.Job;
import xiaxiang.core.job.JobStore;
import xiaxiang.core.rollout.PlanStore;
import xiaxiang.core.rollout.ScenarioFile;
import xiaxiang.core.rollout.StoredPlan;
import xiaxiang.core.rollout.StoredScenario;

/// DECISION in the background: a snapshot of the facts, the planner in a process of its own, and the plan kept with its scenario, snapshot, certificate and report, once the verifier
/// has proven it here.
public final class PlanInBackground implements JobWork {
    /// Why a plan failed, beside what the planner itself said: its certificate was refused; it took longer than it may.
    public static final String UNPROVEN = "plan.unproven";
    public static final String TOO_LONG = "plan.too_long";
    /// The files kept with a plan, beside those of its folder.
    public static final String SNAPSHOT = JobWorkspace.SNAPSHOT;

    /// True in the summary of a plan whose search was ended before its end.
    public static final String STOPPED = "stopped";

    private static final Duration AT_MOST = Duration.ofHours(6);
    private static final int BAD_INPUT = 2;
    private static final int INFEASIBLE = 3;
    private static final List<String> FILES = List.of(PlanFiles.JSON, PlanFiles.CSV, PlanFiles.PROBLEM, PlanFiles.CERTIFICATE, PlanFiles.REPORT);
    /// What plan.json holds for each site, and is not an answer.
    private static final List<String> DETAIL = List.of("schema", "sites", "open");

    private final Database database;
    private final JobWorkspace workspaces;
    private final ChildProgram child;

    /// `facts` writes snapshots, `child` runs the planner.
    public PlanInBackground(Database database, SnapshotWriter facts, ChildProgram child) {
        this.database = database;
        this.child = child;
        workspaces = new JobWorkspace(database, facts);
    }

    /// Asks for a plan of a scenario as it stands, in the caller's transaction; wake the runner after it. The job's `asked` names the plan. `language` is that of messages, zh or en.
    public static JobStore.Asked ask(Handle handle, Scope scope, StoredScenario scenario, PlanStore.Limits limits, String language) {
        JobStore.Asked.Full full = JobStore.full(handle, scope.person());
        if (full != null) return full;
        long plan = PlanStore.begin(handle, scenario, scope.person(), limits);
        ObjectNode asked = JsonMapper.shared().createObjectNode().put("plan", plan).put("language", language);
        JobStore.Asked answer = JobStore.ask(handle, scope, Job.Kind.PLAN, scenario.path(), asked);
        if (answer instanceof JobStore.Asked.Waiting(Job job)) PlanStore.doneBy(handle, plan, job.id());
        return answer;
    }

    @Override
    public Job.Kind kind() {
        return Job.Kind.PLAN;
    }

    @Override
    public Ended run(Job job, Course course) throws IOException, InterruptedException {
        long id = job.asked().path("plan").asLong();
        StoredPlan plan = database.as(course.scope(), handle -> PlanStore.find(handle, Territory.entered(handle), id));
        if (plan == null) return Ended.failed(JobRunner.FAULT);
        // A server that died after it kept the plan and before it ended the job.
        if (plan.isPlanned()) return Ended.done(result(id));
        course.at(Job.Progress.of("snapshot"));
        Path workspace = workspaces.write(course.scope(), plan.place(), plan.asked().path("body"), true, course.folder());
        Path out = course.folder().resolve("plan");
        ChildProgram.Ended ended = child.run(command(plan, workspace, out, job.asked().path("language").asString("zh")), course::at, course::cancelled, AT_MOST);
        if (Files.exists(out.resolve(PlanFiles.JSON))) return planned(plan, ended, workspace, out, course);
        if (ended.stopped()) return without(course.scope(), id, course.cancelled() ? JobRunner.CANCELLED : TOO_LONG, course.cancelled());
        return switch (ended.code()) {
            case INFEASIBLE -> {
                database.as(course.scope(), handle -> PlanStore.finish(handle, id, StoredPlan.State.INFEASIBLE, null, ended.said()));
                yield Ended.done(result(id));
            }
            case BAD_INPUT -> Ended.failed(JobWorkspace.said(ended, workspace));
            default -> throw new IOException("The planner ended with " + ended.code() + ": " + ended.said());
        };
    }

    private static List<String> command(StoredPlan plan, Path workspace, Path out, String language) {
        List<String> command = new ArrayList<>(List.of("plan", workspace.toString(), "--out", out.toString(), "--progress", "--quiet", "--lang", language));
        if (plan.asked().hasNonNull("gap")) command.addAll(List.of("--gap", Double.toString(plan.asked().path("gap").asDouble())));
        if (plan.asked().hasNonNull("timeLimitSeconds")) command.addAll(List.of("--time-limit-s", Long.toString(plan.asked().path("timeLimitSeconds").asLong())));
        return command;
    }

    private Ended without(Scope scope, long id, String why, boolean cancelled) {
        if (!cancelled) return Ended.failed(why);
        database.as(scope, handle -> PlanStore.finish(handle, id, StoredPlan.State.FAILED, null, why));
        return Ended.cancelled(result(id));
    }

    private Ended planned(StoredPlan plan, ChildProgram.Ended ended, Path workspace, Path out, Course course) throws IOException {
        course.at(Job.Progress.of("verify"));
        if (!(PlanProof.of(out) instanceof PlanProof.Proven)) return Ended.failed(UNPROVEN);
        course.at(Job.Progress.of("keep"));
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : FILES) files.put(name, Files.readAllBytes(out.resolve(name)));
        files.put(ScenarioFile.NAME, Files.readAllBytes(workspace.resolve(ScenarioFile.NAME)));
        files.put(SNAPSHOT, JobWorkspace.packed(workspace));
        ObjectNode answers = (ObjectNode) PlanFiles.readSummary(out);
        answers.remove(DETAIL);
        if (ended.stopped()) answers.put(STOPPED, true);
        database.as(course.scope(), handle -> {
            files.forEach((name, content) -> PlanStore.addFile(handle, plan.id(), name, content));
            if (!PlanStore.finish(handle, plan.id(), StoredPlan.State.DRAFT, answers, null)) throw new IllegalStateException("Plan " + plan.id() + " had ended.");
            return plan;
        });
        return ended.stopped() && course.cancelled() ? Ended.cancelled(result(plan.id())) : Ended.done(result(plan.id()));
    }

    private static JsonNode result(long plan) {
        return JsonMapper.shared().createObjectNode().put("plan", plan);
    }

    @Override
    public void gaveUp(Handle handle, Job job, Job.State state, String why) {
        PlanStore.finish(handle, job.asked().path("plan").asLong(), StoredPlan.State.FAILED, null, why);
    }

    /// Runs the verifier on what is kept of a plan; null where there is no plan here, or none that was kept.
    public static @Nullable PlanProof verify(Handle handle, Territory territory, long plan) {
        byte[] problem = PlanStore.file(handle, territory, plan, PlanFiles.PROBLEM);
        byte[] certificate = PlanStore.file(handle, territory, plan, PlanFiles.CERTIFICATE);
        byte[] summary = PlanStore.file(handle, territory, plan, PlanFiles.JSON);
        return problem == null || certificate == null || summary == null ? null : PlanProof.of(problem, certificate, summary);
    }
}
