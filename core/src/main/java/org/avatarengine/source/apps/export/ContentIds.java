package org.avatarengine.source.apps.export;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.avatarengine.source.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Identifiers of messages that an app gives none: what is known of them identifies them, and twins are counted in their
 * order, so that a later export of the same messages gives them the same ones.
 */
public final class ContentIds {
    private final String prefix;
    private final Map<String, Integer> twins = new HashMap<>();

    public ContentIds(String prefix) {
        this.prefix = prefix;
    }

    /** @param parts such as conversation, sender, time and text */
    public String of(@Nullable Object... parts) {
        String content = Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining("\0"));
        byte[] digest = Digest.sha256().digest(content.getBytes(StandardCharsets.UTF_8));
        String hash = HexFormat.of().formatHex(digest, 0, 16);
        int twin = twins.merge(hash, 1, Integer::sum);
        return prefix + ":" + hash + (twin == 1 ? "" : "-" + twin);
    }
}
