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
 * Who is not to be in the graph, by the nodes {@code (:Exclusion)}: their addresses and cards, and the conversations that
 * the owner has with them alone. What of a source concerns only them is not taken.
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

    boolean has(@Nullable Handle handle) {
        return handle != null && handles.contains(handle.value());
    }

    /** Whether an event concerns anybody who is in the graph. */
    boolean takes(Event event) {
        if (handles.isEmpty() && contacts.isEmpty()) {
            return true;
        }
        return switch (event) {
            case Contact contact ->
                !contacts.contains(contact.id()) && contact.handles().stream().noneMatch(this::has);
            case Conversation conversation -> takes(conversation);
            case Message message -> !has(message.sender()) && inOne(message.conversationIds());
            case Reaction reaction -> !has(reaction.sender()) && inOne(reaction.conversationIds());
            case GroupChange change ->
                !has(change.actor()) && !has(change.subject()) && inOne(change.conversationIds());
        };
    }

    /** A card without those who are excluded among the relatives that it names. */
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

    private boolean takes(Conversation conversation) {
        List<Handle> participants = conversation.participants();
        boolean nobodyLeft = !participants.isEmpty() && participants.stream().allMatch(this::has);
        if (nobodyLeft && conversations.add(conversation.id())) {
            // Later runs see its messages, but not the conversation again.
            graph.write(transaction -> transaction.run(
                    """
                    MATCH (x:Exclusion) WHERE any(handle IN x.handles WHERE handle IN $handles)
                    SET x.conversations = coalesce(x.conversations, []) + $id""",
                    Map.of("handles", participants.stream().map(Handle::value).toList(), "id", conversation.id())));
        }
        return !nobodyLeft;
    }

    private boolean inOne(List<String> ids) {
        return ids.isEmpty() || !conversations.containsAll(ids);
    }
}
