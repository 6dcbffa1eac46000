package org.avatarengine.source.apps.mail;

import org.avatarengine.event.TextRange;
import org.jspecify.annotations.Nullable;

/**
 * A line of a mail's text.
 *
 * @param text the line without its line break
 * @param mark what the mail's own marks say that the line is: HTML has elements for quotations, and text that is wrapped
 *     by its reader counts marks at the start of each line. Null when there is no such mark
 */
record MailLine(String text, TextRange.@Nullable Kind mark) {
    boolean blank() {
        return text.isBlank();
    }
}
