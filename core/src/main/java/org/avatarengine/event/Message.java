package org.avatarengine.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something a person sent.
 *
 * @param id stable identifier; for iMessage the message's GUID
 * @param conversationIds the conversations that show it; usually one, none for an orphan
 * @param sender the address it came from; null when the owner sent it, or when the source does not say
 * @param fromOwner whether the owner sent it
 * @param sentAt when it was sent; null when the source holds no usable date
 * @param readAt when the recipient (for own messages) or the owner read it
 * @param deletedAt when it was moved to "recently deleted", from which it can still be read
 * @param body the current text with what is marked in it
 * @param edits each earlier and the current wording of edited parts, oldest first within a part
 * @param unsentParts indexes of the parts that the sender took back, ascending
 * @param replyTo the message (and its part) this answers, in a thread
 * @param app what an app's balloon carries
 * @param effect the expressive effect it was sent with, such as "slam" or "confetti"
 * @param provenance where it was read
 */
public record Message(
        String id,
        List<String> conversationIds,
        @Nullable Handle sender,
        boolean fromOwner,
        @Nullable Instant sentAt,
        @Nullable Instant readAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt,
        Service service,
        @Nullable String subject,
        Body body,
        List<Edit> edits,
        List<Integer> unsentParts,
        @Nullable ReplyTo replyTo,
        List<Attachment> attachments,
        @Nullable AppContent app,
        @Nullable String effect,
        Provenance provenance)
        implements Event {

    /**
     * One wording of an edited part.
     *
     * @param part index of the part within the message
     * @param version 0 for the original wording, then 1, 2, …
     * @param writtenAt when this wording was sent
     */
    public record Edit(int part, int version, @Nullable Instant writtenAt, String text) {}

    /** The target of a threaded reply; {@code part} is the index of the part it answers. */
    public record ReplyTo(String messageId, int part) {}

    /** Whether nothing of the message is left because its sender took it back. */
    public boolean fullyUnsent() {
        return !unsentParts.isEmpty() && body.text().isEmpty() && attachments.isEmpty();
    }
}
