package org.avatarengine.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.avatarengine.event.Conversation;
import org.avatarengine.graph.Graph;

/**
 * The identifiers of all conversations. Messages, and earlier versions of this program, know one conversation by several
 * identifiers: a person's chats by iMessage and by SMS, a group before and after an update of macOS. All of them lead to
 * one conversation here, in whatever order they are imported.
 *
 * <p>Of two identifiers, the one that has the other among its aliases stays; if both have or none, the smaller one.
 */
final class ConversationDirectory {
    private static final String STORED = "MATCH (c:Conversation) RETURN c.id AS id, c.aliases AS aliases ORDER BY id";

    /** A conversation that is stored in parts. */
    record Join(String gone, String kept) {}

    private static final class Known {
        private final String id;
        private final Set<String> aliases;
        private final boolean stored;

        Known(String id, Set<String> aliases, boolean stored) {
            this.id = id;
            this.aliases = aliases;
            this.stored = stored;
        }

        boolean replaces(Known other) {
            return aliases.contains(other.id) && !other.aliases.contains(id);
        }
    }

    /** By identifiers and aliases. */
    private final Map<String, Set<Known>> byName = new HashMap<>();

    private final Map<String, String> ids = new HashMap<>();
    private final Set<String> mentioned = new HashSet<>();
    private List<Join> joins = new ArrayList<>();

    static ConversationDirectory load(Graph graph) {
        ConversationDirectory directory = new ConversationDirectory();
        graph.read(
                STORED,
                Map.of(),
                row -> directory.add(
                        new Known(row.requireText("id"), new LinkedHashSet<>(row.texts("aliases")), true)));
        return directory;
    }

    private void add(Known known) {
        ids.put(known.id, known.id);
        byName.computeIfAbsent(known.id, name -> new HashSet<>()).add(known);
        known.aliases.forEach(
                alias -> byName.computeIfAbsent(alias, name -> new HashSet<>()).add(known));
    }

    private void remove(Known known) {
        byName.getOrDefault(known.id, Set.of()).remove(known);
        known.aliases.forEach(alias -> byName.getOrDefault(alias, Set.of()).remove(known));
    }

    /** The conversation as it is to be stored, with all aliases that are known for it. */
    Conversation resolve(Conversation conversation) {
        Conversation resolved = resolved(conversation);
        mentioned.add(resolved.id());
        return resolved;
    }

    private Conversation resolved(Conversation conversation) {
        Known arriving = new Known(conversation.id(), new LinkedHashSet<>(conversation.aliases()), false);
        Set<Known> same = new HashSet<>(byName.getOrDefault(arriving.id, Set.of()));
        arriving.aliases.forEach(alias -> same.addAll(byName.getOrDefault(alias, Set.of())));
        if (same.isEmpty()) {
            add(arriving);
            return conversation;
        }
        Known kept = kept(arriving, same);
        Set<String> aliases = new TreeSet<>(arriving.aliases);
        aliases.add(arriving.id);
        for (Known one : same) {
            aliases.addAll(one.aliases);
            aliases.add(one.id);
            if (one.stored && !one.id.equals(kept.id)) {
                joins.add(new Join(one.id, kept.id));
            }
            remove(one);
        }
        aliases.remove(kept.id);
        // From now on all names lead to the one that stays, even those that no source mentions any more.
        aliases.forEach(alias -> ids.put(alias, kept.id));
        add(new Known(kept.id, aliases, same.stream().anyMatch(one -> one.stored)));
        return new Conversation(
                kept.id,
                conversation.name(),
                conversation.service(),
                conversation.participants(),
                conversation.group(),
                List.copyOf(aliases));
    }

    /** The identifier that stays. What is not stored yet does not replace another of the same import. */
    private static Known kept(Known arriving, Set<Known> same) {
        List<Known> candidates = new ArrayList<>(same);
        if (same.stream().noneMatch(one -> one.id.equals(arriving.id))) {
            candidates.add(arriving);
        }
        return candidates.stream()
                .filter(one -> candidates.stream().noneMatch(other -> other.replaces(one)))
                .min((a, b) -> a.id.compareTo(b.id))
                .orElse(arriving);
    }

    /** The identifiers of the conversations that were resolved. */
    Set<String> mentioned() {
        return mentioned;
    }

    /** The identifier under which a conversation is stored. */
    String idOf(String id) {
        return ids.getOrDefault(id, id);
    }

    /** The joins that have become known since the last call. */
    List<Join> takeJoins() {
        List<Join> taken = joins;
        joins = new ArrayList<>();
        return taken;
    }
}
