package org.avatarengine.page;

import java.util.List;
import org.avatarengine.job.Job;

/** Runs a command of the program as a job. */
@FunctionalInterface
public interface CommandRunner {
    /**
     * Runs the command until it finishes or the job is cancelled.
     *
     * @return whether the command succeeded
     */
    boolean run(List<String> arguments, Job job);
}
