/// Background work: what was asked, by whom, how far it is, and what came of it.
///
/// Takes a wish; gives its progress and result. Invariants: a job is seen by who asked; its state moves forward only.
@NullMarked
package xiaxiang.core.job;

import org.jspecify.annotations.NullMarked;
