package org.avatarengine.app.services;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Tells a command whether the user wants to stop it. */
public abstract class Interruption implements AutoCloseable {
    /** Whether the user wants to stop the command. */
    public abstract boolean wanted();

    @Override
    public abstract void close();

    /** The user stops the command with Ctrl-C. */
    static Interruption byControlC() {
        return new ControlC();
    }

    /** The user stops the command in another way. */
    public static Interruption by(BooleanSupplier wanted) {
        return new Interruption() {
            @Override
            public boolean wanted() {
                return wanted.getAsBoolean();
            }

            @Override
            public void close() {
                // Nothing was opened.
            }
        };
    }

    /**
     * Lets Ctrl-C end a command between two batches: the process waits until the command has stored its current batch
     * and closed its files. A second Ctrl-C ends the wait and does no harm, because all stores survive a kill.
     */
    private static final class ControlC extends Interruption {
        private static final long PATIENCE_SECONDS = 60;

        private final CountDownLatch finished = new CountDownLatch(1);
        private volatile boolean wanted;
        private final Thread hook = new Thread(this::await, "interruption");

        ControlC() {
            Runtime.getRuntime().addShutdownHook(hook);
        }

        private void await() {
            wanted = true;
            try {
                if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    System.err.println("avatar: The running batch did not finish in time and was dropped. Run the"
                            + " same command again to continue.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean wanted() {
            return wanted;
        }

        @Override
        public void close() {
            finished.countDown();
            if (!wanted) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }
}
