package org.avatarengine.ownwords;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.avatarengine.text.WordLists;

/**
 * Recognizes the sentences by which phones tell of a reaction, such as {@code Liked “See you”}, in the languages of
 * {@code reactions.txt}. A sentence counts only as a whole: what somebody adds to it is typed.
 */
final class ReactionSentences {
    /** Phones put these around the emoji or the quotation: joiners, thin spaces, marks of direction. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]");

    private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0\\u2009\\u200A\\u202F]+");

    private static final String MARKS = "“”„«»\"「『‘'";

    private static final String QUOTATION = "(?:“.*[”…]|„.*[“”…]|”.*”|«.*»|».*«|「.*」|『.*』|‘.*'|\".*\"|'.*')";

    /** An emoji with what may follow it: skin tones, joined emoji, variation selectors, or a keycap or a flag. */
    private static final String EMOJI =
            "[\\p{IsExtended_Pictographic}\\p{IsEmoji_Modifier}\\u200D\\uFE0F\\u20E3\\x{1F1E6}-\\x{1F1FF}]{1,12}";

    private static final Pattern SLOT = Pattern.compile("\\{(text|emoji)}");

    /** The key of sentences that begin with a quotation or an emoji. */
    private static final String ANY = "";

    private static final int KEY = 2;

    /** The sentences by their first letters, so that few are tried for each text. */
    private static final Map<String, Pattern> SENTENCES = read();

    private ReactionSentences() {}

    static boolean isOne(String text) {
        // Nearly every text is settled by its first letters, without looking at the rest.
        int first = text.isEmpty() ? ' ' : text.codePointAt(0);
        boolean letter = Character.isLetterOrDigit(first);
        if (letter && (text.length() <= KEY || !SENTENCES.containsKey(key(text)))) {
            return false;
        }
        String plain = plain(text);
        if (plain.length() <= KEY) {
            return false;
        }
        Pattern sentences = SENTENCES.get(key(plain));
        if (sentences != null && sentences.matcher(plain).matches()) {
            return true;
        }
        int start = plain.codePointAt(0);
        boolean mark = MARKS.indexOf(start) >= 0 || start > 0x2000 && !Character.isLetterOrDigit(start);
        return mark && Objects.requireNonNull(SENTENCES.get(ANY)).matcher(plain).matches();
    }

    private static String key(String sentence) {
        return sentence.substring(0, KEY).replace('’', '\'').toLowerCase(Locale.ROOT);
    }

    private static Map<String, Pattern> read() {
        Map<String, List<String>> things = new HashMap<>();
        Map<String, List<String>> templates = new LinkedHashMap<>();
        for (String line : WordLists.lines(ReactionSentences.class, "reactions.txt")) {
            String[] parts = line.split("\t");
            (parts.length == 3 ? things : templates)
                    .computeIfAbsent(parts[0], language -> new ArrayList<>())
                    .add(plain(parts[parts.length - 1]));
        }
        Map<String, List<String>> byStart = new HashMap<>();
        templates.forEach((language, sentences) -> {
            String thing = things.getOrDefault(language, List.of()).stream()
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|"));
            String text = thing.isEmpty() ? QUOTATION : "(?:" + QUOTATION + "|" + thing + ")";
            for (String sentence : sentences) {
                byStart.computeIfAbsent(sentence.startsWith("{") ? ANY : key(sentence), start -> new ArrayList<>())
                        .add(pattern(sentence, text));
            }
        });
        Map<String, Pattern> patterns = new HashMap<>();
        byStart.forEach((start, all) -> patterns.put(
                start,
                Pattern.compile(
                        "(?:" + String.join("|", all) + ")\\.?",
                        Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)));
        return Map.copyOf(patterns);
    }

    private static String pattern(String sentence, String text) {
        StringBuilder pattern = new StringBuilder();
        Matcher slot = SLOT.matcher(sentence);
        int from = 0;
        while (slot.find()) {
            if (slot.start() > from) {
                pattern.append(Pattern.quote(sentence.substring(from, slot.start())));
            }
            pattern.append(slot.group(1).equals("emoji") ? EMOJI : text);
            from = slot.end();
        }
        if (from < sentence.length()) {
            pattern.append(Pattern.quote(sentence.substring(from)));
        }
        return pattern.toString();
    }

    private static String plain(String text) {
        return SPACES.matcher(INVISIBLE.matcher(text).replaceAll(""))
                .replaceAll(" ")
                .replace('’', '\'')
                .strip();
    }
}
