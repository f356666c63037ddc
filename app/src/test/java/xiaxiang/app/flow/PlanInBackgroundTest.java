package xiaxiang.app.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.Scope;
import xiaxiang.core.db.Territory;
import xiaxiang.core.door.Problem;
import xiaxiang.core.job.Job;
import xiaxiang.core.job.JobStore;
import xiaxiang.core.rollout.PlanComparison;
import xiaxiang.core.rollout.PlanStore;
import xiaxiang.core.rollout.ScenarioBody;
import xiaxiang.core.rollout.ScenarioStore;
import xiaxiang.core.rollout.StoredPlan;
import xiaxiang.core.rollout.StoredScenario;

/// Plans made in the background on a real PostgreSQL, by real processes.
class PlanInBackgroundTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final TestServer SERVER = TestServer.get();
    private static final Database DATABASE = SERVER.database();
    @TempDir
    private static Path temp;
    private static JobEvents events = new JobEvents();
    private static JobRunner runner = runner(Path.of(""));
    private static Scope planner = new Scope(0, "");

    private static JobRunner runner(Path folder) {
        events = new JobEvents();
        return new JobRunner(DATABASE, folder, events, List.of(new PlanInBackground(DATABASE, (_, _, _, _, into) -> TestServer.demoFacts(into), new ChildProgram(1024, Duration.ofSeconds(60)))));
    }

    @BeforeAll
    static void start() {
        planner = SERVER.person("planner-flow", "planner", "410329");
        runner = runner(temp.resolve("jobs"));
        runner.start();
    }

    @AfterAll
    static void stop() {
        runner.close();
    }

    /// The demo's scenario; `changes` as JSON.
    private static StoredScenario scenario(Scope scope, String changes) {
        ObjectNode body = ScenarioBody.with(json("""
                {"brand": "Xiaomi", "publicShares": {"place": "CN", "table": "Counterpoint", "period": "2017Q1"}, "budgetFen": 80000000, "runningCapFen": 60000000,
                 "waves": [{"label": "2017Q2", "budgetFen": 20000000}, {"label": "2017Q3", "budgetFen": 20000000}, {"label": "2017Q4", "budgetFen": 20000000}, {"label": "2018Q1", "budgetFen": 20000000}],
                 "synthesizeSeed": 7, "draws": 50}"""), json(changes));
        ScenarioStore.Kept kept = DATABASE.as(scope, handle -> ScenarioStore.add(handle, Territory.entered(handle), scope.person(), new ScenarioStore.Wish("伊川一案", "", "410329", body)));
        return ((ScenarioStore.Kept.Done) kept).scenario();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static Job ask(StoredScenario scenario) {
        JobStore.Asked asked = DATABASE.as(planner, handle -> PlanInBackground.ask(handle, planner, scenario, new PlanStore.Limits(null, null), "en"));
        runner.wake();
        return ((JobStore.Asked.Waiting) asked).job();
    }

    private static Job await(long id, Predicate<Job> until) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            Job job = DATABASE.as(planner, handle -> JobStore.find(handle, planner.person(), id));
            if (job != null && (until.test(job) || job.state().isEnd())) return job;
            Thread.sleep(50);
        }
        throw new AssertionError("Job " + id + " took longer than " + PATIENCE);
    }

    private static StoredPlan plan(Job job) {
        StoredPlan plan = DATABASE.as(planner, handle -> PlanStore.find(handle, Territory.entered(handle), job.asked().path("plan").asLong()));
        if (plan == null) throw new AssertionError("no plan of " + job);
        return plan;
    }

    private static byte[] file(StoredPlan plan, String name) {
        byte[] content = DATABASE.as(planner, handle -> PlanStore.file(handle, Territory.entered(handle), plan.id(), name));
        if (content == null) throw new AssertionError("no " + name);
        return content;
    }

    private static PlanProof proof(StoredPlan plan) {
        PlanProof proof = DATABASE.as(planner, handle -> PlanInBackground.verify(handle, Territory.entered(handle), plan.id()));
        if (proof == null) throw new AssertionError("nothing kept of " + plan);
        return proof;
    }

    @Test
    void thePlanIsTheCommandLinesOwn() throws IOException, InterruptedException {
        Job job = await(ask(scenario(planner, "{}")).id(), _ -> false);
        assertThat(job.state()).as(job.message()).isEqualTo(Job.State.DONE);
        StoredPlan plan = plan(job);
        assertThat(plan.state()).isEqualTo(StoredPlan.State.DRAFT);
        assertThat(job.progress().lower()).as("the bounds stand to the end").isPositive();
        Path made = temp.resolve("demo");
        ChildProgram.Ended ended = new ChildProgram(1024, Duration.ofSeconds(5)).run(List.of("demo", "--out", made.toString(), "--quiet"), _ -> {}, () -> false, PATIENCE);
        assertThat(ended.code()).as(ended.said()).isZero();
        for (String name : List.of("problem.bin.gz", "certificate.bin.gz", "plan.csv")) assertThat(file(plan, name)).as(name).isEqualTo(Files.readAllBytes(made.resolve(name)));
        ObjectNode kept = (ObjectNode) JsonMapper.shared().readTree(file(plan, "plan.json"));
        ObjectNode demo = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(made.resolve("plan.json")));
        assertThat(kept.path("made").path("command").asString()).isEqualTo("xiaxiang plan 410329");
        assertThat(kept.remove(List.of("made"))).isEqualTo(demo.remove(List.of("made")));
        assertThat(proof(plan)).isInstanceOf(PlanProof.Proven.class);
        assertThat(new String(file(plan, "index.html"), java.nio.charset.StandardCharsets.UTF_8)).contains("Content-Security-Policy");
        assertThat(temp.resolve("jobs").resolve(Long.toString(job.id()))).doesNotExist();
    }

    @Test
    void aPlanStoppedHalfWayKeepsTheBestSoFarWithItsCertificate() throws InterruptedException {
        Job job = ask(scenario(planner, "{\"draws\": 1000}"));
        try (JobEvents.Watch watch = Objects.requireNonNull(events.watch(job.id()))) {
            Job seen = await(job.id(), j -> j.progress().stage().equals("draws"));
            assertThat(seen.progress().upper()).isNotNull();
            runner.cancel(planner, job.id());
            Job ended = await(job.id(), _ -> false);
            assertThat(ended.state()).as(ended.message()).isEqualTo(Job.State.CANCELLED);
            Job last = null;
            for (Job next = watch.next(Duration.ofSeconds(5)); next != null && last == null; next = watch.next(Duration.ofSeconds(5))) if (next.state().isEnd()) last = next;
            assertThat(last).isNotNull();
        }
        StoredPlan plan = plan(job);
        assertThat(plan.state()).as(plan.why()).isEqualTo(StoredPlan.State.DRAFT);
        assertThat(Objects.requireNonNull(plan.summary()).path(PlanInBackground.STOPPED).asBoolean()).isTrue();
        assertThat(proof(plan)).isInstanceOf(PlanProof.Proven.class);
    }

    @Test
    void aJobOfAKilledServerIsTakenUpAgain() throws IOException, InterruptedException {
        runner.close();
        Job job = ask(scenario(planner, "{\"draws\": 150}"));
        Process server = server();
        try {
            Job running = await(job.id(), j -> j.progress().stage().equals("draws"));
            assertThat(running.state()).isEqualTo(Job.State.RUNNING);
            List<ProcessHandle> children = server.descendants().toList();
            assertThat(children).isNotEmpty();
            server.destroyForcibly().waitFor();
            for (ProcessHandle child : children) child.onExit().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
        } finally {
            server.destroyForcibly();
            runner = runner(temp.resolve("jobs"));
            runner.start();
        }
        Job ended = await(job.id(), _ -> false);
        assertThat(ended.state()).as(ended.message()).isEqualTo(Job.State.DONE);
        assertThat(ended.attempts()).isEqualTo(2);
        assertThat(plan(job).state()).isEqualTo(StoredPlan.State.DRAFT);
    }

    private static Process server() throws IOException {
        String user = SERVER.address().user();
        String password = SERVER.address().password();
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dxiaxiang.home=" + System.getProperty("xiaxiang.home"),
                "-cp", System.getProperty("java.class.path"), RunnerMain.class.getName(), SERVER.address().jdbcUrl(), user == null ? "" : user, password == null ? "" : password,
                temp.resolve("jobs").toString()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    @Test
    void aStoppedServerPutsItsJobBack() throws InterruptedException {
        Job job = ask(scenario(planner, "{\"draws\": 150}"));
        await(job.id(), j -> j.progress().stage().equals("draws"));
        runner.close();
        Job back = Objects.requireNonNull(DATABASE.<@Nullable Job, RuntimeException>as(planner, handle -> JobStore.find(handle, planner.person(), job.id())));
        runner = runner(temp.resolve("jobs"));
        runner.start();
        assertThat(back.state()).isEqualTo(Job.State.WAITING);
        Job ended = await(job.id(), _ -> false);
        assertThat(ended.state()).as(ended.message()).isEqualTo(Job.State.DONE);
        assertThat(ended.attempts()).isEqualTo(1);
    }

    @Test
    void nobodyFillsTheQueue() {
        Scope greedy = SERVER.person("greedy", "planner", "410329");
        StoredScenario scenario = scenario(greedy, "{}");
        DATABASE.as(greedy, handle -> {
            for (int k = 0; k < JobStore.MOST_OF_ONE; k++)
                assertThat(PlanInBackground.ask(handle, greedy, scenario, new PlanStore.Limits(null, null), "en")).isInstanceOf(JobStore.Asked.Waiting.class);
            assertThat(PlanInBackground.ask(handle, greedy, scenario, new PlanStore.Limits(null, null), "en")).isEqualTo(new JobStore.Asked.Full(JobStore.MOST_OF_ONE));
            handle.rollback();
            return 0;
        });
    }

    @Test
    void aWaitingJobIsCancelledAtOnceWithItsPlan() {
        runner.close();
        try {
            Job job = ask(scenario(planner, "{}"));
            Job cancelled = Objects.requireNonNull(runner.cancel(planner, job.id()));
            assertThat(cancelled.state()).isEqualTo(Job.State.CANCELLED);
            assertThat(plan(job).state()).isEqualTo(StoredPlan.State.FAILED);
        } finally {
            runner = runner(temp.resolve("jobs"));
            runner.start();
        }
    }

    @Test
    void aDisabledPersonsJobIsAbandoned() throws InterruptedException {
        Scope gone = SERVER.person("gone", "planner", "410329");
        StoredScenario scenario = scenario(gone, "{}");
        JobStore.Asked asked = DATABASE.as(gone, handle -> PlanInBackground.ask(handle, gone, scenario, new PlanStore.Limits(null, null), "en"));
        long id = ((JobStore.Asked.Waiting) asked).job().id();
        SERVER.owner("UPDATE person SET disabled_at = now() WHERE login = 'gone'");
        runner.wake();
        StoredPlan plan = plan(((JobStore.Asked.Waiting) asked).job());
        for (int k = 0; k < 200 && plan.state() == StoredPlan.State.PLANNING; k++) {
            Thread.sleep(50);
            plan = plan(((JobStore.Asked.Waiting) asked).job());
        }
        assertThat(plan.state()).as("of job " + id).isIn(StoredPlan.State.FAILED, StoredPlan.State.DRAFT);
    }

    @Test
    void aLockThatDoesNotExistFailsWithTheReason() throws InterruptedException {
        Job job = await(ask(scenario(planner, "{\"require\": [\"no-such-site\"]}")).id(), _ -> false);
        assertThat(job.state()).isEqualTo(Job.State.FAILED);
        assertThat(job.message()).contains("no-such-site");
        assertThat(plan(job).state()).isEqualTo(StoredPlan.State.FAILED);
        assertThat(plan(job).why()).contains("no-such-site");
    }

    @Test
    void anApprovedPlanIsFrozenBySqlToo() throws InterruptedException {
        Job job = await(ask(scenario(planner, "{\"draws\": 0}")).id(), _ -> false);
        assertThat(job.state()).as(job.message()).isEqualTo(Job.State.DONE);
        long id = plan(job).id();
        Scope finance = SERVER.person("finance-flow", "finance", "410329");
        assertThatThrownBy(() -> DATABASE.as(planner, handle -> PlanStore.approve(handle, Territory.entered(handle), id, planner.person(), ""))).hasMessageContaining("not allowed");
        StoredPlan approved = Objects.requireNonNull(DATABASE.<@Nullable StoredPlan, RuntimeException>as(finance, handle -> PlanStore.approve(handle, Territory.entered(handle), id, finance.person(), "go")));
        assertThat(approved.state()).isEqualTo(StoredPlan.State.APPROVED);
        for (String sql : List.of("UPDATE plan SET approval_note = 'no' WHERE id = " + id, "UPDATE plan SET state = 'draft' WHERE id = " + id, "UPDATE plan SET summary = '{}' WHERE id = " + id)) {
            assertThatThrownBy(() -> DATABASE.as(finance, handle -> handle.execute(sql))).as(sql).hasMessageMatching("(?s).*(written once|not allowed).*");
            assertThatThrownBy(() -> SERVER.owner(sql)).as("owner: " + sql).hasMessageContaining("written once");
        }
        assertThatThrownBy(() -> SERVER.owner("UPDATE plan_file SET content = '' WHERE plan = " + id)).hasMessageContaining("never changed");
        assertThatThrownBy(() -> DATABASE.as(planner, handle -> {
            PlanStore.addFile(handle, id, "more", new byte[1]);
            return 0;
        })).hasMessageContaining("row-level security");
    }

    @Test
    void nothingOfASiblingCountyIsSeen() {
        Scope sibling = SERVER.person("sibling", "planner", "410328");
        StoredScenario mine = scenario(planner, "{}");
        DATABASE.as(sibling, handle -> {
            assertThat(ScenarioStore.find(handle, Territory.entered(handle), mine.id())).isNull();
            assertThat(ScenarioStore.find(handle, Territory.everywhere(), mine.id())).as("by row-level security alone").isNull();
            assertThat(ScenarioStore.list(handle, Territory.everywhere(), null, Long.MAX_VALUE, 10)).isEmpty();
            assertThat(ScenarioStore.copy(handle, Territory.entered(handle), sibling.person(), mine.id(), json("{}"))).isEqualTo(new ScenarioStore.Kept.None());
            return 0;
        });
        Scope everywhere = SERVER.person("everywhere", "planner", null);
        List<StoredScenario> seen = DATABASE.as(everywhere, handle -> ScenarioStore.list(handle, Territory.place("4103/410328/"), null, Long.MAX_VALUE, 10));
        assertThat(seen).as("by the application's check alone").isEmpty();
    }

    @Test
    void everythingWrongWithAScenarioIsSaidAtOnceByField() {
        JsonNode body = json("""
                {"brand": "Nobody", "publicShares": {"place": "CN", "table": "Counterpoint", "period": "2017Q1"}, "budgetFen": -1, "runningCapFen": 6.5, "waves": [{"label": "", "budgetFen": 3}],
                 "colour": "red", "budget_fen": 3, "require": ["x"], "coefficients": {"DISTANCE": 99}}""");
        ScenarioStore.Kept kept = DATABASE.as(planner, handle -> ScenarioStore.add(handle, Territory.entered(handle), planner.person(), new ScenarioStore.Wish("", "", "410328", body)));
        List<Problem> problems = ((ScenarioStore.Kept.Wrong) kept).problems();
        assertThat(problems).extracting(ScenarioBody::field).contains("name", "place", "brand", "budgetFen", "runningCapFen", "waves[0].label", "colour", "require", "coefficients.DISTANCE");
    }

    @Test
    void twoPlansAreComparedByWhatTheyDo() {
        JsonNode a = json("""
                {"costFen": 5, "netUnits": {"value": 30}, "sites": [{"id": "x", "action": "open", "wave": 1, "netUnits": 20.0}, {"id": "y", "action": "sign", "wave": 2, "netUnits": 10.0}, {"id": "k", "action": "keep"}]}""");
        JsonNode b = json("""
                {"costFen": 7, "netUnits": {"value": 33}, "sites": [{"id": "k", "action": "close", "wave": 1}, {"id": "x", "action": "sign", "wave": 3, "netUnits": 12.0}]}""");
        PlanComparison compared = PlanComparison.of(a, b);
        assertThat(compared.onlyA()).extracting(s -> s.path("id").asString()).containsExactly("y");
        assertThat(compared.onlyB()).extracting(s -> s.path("id").asString()).containsExactly("k");
        assertThat(compared.both()).singleElement().satisfies(s -> assertThat(List.of(s.site().path("action").asString(), s.other().path("action").asString(), s.netA(), s.netB())).isEqualTo(List.of("open", "sign", 20.0, 12.0)));
        assertThat(compared.answers().get("costFen")).isEqualTo(new PlanComparison.Figure(json("5"), json("7")));
    }
}
