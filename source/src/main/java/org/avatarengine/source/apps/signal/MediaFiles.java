package org.avatarengine.source.apps.signal;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.source.Digest;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.apps.export.Media;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The media of an export. Signal names a file by a digest of its content and of the key with which it is kept, in
 * hexadecimal, sometimes with an ending; older tools use the digest of the content or the file's own name.
 */
final class MediaFiles {
    private final Archive archive;
    private final Archive.Entry messages;
    /** By the name without its ending. */
    private final Map<String, String> byName = new HashMap<>();

    MediaFiles(Archive archive, Archive.Entry messages) {
        this.archive = archive;
        this.messages = messages;
        for (Archive.Entry entry : archive.entries()) {
            if (!entry.endsWith(".jsonl") && !entry.endsWith("metadata.json")) {
                String name = entry.fileName().toLowerCase(Locale.ROOT);
                byName.putIfAbsent(name.replaceFirst("\\.[^.]*$", ""), entry.name());
            }
        }
    }

    /** The place of a file in the export; null when it is not there. */
    @Nullable
    String find(JsonNode pointer) {
        JsonNode locator = pointer.path("locatorInfo");
        byte[] hash = bytes(JsonReader.text(locator, "plaintextHash"));
        byte[] key = bytes(JsonReader.text(locator, "localKey"));
        String found = named(JsonReader.text(locator, "mediaName"));
        if (found == null && hash.length > 0) {
            byte[] both = Arrays.copyOf(hash, hash.length + key.length);
            System.arraycopy(key, 0, both, hash.length, key.length);
            found = named(HexFormat.of().formatHex(Digest.sha256().digest(both)));
            found = found == null ? named(HexFormat.of().formatHex(hash)) : found;
        }
        for (String field : List.of("path", "localPath", "fileName")) {
            String written = JsonReader.text(pointer, field);
            for (String folder : List.of("", "files/", "media/")) {
                found = found == null && written != null
                        ? Media.find(archive, messages.folder(), folder + written)
                        : found;
            }
        }
        return found;
    }

    /** Whether the file is missing: the export says so, or it has other media but not this. */
    boolean missing(JsonNode pointer) {
        return !byName.isEmpty() || pointer.has("invalidAttachmentLocator");
    }

    private @Nullable String named(@Nullable String name) {
        String found = name == null ? null : byName.get(name.toLowerCase(Locale.ROOT));
        return found == null ? null : archive.path(found);
    }

    private static byte[] bytes(@Nullable String base64) {
        try {
            return base64 == null ? new byte[0] : Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0]; // not a digest
        }
    }
}
