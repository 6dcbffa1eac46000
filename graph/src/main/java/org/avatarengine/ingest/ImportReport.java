package org.avatarengine.ingest;

import java.time.Duration;

/**
 * The result of an import.
 *
 * @param source the source's identifier
 * @param read events read
 * @param newMessages messages added to the graph
 * @param newReactions reactions added to the graph
 * @param newPeople people added to the graph
 * @param changedMessages stored messages that have since been edited, unsent, deleted, restored or moved, or are read
 *     better now; everything derived from them was removed
 * @param joinedConversations conversations that were stored in parts and are one now
 * @param renamedMessages messages that an earlier version stored under other identifiers and that have the present ones
 *     now; they are no new messages
 * @param problems messages whose body could not be read in full; the readable part is stored
 * @param unresolved replies and reactions whose target is not in the graph
 * @param stopped whether the import was interrupted; the next run continues from there
 */
public record ImportReport(
        String source,
        long read,
        long newMessages,
        long newReactions,
        long newPeople,
        long changedMessages,
        long joinedConversations,
        long renamedMessages,
        long problems,
        long unresolved,
        Duration took,
        boolean stopped) {}
