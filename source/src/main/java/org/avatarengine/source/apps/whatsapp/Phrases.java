package org.avatarengine.source.apps.whatsapp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.avatarengine.text.WordLists;

/** The app's own texts, from {@code notes.txt}, which says where they come from. */
final class Phrases {
    /** The app's own texts are shorter. */
    private static final int LONGEST = 200;

    /** Writing without spaces between words, in which a word may begin anywhere. */
    private static final Pattern UNSPACED =
            Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}]");

    static final Pattern MARKS = Pattern.compile("[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");
    static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\u202f]+");

    private static final Map<String, List<String>> TEXTS = read();
    private static final Pattern OMITTED = words("omitted");
    private static final Pattern MESSAGE = words("message");
    private static final Pattern EDITED = words("edited");
    private static final Pattern REMOVED = words("removed");
    private static final Pattern CALL = words("call");
    private static final Set<String> DELETED = whole("deleted");
    private static final Set<String> ATTACHED = whole("attached");
    private static final Set<String> LOCATION = whole("location");
    private static final Set<String> LIVE = whole("live");
    private static final Set<String> WAITING = whole("waiting");

    private Phrases() {}

    private static Map<String, List<String>> read() {
        Map<String, List<String>> texts = new HashMap<>();
        for (String line : WordLists.lines(Phrases.class, "notes.txt")) {
            String[] parts = line.split("\t", 3);
            texts.computeIfAbsent(parts[0], kind -> new ArrayList<>()).add(parts[2]);
        }
        return texts;
    }

    /** The texts of a kind, in the order of the file. */
    static List<String> of(String kind) {
        return TEXTS.getOrDefault(kind, List.of());
    }

    private static Set<String> whole(String kind) {
        return of(kind).stream().map(Phrases::plain).collect(Collectors.toUnmodifiableSet());
    }

    private static Pattern words(String kind) {
        return Pattern.compile(of(kind).stream()
                .map(word -> (UNSPACED.matcher(word).find() ? "" : "(?<![\\p{L}\\p{M}])") + Pattern.quote(plain(word)))
                .collect(Collectors.joining("|")));
    }

    /** Without marks of direction, with usual spaces, in lower case, without a full stop at the end. */
    static String plain(String text) {
        if (text.length() > LONGEST) {
            return "";
        }
        String plain = SPACES.matcher(MARKS.matcher(text).replaceAll(""))
                .replaceAll(" ")
                .strip()
                .toLowerCase(Locale.ROOT);
        int end = plain.length();
        while (end > 0 && " .\u3002\u0964".indexOf(plain.charAt(end - 1)) >= 0) {
            end--;
        }
        return plain.substring(0, end);
    }

    /** Whether a text by the app, such as "image omitted", says that a file is left out. */
    static boolean isOmission(String text) {
        return OMITTED.matcher(plain(text)).find();
    }

    /** Whether a text by the app, such as "This message was edited", says that the sender changed the message. */
    static boolean isEdit(String text) {
        String plain = plain(text);
        return EDITED.matcher(plain).find() && MESSAGE.matcher(plain).find();
    }

    /** @param marked whether the app marked the text as its own, so that it need not be one of the known sentences */
    static boolean isDeletion(String text, boolean marked) {
        String plain = plain(text);
        return DELETED.contains(plain)
                || marked
                        && REMOVED.matcher(plain).find()
                        && MESSAGE.matcher(plain).find();
    }

    /** The notice on encryption is about messages and calls, and no call. */
    static boolean isCall(String text) {
        String plain = plain(text);
        return CALL.matcher(plain).find() && !MESSAGE.matcher(plain).find();
    }

    /** @param text between the parentheses after a file's name */
    static boolean isAttached(String text) {
        return ATTACHED.contains(plain(text));
    }

    static boolean isLocation(String word) {
        return LOCATION.contains(plain(word));
    }

    static boolean isLiveLocation(String text) {
        return LIVE.contains(plain(text));
    }

    /** A message that the exporting phone did not have, or could not write. */
    static boolean isWaiting(String text) {
        return WAITING.contains(plain(text));
    }
}
