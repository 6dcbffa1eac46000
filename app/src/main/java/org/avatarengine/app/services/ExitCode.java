package org.avatarengine.app.services;

/** The exit codes other than zero. Picocli uses 2 for a wrong command line. */
public final class ExitCode {
    /** The input cannot be used. */
    public static final int INPUT = 1;

    /** The command was interrupted. The work done so far is kept. */
    public static final int INTERRUPTED = 130;

    /** The command must run in a process of its own. Only the engine sees this code. */
    public static final int ALONE = 75;

    private ExitCode() {}
}
