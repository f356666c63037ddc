package xiaxiang.app.flow;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.DatabaseAddress;

/// A server's jobs in a JVM of their own, which a test kills.
final class RunnerMain {
    private RunnerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Database database = Database.open(new DatabaseAddress(arguments[0], arguments[1], arguments[2]), 5);
        JobRunner runner = new JobRunner(database, Path.of(arguments[3]), new JobEvents(),
                List.of(new PlanInBackground(database, (_, _, _, _, folder) -> TestServer.demoFacts(folder), new ChildProgram(1024, Duration.ofSeconds(60)))));
        runner.start();
        Thread.sleep(120_000);
        runner.close();
    }
}
