package org.avatarengine.graph;

import org.avatarengine.failure.GraphException;
import org.jspecify.annotations.Nullable;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.event.TransactionData;
import org.neo4j.graphdb.event.TransactionEventListener;

/**
 * Decides who may commit. Usually all transactions may commit concurrently. While the gate is shut, because the files
 * are being copied, commits wait. While the store is being filled offline, only the filling thread may commit. Other
 * commits are refused, because the store they would go to is about to be replaced. Transactions over Bolt follow the
 * same rules.
 *
 * <p>The gate is never shut while the store is being filled, so the filling thread never waits for itself here.
 */
final class CommitGate implements TransactionEventListener<Boolean> {
    private int committing;
    private boolean shut;
    private @Nullable Thread shutBy;
    private boolean filling;
    private @Nullable Thread filledBy;

    /** Waits for running commits and fills, and blocks new ones until {@link #open}. */
    synchronized void shut() {
        boolean interrupted = false;
        while (shut || filling) {
            interrupted |= pause();
        }
        shut = true;
        shutBy = Thread.currentThread();
        while (committing > 0) {
            interrupted |= pause();
        }
        restore(interrupted);
    }

    synchronized void open() {
        shut = false;
        shutBy = null;
        notifyAll();
    }

    /** Waits until the gate is open and no commit is running, and refuses commits until {@link #endFilling}. */
    synchronized void beginFilling() {
        boolean interrupted = false;
        while (shut || filling) {
            interrupted |= pause();
        }
        filling = true;
        while (committing > 0) {
            interrupted |= pause();
        }
        restore(interrupted);
    }

    /** Lets only the current thread commit, to complete the filling. */
    synchronized void letFillerCommit() {
        filledBy = Thread.currentThread();
    }

    /** Ends the filling. Does nothing when none is running. */
    synchronized void endFilling() {
        filling = false;
        filledBy = null;
        notifyAll();
    }

    private synchronized void enter() {
        if (shut && shutBy == Thread.currentThread()) {
            throw new IllegalStateException("the thread that copies the graph cannot change it during the copy");
        }
        boolean interrupted = false;
        while (shut) {
            interrupted |= pause();
        }
        restore(interrupted);
        if (filling && filledBy != Thread.currentThread()) {
            throw new GraphException(
                    "An import is filling the graph. Wait until it has finished, then run the same command again.",
                    null);
        }
        committing++;
    }

    private synchronized void leave() {
        committing--;
        notifyAll();
    }

    /** Waits for a change of state. Returns whether the thread was interrupted. */
    private boolean pause() {
        try {
            wait();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
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
