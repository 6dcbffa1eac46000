package org.avatarengine.source.imessage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Joins the rows of the table {@code chat} that are one conversation. Messages has a row for each service and address: a
 * person by iMessage, SMS, RCS and e-mail, a group before and after it fell back to another service.
 *
 * <p>Rows of a person are joined by the address and by the person whose addresses they are; rows of a group by the name
 * in their GUID, their group's id, and the table {@code chat_lookup}.
 */
final class ConversationGroups {
    private final Map<Long, Conversation> byRow = new LinkedHashMap<>();

    /** @param person a key of the person with an address; null if only the address is known */
    ConversationGroups(List<ChatRow> rows, Function<Handle, @Nullable Object> person) {
        Map<List<Object>, Set<ChatRow>> byKey = new HashMap<>();
        Map<ChatRow, Set<ChatRow>> sets = new LinkedHashMap<>();
        for (ChatRow row : rows) {
            Set<ChatRow> set = new LinkedHashSet<>(List.of(row));
            sets.put(row, set);
            for (List<Object> key : keys(row, person)) {
                Set<ChatRow> known = byKey.get(key);
                Set<ChatRow> mine = Objects.requireNonNull(sets.get(row));
                if (known != null && known != mine) {
                    known.addAll(mine);
                    mine.forEach(one -> sets.put(one, known));
                    byKey.replaceAll((k, one) -> one == mine ? known : one);
                } else {
                    byKey.put(key, mine);
                }
            }
        }
        sets.values().stream().distinct().forEach(this::add);
    }

    private static List<List<Object>> keys(ChatRow row, Function<Handle, @Nullable Object> person) {
        List<List<Object>> keys = new ArrayList<>();
        keys.add(List.of(row.group(), "tail", row.tail()));
        String identifier = row.identifier();
        if (identifier != null) {
            keys.add(List.of(row.group(), "identifier", identifier));
        }
        row.lookups().forEach(name -> keys.add(List.of(row.group(), "lookup", name)));
        if (row.group()) {
            row.groupIds().forEach(id -> keys.add(List.of(true, "group", id)));
        } else if (row.members().size() == 1) {
            Handle other = row.members().getFirst();
            keys.add(List.of(false, "address", other.value()));
            Object known = person.apply(other);
            if (known != null) {
                keys.add(List.of(false, "person", known));
            }
        }
        return keys;
    }

    private void add(Set<ChatRow> same) {
        List<ChatRow> rows =
                same.stream().sorted(Comparator.comparingLong(ChatRow::row)).toList();
        ChatRow first = rows.getFirst();
        Set<Handle> members = new LinkedHashSet<>();
        Set<String> names = new TreeSet<>();
        String name = null;
        for (ChatRow row : rows) {
            members.addAll(row.members());
            names.addAll(row.names());
            name = row.name() == null ? name : row.name();
        }
        String id = first.group()
                ? ChatRow.id(true, first.identifier() == null ? first.tail().substring(3) : first.identifier())
                : members.stream()
                        .map(member -> ChatRow.id(false, member.value()))
                        .sorted()
                        .findFirst()
                        .orElse(first.guid());
        names.remove(id);
        Map<String, Handle> byAddress = new LinkedHashMap<>();
        members.forEach(member -> byAddress.putIfAbsent(member.value(), member));
        Conversation conversation = new Conversation(
                id,
                name,
                rows.stream().map(ChatRow::service).sorted().findFirst().orElseThrow(),
                List.copyOf(byAddress.values()),
                first.group(),
                List.copyOf(names));
        rows.forEach(row -> byRow.put(row.row(), conversation));
    }

    /** The conversation of a row of the table {@code chat}. */
    @Nullable
    Conversation of(long row) {
        return byRow.get(row);
    }

    /** The conversations by rows; several rows can have the same. */
    Map<Long, Conversation> byRow() {
        return byRow;
    }
}
