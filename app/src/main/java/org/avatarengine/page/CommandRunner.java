package org.avatarengine.page;

import java.util.List;
import org.avatarengine.job.Job;

/** Runs a command of the program as a job. */
@FunctionalInterface
public interface CommandRunner {
    /**
     * Runs it to its end, or until the job is cancelled.
     *
     * @return whether it did what it was asked
     */
    boolean run(List<String> arguments, Job job);
}
