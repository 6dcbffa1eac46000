package org.avatarengine.source.apps.mail;

import java.util.ArrayList;
import java.util.List;
import org.avatarengine.event.TextRange.Kind;

/**
 * Joins the lines of a text that its reader wraps ({@code format=flowed}, RFC 3676): a line that ends with a space goes
 * on in the next one. Quotation marks count only at the very start of a line; a line of the sender's own that begins
 * with one is preceded by a space.
 */
final class FlowedText {
    private FlowedText() {}

    /** @param deleteSpace whether the space at the end is only the mark (DelSp=yes) */
    static List<MailLine> of(String text, boolean deleteSpace) {
        List<MailLine> lines = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        int depth = -1;
        boolean open = false;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            int marks = 0;
            while (marks < line.length() && line.charAt(marks) == '>') {
                marks++;
            }
            String content = line.substring(marks);
            content = content.startsWith(" ") ? content.substring(1) : content;
            boolean signature = content.equals("-- ");
            if (open && (marks != depth || signature)) {
                lines.add(line(joined, depth));
                open = false;
            }
            boolean flows = content.endsWith(" ") && !signature;
            joined.append(flows && deleteSpace ? content.substring(0, content.length() - 1) : content);
            depth = marks;
            open = flows;
            if (!open) {
                lines.add(line(joined, depth));
            }
        }
        if (open) {
            lines.add(line(joined, depth));
        }
        return lines;
    }

    private static MailLine line(StringBuilder joined, int depth) {
        String text = joined.toString();
        joined.setLength(0);
        if (depth > 0) {
            return new MailLine(">".repeat(depth) + (text.isEmpty() ? "" : " " + text), Kind.QUOTED);
        }
        return new MailLine(text, null);
    }
}
