package org.avatarengine.app.services;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.avatarengine.failure.ServiceException;
import org.avatarengine.reliability.Reliability;
import org.avatarengine.source.SourceException;

/** Opens sources, and retries after temporary faults of a disk or a network volume. */
public final class DiskRetry {
    private DiskRetry() {}

    @FunctionalInterface
    public interface Opening<T> {
        T open() throws SourceException, InterruptedException;
    }

    /** Carries a failure that must not be retried out of the retry loop. */
    private static final class Carried extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Carried(Exception cause) {
            super(cause);
        }
    }

    /**
     * Opens a source, and retries as the policy says.
     *
     * @throws SourceException the last failure, unchanged
     */
    public static <T> T open(Reliability disk, Opening<T> opening) throws SourceException, InterruptedException {
        try {
            return disk.call(() -> {
                try {
                    return opening.open();
                } catch (SourceException e) {
                    if (mayPass(e)) {
                        throw new ServiceException(
                                ServiceException.Reason.UNREACHABLE, String.valueOf(e.getMessage()), null, e);
                    }
                    throw new Carried(e);
                } catch (InterruptedException e) {
                    throw new Carried(e);
                }
            });
        } catch (Carried | ServiceException e) {
            if (e.getCause() instanceof SourceException source) {
                throw source;
            }
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw e;
        }
    }

    /** A retry cannot help where a file is missing or forbidden, or the disk is full. */
    private static boolean mayPass(SourceException e) {
        return e.getCause() instanceof IOException cause
                && !(cause instanceof NoSuchFileException)
                && !(cause instanceof AccessDeniedException)
                && !String.valueOf(cause.getMessage()).contains("No space left");
    }
}
