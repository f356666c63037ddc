package xiaxiang.core.register;

import java.util.List;
import xiaxiang.core.door.Problem;

/// How a change by hand ended. Whatever is not [Done] changed nothing.
public sealed interface Edited<T> {
    /// It was done; `value` is what stands there now.
    record Done<T>(T value) implements Edited<T> {}

    /// What was typed breaks rules: all of them, at once.
    record Wrong<T>(List<Problem> problems) implements Edited<T> {
        public Wrong {
            problems = List.copyOf(problems);
        }
    }

    /// There is none such in the territory.
    record Missing<T>() implements Edited<T> {}

    /// Somebody changed it after the version that was seen.
    record Changed<T>() implements Edited<T> {}

    /// It cannot be done as things stand: `why` is a key of words, `details` what it is about (fields, shops).
    record Barred<T>(String why, List<String> details) implements Edited<T> {
        public Barred {
            details = List.copyOf(details);
        }
    }
}
