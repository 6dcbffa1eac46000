package org.avatarengine.source.typedstream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.avatarengine.event.Body;
import org.avatarengine.event.TextRange;
import org.avatarengine.event.TextRange.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the attributed string of a message ({@code attributedBody}, or a version in an edit history) to a {@link
 * Body}. Never throws an exception: damage is reported in {@link Body#problem()}, together with the readable text.
 */
public final class AttributedStringDecoder {
    private static final Map<String, String> STYLES = Map.of(
            "__kIMTextBoldAttributeName", "bold",
            "__kIMTextItalicAttributeName", "italic",
            "__kIMTextUnderlineAttributeName", "underline",
            "__kIMTextStrikethroughAttributeName", "strikethrough");

    private static final Map<Long, String> EFFECTS = Map.of(
            4L, "ripple", 5L, "big", 6L, "bloom", 8L, "nod", 9L, "shake", 10L, "jitter", 11L, "small", 12L, "explode");

    private static final Map<String, String> DETECTED = Map.of(
            "__kIMDataDetectedAttributeName", "data",
            "__kIMPhoneNumberAttributeName", "phone number",
            "__kIMAddressAttributeName", "address",
            "__kIMMoneyAttributeName", "money",
            "__kIMFlightNumberAttributeName", "flight number",
            "__kIMTrackingNumberAttributeName", "tracking number");

    private static final byte[] STRING_CLASS = "NSString".getBytes(StandardCharsets.US_ASCII);

    private AttributedStringDecoder() {}

    /** Decodes a stream; an empty one gives an empty body. */
    public static Body decode(byte[] stream) {
        if (stream.length == 0) {
            return Body.EMPTY;
        }
        TypedstreamReader reader = new TypedstreamReader(stream);
        String problem = null;
        try {
            reader.read();
        } catch (TypedstreamException e) {
            problem = e.getMessage();
        }
        ArchivedObject root = reader.root();
        if (root == null
                || !(root.value(0) instanceof ArchivedObject string)
                || !(string.value(0) instanceof byte[] utf8)) {
            // An archived plain string is also valid: its first value is the text.
            if (root != null && root.isA("NSString") && root.value(0) instanceof byte[] own) {
                return plain(own, problem);
            }
            return scavenge(stream, problem == null ? "no attributed string in it" : problem);
        }
        return new RangeCollector(utf8, problem).collect(root);
    }

    private static Body plain(byte[] utf8, @Nullable String problem) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        String flaw = problem != null ? problem : flaw(utf8, text);
        return new Body(text, List.of(), flaw == null ? Body.Origin.ATTRIBUTED : Body.Origin.RECOVERED, flaw);
    }

    /** Searches a stream with a damaged structure for the text, which follows the class NSString and the type "+". */
    private static Body scavenge(byte[] stream, String problem) {
        int found = indexOf(stream, STRING_CLASS);
        if (found >= 0) {
            int limit = Math.min(stream.length - 1, found + STRING_CLASS.length + 16);
            for (int i = found + STRING_CLASS.length; i < limit; i++) {
                if (stream[i] == '+') {
                    return savedFrom(stream, i + 1, problem);
                }
            }
        }
        return new Body("", List.of(), Body.Origin.RECOVERED, problem);
    }

    private static Body savedFrom(byte[] stream, int at, String problem) {
        int length = stream[at];
        int start = at + 1;
        if (length == -127 && stream.length - at > 2) {
            length = (stream[at + 1] & 0xFF) | (stream[at + 2] & 0xFF) << 8;
            start = at + 3;
        } else if (length == -126 && stream.length - at > 4) {
            length = (stream[at + 1] & 0xFF)
                    | (stream[at + 2] & 0xFF) << 8
                    | (stream[at + 3] & 0xFF) << 16
                    | (stream[at + 4] & 0xFF) << 24;
            start = at + 5;
        }
        if (length < 0 || start > stream.length) {
            return new Body("", List.of(), Body.Origin.RECOVERED, problem);
        }
        int usable = Math.min(length, stream.length - start);
        return new Body(
                new String(stream, start, usable, StandardCharsets.UTF_8), List.of(), Body.Origin.RECOVERED, problem);
    }

    private static int indexOf(byte[] haystack, byte[] needle) {
        outer:
        for (int i = 0; i <= haystack.length - needle.length; i++) {
            for (int j = 0; j < needle.length; j++) {
                if (haystack[i + j] != needle[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }

    /** Reports bytes that are not valid UTF-8. A U+FFFD that was written as such is not a problem. */
    private static @Nullable String flaw(byte[] utf8, String text) {
        if (text.indexOf('\uFFFD') < 0) {
            return null;
        }
        int written = 0;
        for (int i = 0; i + 2 < utf8.length; i++) {
            if (utf8[i] == (byte) 0xEF && utf8[i + 1] == (byte) 0xBF && utf8[i + 2] == (byte) 0xBD) {
                written++;
            }
        }
        long read = text.chars().filter(c -> c == 0xFFFD).count();
        return read > written ? "the text is not valid Unicode" : null;
    }

    /** Collects the ranges of one attributed string. */
    private static final class RangeCollector {
        private final String text;
        private final List<TextRange> ranges = new ArrayList<>(2);
        private final List<TextRange> parts = new ArrayList<>(2);
        private @Nullable String problem;

        RangeCollector(byte[] utf8, @Nullable String problem) {
            this.text = new String(utf8, StandardCharsets.UTF_8);
            this.problem = problem != null ? problem : flaw(utf8, text);
        }

        Body collect(ArchivedObject attributed) {
            Map<Long, ArchivedObject> dictionaries = new HashMap<>(4);
            int position = 0;
            int i = 1;
            while (i + 1 < attributed.size()
                    && attributed.value(i) instanceof Long run
                    && attributed.value(i + 1) instanceof Long length) {
                i += 2;
                if (attributed.value(i) instanceof ArchivedObject dictionary) {
                    dictionaries.put(run, dictionary);
                    i++;
                }
                int end = (int) Math.min(text.length(), position + length);
                if (position + length > text.length() && problem == null) {
                    problem = "a range runs past the text";
                }
                ArchivedObject attributes = dictionaries.get(run);
                if (attributes != null && position < end) {
                    mark(position, end, attributes);
                }
                position = end;
            }
            if (parts.size() > 1) {
                ranges.addAll(parts);
            }
            ranges.sort(Comparator.comparingInt(TextRange::start).thenComparing(TextRange::kind));
            return new Body(
                    text,
                    List.copyOf(ranges),
                    problem == null ? Body.Origin.ATTRIBUTED : Body.Origin.RECOVERED,
                    problem);
        }

        private void mark(int start, int end, ArchivedObject dictionary) {
            // A dictionary is its count, then key, value, key, value.
            for (int k = 1; k + 1 < dictionary.size(); k += 2) {
                String key = stringOf(dictionary.value(k));
                if (key != null) {
                    attribute(start, end, key, dictionary.value(k + 1));
                }
            }
        }

        private void attribute(int start, int end, String key, @Nullable Object value) {
            switch (key) {
                case "__kIMMessagePartAttributeName" -> add(parts, start, end, Kind.PART, scalar(value));
                case "__kIMMentionConfirmedMention" -> add(ranges, start, end, Kind.MENTION, stringOf(value));
                case "__kIMLinkAttributeName" -> add(ranges, start, end, Kind.LINK, urlOf(value));
                case "__kIMOneTimeCodeAttributeName" -> add(ranges, start, end, Kind.ONE_TIME_CODE, codeOf(value));
                case "__kIMCalendarEventAttributeName" -> add(ranges, start, end, Kind.DATE, null);
                case "__kIMTextEffectAttributeName" -> add(ranges, start, end, Kind.EFFECT, effectOf(value));
                case "__kIMFileTransferGUIDAttributeName" -> add(ranges, start, end, Kind.ATTACHMENT, stringOf(value));
                case "IMAudioTranscription" -> add(ranges, start, end, Kind.TRANSCRIPTION, stringOf(value));
                default -> {
                    String style = STYLES.get(key);
                    if (style != null) {
                        add(ranges, start, end, Kind.STYLE, style);
                    } else if (DETECTED.containsKey(key)) {
                        add(ranges, start, end, Kind.DETECTED, DETECTED.get(key));
                    }
                }
            }
        }

        /** Adds a range, or extends the last one of the same kind if they are adjacent. */
        private static void add(List<TextRange> to, int start, int end, Kind kind, @Nullable String value) {
            for (int i = to.size() - 1; i >= 0 && to.size() - i <= 8; i--) {
                TextRange last = to.get(i);
                if (last.kind() == kind && last.end() == start && Objects.equals(last.value(), value)) {
                    to.set(i, new TextRange(last.start(), end, kind, value));
                    return;
                }
            }
            to.add(new TextRange(start, end, kind, value));
        }

        private static @Nullable String stringOf(@Nullable Object value) {
            if (value instanceof ArchivedObject object && object.value(0) instanceof byte[] utf8) {
                return new String(utf8, StandardCharsets.UTF_8);
            }
            return null;
        }

        /** The value of a number, which comes after its type. */
        private static @Nullable Long numberOf(@Nullable Object value) {
            return value instanceof ArchivedObject object && object.value(1) instanceof Long number ? number : null;
        }

        private static @Nullable String scalar(@Nullable Object value) {
            Long number = numberOf(value);
            return number == null ? null : number.toString();
        }

        /** A URL consists of a flag (relative or not), its base if relative, and its text. */
        private static @Nullable String urlOf(@Nullable Object value) {
            if (value instanceof ArchivedObject object) {
                for (int i = object.size() - 1; i >= 0; i--) {
                    String url = stringOf(object.value(i));
                    if (url != null) {
                        return url;
                    }
                }
            }
            return null;
        }

        private static @Nullable String codeOf(@Nullable Object value) {
            if (value instanceof ArchivedObject dictionary) {
                for (int k = 1; k + 1 < dictionary.size(); k += 2) {
                    if ("code".equals(stringOf(dictionary.value(k)))) {
                        return stringOf(dictionary.value(k + 1));
                    }
                }
            }
            return null;
        }

        private static @Nullable String effectOf(@Nullable Object value) {
            Long id = numberOf(value);
            return id == null ? null : EFFECTS.getOrDefault(id, "effect " + id);
        }
    }
}
