package org.avatarengine.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file sent with a message.
 *
 * @param id stable identifier
 * @param name the file's name as the sender saw it
 * @param path the path in the source; null when it is unknown
 * @param mimeType media type, such as image/heic
 * @param uti Apple's uniform type identifier, such as public.heic
 * @param bytes size in bytes as the source states it, or null
 * @param sticker whether it is a sticker
 * @param transcription the device's transcription of a voice message
 * @param missing whether the file is missing; null when this was not checked
 */
public record Attachment(
        String id,
        @Nullable String name,
        @Nullable String path,
        @Nullable String mimeType,
        @Nullable String uti,
        @Nullable Long bytes,
        @Nullable Instant createdAt,
        boolean sticker,
        @Nullable String transcription,
        @Nullable Boolean missing) {

    public Attachment {
        id = IndexKey.id(id);
    }
}
