package xiaxiang.app.flow;

import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import xiaxiang.core.db.Scope;
import xiaxiang.core.job.Job;

/// What one kind of job does. It may be begun anew where the server died in the middle: then it must come to the same end.
public interface JobWork {
    /// The kind it does.
    Job.Kind kind();

    /// Does the job, on its person's behalf and within their territory. What it throws is a failure of the program: logged, and told to the person without detail.
    Ended run(Job job, Course course) throws Exception;

    /// The job ends without [#run] having ended it (cancelled while it waited, or failed): what it was to bring is marked so, in the transaction that ends the job.
    default void gaveUp(Handle handle, Job job, Job.State state, String why) {}

    /// How a job ended. `message` is for the person, a key of the message bundle or plain text; blank where all is well.
    record Ended(Job.State state, String message, @Nullable JsonNode result) {
        /// It did what it should.
        public static Ended done(JsonNode result) {
            return new Ended(Job.State.DONE, "", result);
        }

        /// It cannot be done, and `message` says why.
        public static Ended failed(String message) {
            return new Ended(Job.State.FAILED, message, null);
        }

        /// Somebody stopped it; `result` is what there was by then.
        public static Ended cancelled(@Nullable JsonNode result) {
            return new Ended(Job.State.CANCELLED, "", result);
        }
    }

    /// What a running job is given.
    interface Course {
        /// On whose behalf.
        Scope scope();

        /// A folder of its own, empty at first; removed when it is done, a day later where it failed.
        Path folder();

        /// Says how far it is; call it as often as you like.
        void at(Job.Progress progress);

        /// Whether to stop now; cheap.
        boolean cancelled();
    }
}
