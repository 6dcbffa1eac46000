package org.avatarengine.source.apps.export;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Provenance;
import org.avatarengine.event.Reaction;
import org.avatarengine.event.Service;
import org.jspecify.annotations.Nullable;

/**
 * Receives the contents of an export. Information on people and conversations may arrive in parts and more than once.
 */
public abstract class ExportListener {
    private final String source;
    private final Set<String> known = new HashSet<>();
    private final Set<String> named = new HashSet<>();

    /** @param source the source named in the provenance of events */
    protected ExportListener(String source) {
        this.source = source;
    }

    /** Receives an account. The first information counts, but a name is also used if it comes later. */
    public void account(Handle handle, @Nullable String name, List<Handle> also, boolean owner) {
        if (name == null && also.isEmpty() && !owner) {
            return; // nothing is known but the address, which its messages contain
        }
        boolean first = known.add(handle.value());
        if (name != null && named.add(handle.value()) || first) {
            List<Handle> handles = also.isEmpty()
                    ? List.of(handle)
                    : Stream.concat(Stream.of(handle), also.stream()).distinct().toList();
            contact(Contact.profile("profile:" + handle.value(), name, handles, owner));
        }
    }

    /** Receives the participants of a conversation other than the owner. */
    public void conversation(
            String id, @Nullable String name, Service service, boolean group, List<Handle> participants) {
        conversation(new Conversation(id, name, service, participants, group));
    }

    /**
     * Receives the participants of a conversation other than the owner.
     *
     * @param aliases other identifiers of it, which another export of the same conversation may have, too
     */
    public void conversation(
            String id,
            @Nullable String name,
            Service service,
            boolean group,
            List<Handle> participants,
            List<String> aliases) {
        conversation(new Conversation(id, name, service, participants, group, aliases));
    }

    /**
     * Receives the identifiers under which the first version of this program stored the next event.
     *
     * @param id its present identifier
     * @param former the first is that of the event, others are of what was taken for further events and is part of it
     */
    public void formerly(String id, List<String> former) {
        // only a reader that stores needs it
    }

    /** Receives a message, a reaction or a change of a group. */
    public abstract void event(Event event);

    /**
     * Receives a change of a conversation.
     *
     * @param actor the person who made the change; null for the owner or when unknown
     * @param subject the affected member, for kinds that have one
     * @param title the new name, or the description of a change of unknown kind
     */
    public void change(
            String id,
            String conversation,
            GroupChange.Kind kind,
            @Nullable Handle actor,
            boolean byOwner,
            @Nullable Handle subject,
            @Nullable String title,
            @Nullable Instant at,
            long row) {
        event(new GroupChange(id, List.of(conversation), kind, actor, byOwner, subject, title, at, at(row)));
    }

    /** Receives an emoji reaction to a message; {@code sender} is null for the owner. */
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

    /**
     * Receives the name of a damaged file whose messages are missing, while the rest of the export is read. The user is
     * told about it.
     */
    public void unreadable(String file) {
        // only the survey tells the user
    }

    protected abstract void contact(Contact contact);

    protected abstract void conversation(Conversation conversation);

    /** The provenance of a row or line. */
    public Provenance at(long row) {
        return new Provenance(source, row);
    }
}
