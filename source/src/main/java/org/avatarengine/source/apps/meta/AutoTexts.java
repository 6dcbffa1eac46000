package org.avatarengine.source.apps.meta;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.avatarengine.event.MessageKind;
import org.avatarengine.text.WordLists;

/**
 * Recognizes the texts that the apps put in place of what a person writes, in the languages of {@code auto-texts.txt}.
 * Such a text names nobody but the people of the thread, and begins with a capital letter where letters have case.
 */
final class AutoTexts {
    /** Longer texts are typed. */
    private static final int LONGEST = 400;

    /** What may be left besides a name in a text that stands for an attachment. */
    private static final int FEW = 60;

    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]");
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0\\u2009\\u200A\\u202F]+");

    private static final AutoTexts ALL = new AutoTexts();

    private final Templates app = new Templates();
    private final Templates reaction = new Templates();
    private final Set<String> gone = new HashSet<>();

    private AutoTexts() {
        for (String line : WordLists.lines(AutoTexts.class, "auto-texts.txt")) {
            String[] parts = line.split("\t", 3);
            add(parts[1], plain(parts[2]));
        }
    }

    private void add(String kind, String text) {
        switch (kind) {
            case "app" -> app.add(text);
            case "reaction" -> reaction.add(text);
            case "gone" -> gone.add(text);
            default -> throw new IllegalStateException("The bundled list has an unknown kind: " + kind + ".");
        }
    }

    /** Whether this is what the apps show in place of the name of a deleted account. */
    static boolean isGone(String name) {
        return name.isBlank() || ALL.gone.contains(plain(name));
    }

    /**
     * How a text came about.
     *
     * @param sender the sender's name
     * @param names the names of all people of the thread
     */
    static MessageKind kind(String text, String sender, Collection<String> names) {
        if (text.length() > LONGEST || text.isBlank()) {
            return MessageKind.TYPED;
        }
        for (String candidate : candidates(text, sender, names)) {
            if (ALL.reaction.match(candidate)) {
                return MessageKind.REACTION_TEXT;
            }
            if (ALL.app.match(candidate)) {
                return MessageKind.APP_MADE;
            }
        }
        return MessageKind.TYPED;
    }

    /** Whether a text only says who sent something, in a language that the list may not have. */
    static boolean namesOnly(String text, String sender) {
        return !sender.isBlank()
                && text.length() <= sender.length() + FEW
                && text.lines().count() == 1
                && !text.contains("://")
                && !replaced(text, sender).equals(text);
    }

    /** The text without names, with the sender's only, and with all names replaced. */
    private static Set<String> candidates(String text, String sender, Collection<String> names) {
        Set<String> all = new LinkedHashSet<>();
        String stripped = text.strip();
        if (begins(stripped)) {
            all.add(plain(stripped));
        }
        String withoutSender = replaced(stripped, sender);
        if (!withoutSender.equals(stripped) && begins(withoutSender)) {
            all.add(plain(withoutSender));
        }
        String withoutNames = stripped;
        List<String> longest = new ArrayList<>(names);
        longest.sort(Comparator.comparingInt(String::length).reversed());
        for (String name : longest) {
            withoutNames = replaced(withoutNames, name);
        }
        if (withoutNames.equals(stripped)) {
            for (String name : longest) {
                withoutNames = replaced(withoutNames, name.strip().replaceFirst("(?s)\\s.*", ""));
            }
        }
        if (!withoutNames.equals(stripped) && begins(withoutNames)) {
            all.add(plain(withoutNames));
        }
        return all;
    }

    private static boolean begins(String text) {
        return !Character.isLowerCase(text.codePointAt(0));
    }

    /** The text with a name replaced where it stands alone. In scripts without spaces a name may touch a word. */
    private static String replaced(String text, String name) {
        if (name.isBlank()) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length())) {
            int end = at + name.length();
            boolean inWord = at > 0 && oneWord(text.codePointBefore(at), name.codePointAt(0))
                    || end < text.length() && oneWord(name.codePointBefore(name.length()), text.codePointAt(end));
            if (!inWord) {
                out.append(text, from, at).append(Templates.NAME);
                from = end;
            }
        }
        return out.append(text, from, text.length()).toString();
    }

    private static boolean oneWord(int left, int right) {
        return Character.isLetterOrDigit(left) && Character.isLetterOrDigit(right) && spaced(left) && spaced(right);
    }

    private static boolean spaced(int letter) {
        return switch (Character.UnicodeScript.of(letter)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI -> false;
            default -> true;
        };
    }

    private static String plain(String text) {
        String plain = SPACES.matcher(INVISIBLE.matcher(text).replaceAll(""))
                .replaceAll(" ")
                .replace('’', '\'')
                .replaceAll("[“”„«»]", "\"")
                .strip()
                .toLowerCase(Locale.ROOT);
        return plain.endsWith(".") || plain.endsWith("。") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
