package org.avatarengine.source.apps.export;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Provenance;
import org.avatarengine.event.Reaction;
import org.avatarengine.event.Service;
import org.jspecify.annotations.Nullable;

/** Hears what an export tells. What is told of people and conversations may come in pieces and more than once. */
public abstract class Telling {
    private final String source;
    private final Set<String> known = new HashSet<>();
    private final Set<String> named = new HashSet<>();

    /** @param source what the events are said to come from */
    protected Telling(String source) {
        this.source = source;
    }

    /** Hears an account. What is told of it first counts, but a name counts also when it comes later. */
    public void account(Handle handle, @Nullable String name, List<Handle> also, boolean owner) {
        if (name == null && also.isEmpty() && !owner) {
            return; // that there is such an address is told by whoever writes from it
        }
        boolean first = known.add(handle.value());
        if (name != null && named.add(handle.value()) || first) {
            List<Handle> handles = also.isEmpty()
                    ? List.of(handle)
                    : Stream.concat(Stream.of(handle), also.stream()).distinct().toList();
            contact(Contact.profile("profile:" + handle.value(), name, handles, owner));
        }
    }

    /** Hears who takes part in a conversation beside the owner. */
    public void conversation(
            String id, @Nullable String name, Service service, boolean group, List<Handle> participants) {
        conversation(new Conversation(id, name, service, participants, group));
    }

    /** Hears a message, a reaction or a change of a group. */
    public abstract void event(Event event);

    /** Hears that somebody put an emoji to a message; {@code sender} is null for the owner. */
    public void reaction(
            String message,
            String conversation,
            @Nullable Handle sender,
            @Nullable Instant at,
            String emoji,
            long row) {
        event(new Reaction(
                message + "/" + (sender == null ? "me" : sender.value()) + "/" + emoji,
                message,
                0,
                List.of(conversation),
                sender,
                sender == null,
                at,
                Reaction.Kind.EMOJI,
                emoji,
                false,
                List.of(),
                at(row)));
    }

    protected abstract void contact(Contact contact);

    protected abstract void conversation(Conversation conversation);

    /** Where something was read. */
    public Provenance at(long row) {
        return new Provenance(source, row);
    }
}
