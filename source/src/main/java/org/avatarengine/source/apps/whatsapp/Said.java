package org.avatarengine.source.apps.whatsapp;

import java.util.function.Predicate;
import org.avatarengine.event.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a chat, understood.
 *
 * @param by the name before the text; null for a notice without one
 * @param raw the whole text after the name
 */
record Said(Entries.Entry entry, @Nullable String by, String raw, Notes.Content content) {
    static Said of(Entries.Entry entry, Predicate<String> there) {
        String first = entry.first();
        Sender sender = Sender.of(first);
        if (sender == null) {
            return new Said(
                    entry,
                    null,
                    entry.rest(),
                    new Notes.Content(entry.rest(), MessageKind.APP_MADE, null, null, false, false, false, true, null));
        }
        String raw = sender.text() + entry.rest().substring(first.length());
        return new Said(
                entry, sender.name(), raw, Notes.read(raw, entry.header().marked(), there));
    }

    /** Whether somebody sent it, and not the app. */
    boolean isMessage() {
        return by != null && !content.note();
    }

    String minute() {
        return Dates.minuteAsWritten(entry.header());
    }
}
