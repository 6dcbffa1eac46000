package org.avatarengine.event;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that a person sent.
 *
 * @param id stable identifier; for iMessage the message's GUID
 * @param conversationIds the conversations that contain it: usually one, none for an orphan
 * @param sender the sender's address; null when the owner sent it or the sender is unknown
 * @param fromOwner whether the owner sent it
 * @param sentAt when it was sent; null when the source has no valid date
 * @param readAt when the recipient (for own messages) or the owner read it
 * @param deletedAt when it was moved to "Recently Deleted", where it can still be read
 * @param body the current text with its marked ranges
 * @param edits all versions of edited parts, including the current one, oldest first within a part
 * @param unsentParts indexes of the unsent parts, ascending
 * @param replyTo the message, and its part, that this message replies to
 * @param app the content of an app's balloon
 * @param effect the expressive effect it was sent with, such as "slam" or "confetti"
 * @param kind how its text came about, as far as the source tells; {@link org.avatarengine.ownwords.OwnWords} decides
 * @param provenance where it was read from
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
        MessageKind kind,
        Provenance provenance)
        implements Event {

    public Message {
        id = IndexKey.id(id);
        conversationIds = IndexKey.ids(conversationIds);
        kind = Objects.requireNonNullElse(kind, MessageKind.TYPED); // event files of earlier versions have none
    }

    /**
     * One version of an edited part.
     *
     * @param part index of the part within the message
     * @param version 0 for the original, then 1, 2, …
     * @param writtenAt when this version was sent
     */
    public record Edit(int part, int version, @Nullable Instant writtenAt, String text) {}

    /** The target of a threaded reply; {@code part} is the index of the part replied to. */
    public record ReplyTo(String messageId, int part) {
        public ReplyTo {
            messageId = IndexKey.id(messageId);
        }
    }

    /** Whether the message was unsent completely. */
    public boolean fullyUnsent() {
        return !unsentParts.isEmpty() && body.text().isEmpty() && attachments.isEmpty();
    }
}
