package org.avatarengine.graph;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.event.TransactionData;
import org.neo4j.graphdb.event.TransactionEventListener;

/**
 * Lets transactions be stored one beside the other, or, while it is shut, none: whoever wants to commit waits. Those who
 * come over Bolt pass it, too.
 */
final class CommitGate implements TransactionEventListener<Boolean> {
    /** More than can ever commit at once. */
    private static final int ALL = 1 << 20;

    private final Semaphore passes = new Semaphore(ALL, true);

    /** Waits until nobody commits, and lets nobody begin until {@link #open}. */
    void shut() {
        passes.acquireUninterruptibly(ALL);
    }

    void open() {
        passes.release(ALL);
    }

    /** Begins something that must not be under way while the gate is shut. */
    void enter() {
        passes.acquireUninterruptibly();
    }

    void leave() {
        passes.release();
    }

    @Override
    public Boolean beforeCommit(TransactionData data, Transaction transaction, GraphDatabaseService service) {
        enter();
        return true;
    }

    @Override
    public void afterCommit(TransactionData data, Boolean entered, GraphDatabaseService service) {
        leave();
    }

    @Override
    public void afterRollback(TransactionData data, @Nullable Boolean entered, GraphDatabaseService service) {
        if (entered != null) {
            leave();
        }
    }
}
