package org.avatarengine.ingest;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.Reaction;
import org.avatarengine.graph.Graph;
import org.jspecify.annotations.Nullable;

/**
 * The excluded people, from the nodes {@code (:Exclusion)}: their addresses, contact cards, and one-to-one
 * conversations with the owner. Source data that concerns only them is not imported.
 */
final class Excluded {
    private final Graph graph;
    private final Set<String> handles = new HashSet<>();
    private final Set<String> contacts = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> conversations = new HashSet<>();

    private Excluded(Graph graph) {
        this.graph = graph;
    }

    static Excluded load(Graph graph) {
        Excluded excluded = new Excluded(graph);
        graph.read(
                "MATCH (x:Exclusion) RETURN x.name AS name, x.handles AS handles, x.contactIds AS contacts,"
                        + " x.conversations AS conversations",
                Map.of(),
                row -> {
                    String name = row.text("name");
                    if (name != null) {
                        excluded.names.add(name);
                    }
                    excluded.handles.addAll(row.texts("handles"));
                    excluded.contacts.addAll(row.texts("contacts"));
                    excluded.conversations.addAll(row.texts("conversations"));
                });
        return excluded;
    }

    boolean contains(@Nullable Handle handle) {
        return handle != null && handles.contains(handle.value());
    }

    /** Whether to import an event: false if it concerns only excluded people. */
    boolean includes(Event event) {
        if (handles.isEmpty() && contacts.isEmpty()) {
            return true;
        }
        return switch (event) {
            case Contact contact ->
                !contacts.contains(contact.id()) && contact.handles().stream().noneMatch(this::contains);
            case Conversation conversation -> includes(conversation);
            case Message message -> !contains(message.sender()) && inIncludedConversation(message.conversationIds());
            case Reaction reaction ->
                !contains(reaction.sender()) && inIncludedConversation(reaction.conversationIds());
            case GroupChange change ->
                !contains(change.actor())
                        && !contains(change.subject())
                        && inIncludedConversation(change.conversationIds());
        };
    }

    /** Removes excluded people from the relatives that a contact card names. */
    Contact without(Contact contact) {
        if (contact.related().stream().noneMatch(one -> names.contains(one.name()))) {
            return contact;
        }
        return new Contact(
                contact.id(),
                contact.name(),
                contact.givenName(),
                contact.familyName(),
                contact.nickname(),
                contact.organization(),
                contact.handles(),
                contact.related().stream()
                        .filter(one -> !names.contains(one.name()))
                        .toList(),
                contact.owner(),
                contact.profile());
    }

    private boolean includes(Conversation conversation) {
        List<Handle> participants = conversation.participants();
        boolean nobodyLeft = !participants.isEmpty() && participants.stream().allMatch(this::contains);
        if (nobodyLeft && conversations.add(conversation.id())) {
            // Stored, because later runs read new messages of this conversation, but not the conversation itself.
            graph.write(transaction -> transaction.run(
                    """
                    MATCH (x:Exclusion) WHERE any(handle IN x.handles WHERE handle IN $handles)
                    SET x.conversations = coalesce(x.conversations, []) + $id""",
                    Map.of("handles", participants.stream().map(Handle::value).toList(), "id", conversation.id())));
        }
        return !nobodyLeft;
    }

    private boolean inIncludedConversation(List<String> ids) {
        return ids.isEmpty() || !conversations.containsAll(ids);
    }
}
