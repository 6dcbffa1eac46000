package org.avatarengine.app.services;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The engine of a data folder, for the commands that ask about it. */
public interface ResidentEngine {
    /**
     * A command that the engine runs.
     *
     * @param name its name, without its arguments, which may be private
     */
    record Running(String name, Instant since) {}

    Instant started();

    /** The commands that run, with the one that asks; the oldest first. */
    List<Running> running();

    /** How long the engine stays without a command. */
    Duration idle();

    /** Whether the graph is open. */
    boolean hasGraph();

    /** Ends the engine when the commands that run have ended. */
    void stop();
}
