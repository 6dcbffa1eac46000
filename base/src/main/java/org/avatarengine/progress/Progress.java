package org.avatarengine.progress;

/** Receives the progress of a long task. */
@FunctionalInterface
public interface Progress {
    /** Ignores progress. */
    Progress SILENT = (stage, done, total) -> {};

    /**
     * Reports progress.
     *
     * @param stage the current stage, as shown to the user
     * @param done the amount done
     * @param total the total amount, or -1 when it is unknown
     */
    void at(String stage, long done, long total);
}
