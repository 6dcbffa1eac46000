package org.avatarengine.source.imessage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.Body;
import org.avatarengine.event.Message.Edit;
import org.avatarengine.source.plist.KeyedArchive;
import org.avatarengine.source.plist.PlistException;
import org.avatarengine.source.typedstream.AttributedStringDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The edits in {@code message_summary_info}: {@code ec} contains all versions of each part ({@code t}, a typedstream)
 * with their time ({@code d}, seconds since 2001); {@code rp} lists the unsent parts.
 *
 * @param problem why it could not be read in full, or null when it was
 */
record EditHistory(
        List<Edit> edits,
        List<Integer> unsentParts,
        @Nullable String problem) {
    static final EditHistory NONE = new EditHistory(List.of(), List.of(), null);

    static EditHistory decode(byte[] summary) {
        try {
            if (KeyedArchive.unarchive(summary) instanceof Map<?, ?> root) {
                return read(root);
            }
            return new EditHistory(List.of(), List.of(), "the edit history is not a dictionary");
        } catch (PlistException e) {
            return new EditHistory(List.of(), List.of(), "the edit history is " + e.getMessage());
        }
    }

    private static EditHistory read(Map<?, ?> root) {
        List<Edit> edits = new ArrayList<>();
        String problem = null;
        if (root.get("ec") instanceof Map<?, ?> byPart) {
            for (Map.Entry<?, ?> part : byPart.entrySet()) {
                int index = index(part.getKey());
                if (index < 0 || !(part.getValue() instanceof List<?> versions)) {
                    problem = "the edit history contains an invalid part number";
                    continue;
                }
                for (int version = 0; version < versions.size(); version++) {
                    Edit edit = edit(index, version, versions.get(version));
                    if (edit == null) {
                        problem = "a version in the edit history cannot be read";
                    } else {
                        edits.add(edit);
                    }
                }
            }
        }
        List<Integer> unsent = new ArrayList<>();
        if (root.get("rp") instanceof List<?> parts) {
            for (Object part : parts) {
                int index = index(part);
                if (index >= 0) {
                    unsent.add(index);
                }
            }
        }
        edits.sort(Comparator.comparingInt(Edit::part).thenComparingInt(Edit::version));
        return new EditHistory(
                List.copyOf(edits), unsent.stream().distinct().sorted().toList(), problem);
    }

    private static @Nullable Edit edit(int part, int version, @Nullable Object entry) {
        if (entry instanceof Map<?, ?> wording && wording.get("t") instanceof byte[] stream) {
            Body body = AttributedStringDecoder.decode(stream);
            double seconds = wording.get("d") instanceof Number number ? number.doubleValue() : 0;
            return new Edit(part, version, AppleTime.ofSeconds(seconds), body.text());
        }
        return null;
    }

    private static int index(@Nullable Object key) {
        try {
            int index = Integer.parseInt(String.valueOf(key));
            return index >= 0 && index < 100_000 ? index : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The current text: the last version of each part that was not unsent, in order. */
    String currentText() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < edits.size(); i++) {
            Edit edit = edits.get(i);
            boolean last = i + 1 == edits.size() || edits.get(i + 1).part() != edit.part();
            if (last && !unsentParts.contains(edit.part())) {
                text.append(text.isEmpty() ? "" : "\n").append(edit.text());
            }
        }
        return text.toString();
    }
}
