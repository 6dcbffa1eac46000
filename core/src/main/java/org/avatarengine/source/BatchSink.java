package org.avatarengine.source;

/** Receives what a source reads. */
@FunctionalInterface
public interface BatchSink {
    /**
     * Takes the next batch.
     *
     * @return whether to go on reading
     * @throws InterruptedException when the receiver was interrupted while it waited
     */
    boolean accept(Batch batch) throws InterruptedException;
}
