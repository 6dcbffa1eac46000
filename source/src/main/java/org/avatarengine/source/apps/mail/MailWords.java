package org.avatarengine.source.apps.mail;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.avatarengine.text.WordLists;

/** The words of mail programs in many languages, from {@code mail-words.txt}, as patterns. */
final class MailWords {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    /** A device, program or company in a line that a program adds. */
    private static final String ANY = ".{0,60}?";

    private static final Map<String, Set<String>> WORDS = read();

    /** The verb of an introduction: "wrote". */
    static final Pattern WROTE = Pattern.compile(within("wrote"), FLAGS);

    /** How an introduction begins: "On". */
    static final Pattern OPENER = Pattern.compile("^(?:" + within("opener") + ")", FLAGS);

    /** "-----Original Message-----". */
    static final Pattern ORIGINAL = heading("original");

    /** "---------- Forwarded message ---------", or Apple Mail's "Begin forwarded message:". */
    static final Pattern FORWARDED =
            Pattern.compile(heading("forwarded").pattern() + "|^(?:" + alternatives("begin") + ")\\s?[:：]$", FLAGS);

    /** "Sent from my iPhone". */
    static final Pattern SIGNATURE = Pattern.compile("^(?:" + alternatives("signature") + ")[.!]?$", FLAGS);

    /** The beginning of the subject of an automatic answer. */
    static final Pattern AUTOMATIC = Pattern.compile("^(?:" + alternatives("auto") + ")\\s*(?:[:：].*)?$", FLAGS);

    /** The names in a block such as "From: … Sent: … To: … Subject: …" with what they mean, in a group of that name. */
    static final Pattern FIELD = Pattern.compile(
            "^[*_\\s]*(?:(?<from>" + alternatives("from") + ")|(?<sent>" + alternatives("sent") + ")|(?<to>"
                    + alternatives("to") + ")|(?<cc>" + alternatives("cc") + ")|(?<subject>" + alternatives("subject")
                    + ")|(?<other>" + alternatives("other") + "))\\s?[*_]*\\s?[:：]",
            FLAGS);

    /** The same within a line, where a program has written the whole block on one. */
    static final Pattern FIELDS_IN_LINE = Pattern.compile(
            "^[*_\\s]*(?:" + alternatives("from") + ")\\s?[*_]*\\s?[:：].{1,300}?\\s[*_]*(?:" + alternatives("sent")
                    + ")\\s?[*_]*\\s?[:：].{1,200}?\\s[*_]*(?:" + alternatives("to") + "|" + alternatives("subject")
                    + ")\\s?[*_]*\\s?[:：].*",
            FLAGS);

    private MailWords() {}

    /** Whether a name is one of a folder for sent mail. */
    static boolean isSentFolder(String name) {
        return words("folder").stream().anyMatch(name::equalsIgnoreCase);
    }

    private static Pattern heading(String kind) {
        String dashes = "[-_=*\u2010-\u2015]";
        return Pattern.compile(
                "^" + dashes + "{2,}\\s*(?:" + alternatives(kind) + ")\\s*[:：]?\\s*" + dashes + "{2,}.*$", FLAGS);
    }

    /** The words as parts of a line. Scripts without spaces have no boundaries between words. */
    private static String within(String kind) {
        return words(kind).stream()
                .map(word -> Character.isIdeographic(word.codePointAt(0)) || word.codePointAt(0) > 0x3000
                        ? Pattern.quote(word)
                        : "(?<![\\p{L}\\p{M}])" + Pattern.quote(word) + "(?![\\p{L}\\p{M}])")
                .collect(Collectors.joining("|"));
    }

    private static String alternatives(String kind) {
        return words(kind).stream().map(MailWords::template).collect(Collectors.joining("|"));
    }

    private static String template(String word) {
        StringBuilder pattern = new StringBuilder();
        Matcher slot = Pattern.compile("\\{}").matcher(word);
        int from = 0;
        while (slot.find()) {
            pattern.append(literal(word.substring(from, slot.start()))).append(ANY);
            from = slot.end();
        }
        return pattern.append(literal(word.substring(from))).toString();
    }

    /** Programs write a space, a no-break space or none, and straight or curly apostrophes. */
    private static String literal(String text) {
        return text.isEmpty()
                ? ""
                : Pattern.quote(text).replace(" ", "\\E[\\s\u00a0]+\\Q").replaceAll("['’]", "\\\\E['’]\\\\Q");
    }

    private static Set<String> words(String kind) {
        return Objects.requireNonNull(WORDS.get(kind));
    }

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> words = new LinkedHashMap<>();
        for (String line : WordLists.lines(MailWords.class, "mail-words.txt")) {
            String[] parts = line.split("\t", -1);
            words.computeIfAbsent(parts[1], kind -> new LinkedHashSet<>()).addAll(List.of(parts[2].split("\\|", -1)));
        }
        // Longer words first, because the first alternative that fits is taken.
        words.replaceAll((kind, all) -> all.stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .collect(Collectors.toCollection(LinkedHashSet::new)));
        return words;
    }

    /** Text for comparisons: without marks of direction, with ordinary digits and spaces. */
    static String plain(String line) {
        StringBuilder plain = new StringBuilder(line.length());
        line.codePoints().forEach(c -> {
            boolean invisible = c >= 0x200b && c <= 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x2060 && c <= 0x206f;
            if (c == 0xfeff || invisible) {
                return;
            }
            if (c > 0x7f && Character.isDigit(c)) {
                plain.append((char) ('0' + Character.digit(c, 10)));
            } else if (c == 0xa0 || c == 0x202f || c == 0x3000 || c == '\t') {
                plain.append(' ');
            } else {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString().strip();
    }
}
