package org.avatarengine.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Tells a command whether the user wants it to end. */
abstract class Interruption implements AutoCloseable {
    /** Whether the user wants the command to end. */
    abstract boolean wanted();

    @Override
    public abstract void close();

    /** The user presses Ctrl-C. */
    static Interruption byControlC() {
        return new ControlC();
    }

    /** The user ends it in another way. */
    static Interruption by(BooleanSupplier wanted) {
        return new Interruption() {
            @Override
            boolean wanted() {
                return wanted.getAsBoolean();
            }

            @Override
            public void close() {
                // Nothing was opened.
            }
        };
    }

    /**
     * Lets Ctrl-C end a command between two batches: the process waits until the command has stored what it holds and
     * closed its files. A second Ctrl-C is not waited for by the shell, and does no harm: all stores survive a kill.
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
                    System.err.println("avatar: gave up waiting for the running batch");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        boolean wanted() {
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
