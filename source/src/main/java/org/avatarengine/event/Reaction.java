package org.avatarengine.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tapback or a placed sticker.
 *
 * @param targetId the message reacted to
 * @param targetPart the index of the part reacted to; -1 for a whole app balloon
 * @param emoji the emoji, for {@link Kind#EMOJI}; the usual emoji for the six classic tapbacks
 * @param removed whether this removes the reaction
 * @param attachments the sticker's file, for stickers
 */
public record Reaction(
        String id,
        String targetId,
        int targetPart,
        List<String> conversationIds,
        @Nullable Handle sender,
        boolean fromOwner,
        @Nullable Instant sentAt,
        Kind kind,
        @Nullable String emoji,
        boolean removed,
        List<Attachment> attachments,
        Provenance provenance)
        implements Event {

    public Reaction {
        id = IndexKey.id(id);
        targetId = IndexKey.id(targetId);
        conversationIds = IndexKey.ids(conversationIds);
    }

    /** The kinds of tapback, in the order of Apple's codes 2000 to 2007, then a sticker placed on a message. */
    public enum Kind {
        LOVED("❤️"),
        LIKED("👍"),
        DISLIKED("👎"),
        LAUGHED("😂"),
        EMPHASIZED("‼️"),
        QUESTIONED("❓"),
        EMOJI(null),
        STICKER(null),
        PLACED_STICKER(null);

        private final @Nullable String emoji;

        Kind(@Nullable String emoji) {
            this.emoji = emoji;
        }

        /** The emoji of a classic tapback; null for kinds whose reaction contains its own emoji. */
        public @Nullable String emoji() {
            return emoji;
        }
    }
}
