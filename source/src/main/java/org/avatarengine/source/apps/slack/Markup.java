package org.avatarengine.source.apps.slack;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.fellbaum.jemoji.Emoji;
import net.fellbaum.jemoji.EmojiManager;
import org.avatarengine.event.TextRange;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ImportOptions;

/** Slack's markup in a text: people, channels and links in angle brackets, emoji by name. */
final class Markup {
    private static final Pattern MARK = Pattern.compile(
            "<([@#!]?)([^<>|]{1,2000})(?:\\|([^<>]{0,2000}))?>|:([a-z0-9_+'-]{1,60})(?::(skin-tone-[2-6]))?:");

    private Markup() {}

    /** @param names the names of people by id */
    static void read(String raw, Map<String, String> names, Draft draft) {
        StringBuilder plain = new StringBuilder();
        append(raw, names, draft, plain);
        draft.text(plain.toString());
    }

    /** Appends a text to the plain text of a message. */
    static void append(String raw, Map<String, String> names, Draft draft, StringBuilder plain) {
        Matcher mark = MARK.matcher(raw);
        int done = 0;
        while (mark.find()) {
            plain.append(unescape(raw.substring(done, mark.start())));
            done = mark.end();
            int start = plain.length();
            if (mark.group(4) != null) {
                plain.append(emoji(mark.group(4), mark.group()));
                continue;
            }
            String target = mark.group(2);
            String label = mark.group(3);
            switch (mark.group(1)) {
                case "@" -> {
                    plain.append('@').append(label != null ? label : names.getOrDefault(target, target));
                    String handle = ImportOptions.account("slack", target).value();
                    draft.mark(new TextRange(start, plain.length(), TextRange.Kind.MENTION, handle));
                }
                case "#" -> plain.append('#').append(label != null ? label : target);
                case "!" -> plain.append('@').append(label != null ? label : target.replaceFirst("\\^.*", ""));
                default -> {
                    plain.append(unescape(label != null ? label : target.replaceFirst("^mailto:", "")));
                    draft.mark(new TextRange(start, plain.length(), TextRange.Kind.LINK, unescape(target)));
                }
            }
        }
        plain.append(unescape(raw.substring(done)));
    }

    /** The emoji with a name. Custom emoji of the workspace stay as they are written. */
    static String emoji(String name, String otherwise) {
        Optional<Emoji> known = EmojiManager.getBySlackAlias(":" + name + ":");
        return known.map(Emoji::getEmoji).orElse(otherwise);
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
