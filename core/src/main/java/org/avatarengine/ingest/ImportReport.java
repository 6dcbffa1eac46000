package org.avatarengine.ingest;

import java.time.Duration;

/**
 * What an import did.
 *
 * @param source the source's identifier
 * @param read events read
 * @param newMessages messages that the graph did not have
 * @param newReactions reactions that the graph did not have
 * @param newPeople people that the graph did not have
 * @param problems messages whose body could not be read in full; they are stored with what could be recovered
 * @param unresolved replies and reactions whose target is not in the graph
 * @param stopped whether it was interrupted; the next run goes on from there
 */
public record ImportReport(
        String source,
        long read,
        long newMessages,
        long newReactions,
        long newPeople,
        long problems,
        long unresolved,
        Duration took,
        boolean stopped) {}
