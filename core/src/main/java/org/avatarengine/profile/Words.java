package org.avatarengine.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes messages apart into words, runs of words, and emoji. */
final class Words {
    /** Letters and digits of any script, with apostrophes inside: "don't" is one word. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['’][\\p{L}\\p{M}]+)*");

    private static final Pattern LINK = Pattern.compile("https?://\\S+");
    private static final Pattern GRAPHEME = Pattern.compile("\\X");
    private static final int VARIATION_EMOJI = 0xFE0F;

    private Words() {}

    /** The words of a text, lower case, with straight apostrophes; links are no words. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(LINK.matcher(text).replaceAll(" "));
        while (matcher.find()) {
            words.add(matcher.group().toLowerCase(Locale.ROOT).replace('’', '\''));
        }
        return words;
    }

    /** Gives each run of {@code shortest} to {@code longest} words. */
    static void runs(List<String> words, int shortest, int longest, Consumer<String> run) {
        for (int start = 0; start < words.size(); start++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1; length <= longest && start + length <= words.size(); length++) {
                text.append(length == 1 ? "" : " ").append(words.get(start + length - 1));
                if (length >= shortest) {
                    run.accept(text.toString());
                }
            }
        }
    }

    /** The emoji of a text, each as the whole of its code points. */
    static List<String> emoji(String text) {
        if (text.chars().allMatch(c -> c < 0x203C)) {
            return List.of(); // no emoji but ©, ® and the digits' keycaps lies below
        }
        List<String> found = new ArrayList<>();
        Matcher matcher = GRAPHEME.matcher(text);
        while (matcher.find()) {
            String grapheme = matcher.group();
            int first = grapheme.codePointAt(0);
            boolean shownAsEmoji = Character.isEmojiPresentation(first)
                    || (Character.isEmoji(first) && grapheme.indexOf(VARIATION_EMOJI) > 0);
            if (shownAsEmoji && first > 0xFF) {
                found.add(grapheme);
            }
        }
        return found;
    }
}
