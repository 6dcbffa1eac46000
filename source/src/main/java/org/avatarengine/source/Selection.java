package org.avatarengine.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Handle;
import org.jspecify.annotations.Nullable;

/** Decides which conversations a {@link Filter} selects, based on the contacts seen so far. */
public final class Selection {
    private final Filter filter;
    private final List<Contact> contacts = new ArrayList<>();

    public Selection(Filter filter) {
        this.filter = filter;
    }

    /** Adds a contact, so that its name matches its addresses. */
    public void learn(Contact contact) {
        contacts.add(contact);
    }

    /** Whether the filter selects by conversation. */
    public boolean byConversation() {
        return !filter.chats().isEmpty() || !filter.persons().isEmpty();
    }

    /** Whether the filter selects a conversation. Without conversations in the filter, all are selected. */
    public boolean wants(Conversation conversation) {
        if (!byConversation()) {
            return true;
        }
        for (String chat : filter.chats()) {
            if (contains(conversation.name(), chat) || contains(conversation.id(), chat)) {
                return true;
            }
        }
        for (String person : filter.persons()) {
            for (Handle handle : conversation.participants()) {
                if (contains(handle.value(), person) || contains(handle.raw(), person) || named(handle, person)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean named(Handle handle, String person) {
        for (Contact contact : contacts) {
            if (contact.handles().stream().anyMatch(h -> h.value().equals(handle.value()))
                    && (contains(contact.name(), person) || contains(contact.nickname(), person))) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(@Nullable String text, String part) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
