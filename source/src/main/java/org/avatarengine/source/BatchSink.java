package org.avatarengine.source;

/** Receives the events of a source. */
@FunctionalInterface
public interface BatchSink {
    /**
     * Receives the next batch.
     *
     * @return whether to continue reading
     * @throws InterruptedException when the receiver was interrupted while it waited
     */
    boolean accept(Batch batch) throws InterruptedException;
}
