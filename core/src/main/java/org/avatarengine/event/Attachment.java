package org.avatarengine.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file sent with a message.
 *
 * @param id stable identifier
 * @param name the file's name as the sender saw it
 * @param path where the source keeps it, if anywhere
 * @param mimeType media type, such as image/heic
 * @param uti Apple's uniform type identifier, such as public.heic
 * @param bytes size in bytes as the source states it, or null
 * @param sticker whether it is a sticker
 * @param transcription what was said in a voice message, as the device transcribed it
 * @param missing whether the file was looked for and is not there; null when nobody looked
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
        @Nullable Boolean missing) {}
