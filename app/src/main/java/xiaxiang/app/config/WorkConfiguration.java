package xiaxiang.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import xiaxiang.app.flow.ChildProgram;
import xiaxiang.app.flow.FitInBackground;
import xiaxiang.app.flow.ImportFacts;
import xiaxiang.app.flow.JobEvents;
import xiaxiang.app.flow.JobRunner;
import xiaxiang.app.flow.JobWork;
import xiaxiang.app.flow.PlanInBackground;
import xiaxiang.app.flow.Snapshot;
import xiaxiang.app.flow.SnapshotWriter;
import xiaxiang.core.db.Database;

/// Background work: what there is to do, who does it, and the heaps of the processes it is done in.
@Configuration(proxyBeanMethods = false)
class WorkConfiguration {
    /// A nation is judged in 4 GiB, a province planned in 2.
    private static final int HEAP_MIB = 4_096;
    /// A province's planner needs more than a minute to write the best it has.
    private static final Duration GRACE = Duration.ofMinutes(2);

    @Bean
    ChildProgram child() {
        return new ChildProgram(HEAP_MIB, GRACE);
    }

    @Bean
    SnapshotWriter snapshot() {
        return new Snapshot();
    }

    @Bean(destroyMethod = "")
    JobEvents events() {
        return new JobEvents();
    }

    @Bean
    ImportFacts imports(Database database, ChildProgram child, ServerSettings settings) {
        String home = System.getProperty("xiaxiang.home", "");
        return new ImportFacts(database, child, settings.data().resolve("imports"), settings.data().resolve("atlas"), Path.of(home).resolve("demo/yichuan").toAbsolutePath());
    }

    @Bean
    JobWork judging(ImportFacts imports) {
        return imports.judging();
    }

    @Bean
    JobWork applying(ImportFacts imports) {
        return imports.applying();
    }

    @Bean
    JobWork planning(Database database, SnapshotWriter facts, ChildProgram child) {
        return new PlanInBackground(database, facts, child);
    }

    @Bean
    JobWork fitting(Database database, SnapshotWriter facts, ChildProgram child) {
        return new FitInBackground(database, facts, child);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    IdleMemory idleMemory() {
        return new IdleMemory();
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    JobRunner jobs(Database database, ServerSettings settings, JobEvents events, List<JobWork> works) {
        return new JobRunner(database, settings.data().resolve("jobs"), events, works);
    }
}
