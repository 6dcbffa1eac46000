package org.avatarengine.progress;

/** Is told how far a long task has come. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = (stage, done, total) -> {};

    /**
     * Something was done.
     *
     * @param stage what is being done
     * @param done how much of it
     * @param total out of how much, or -1 when that is not known
     */
    void at(String stage, long done, long total);
}
