package org.avatarengine.source.apps.export;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Event;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * Checks what the user says with {@code --me} against the people of an export. A mistyped name would make the owner a
 * stranger in their own messages, and the name of somebody else would put that person's words into the owner's mouth.
 */
public final class OwnerCheck {
    /** A name with more mistakes is another name. */
    private static final int MOST_TYPOS = 3;

    /** By the value of the handle, because most messages are by few people. */
    private final Map<String, String> others = new LinkedHashMap<>();

    private final Set<String> owner = new LinkedHashSet<>();
    private boolean ownerNamed;
    private boolean ownerSeen;

    /** Takes note of the people in an event. */
    public void take(Event event) {
        if (event instanceof Contact contact) {
            String name = contact.name();
            if (contact.owner()) {
                ownerSeen = true;
                ownerNamed |= name != null;
                Stream.concat(
                                Stream.ofNullable(name),
                                contact.handles().stream().flatMap(handle -> Stream.of(handle.value(), handle.raw())))
                        .forEach(owner::add);
            } else {
                contact.handles().forEach(handle -> others.put(handle.value(), name == null ? handle.raw() : name));
            }
        } else if (event instanceof Message message) {
            ownerSeen |= message.fromOwner();
            Handle sender = message.sender();
            if (sender != null) {
                others.putIfAbsent(sender.value(), sender.raw());
            }
        }
    }

    /**
     * Refuses a name that nobody has. If the export itself says who the owner is, the name is needed for nothing, but
     * must not be another person's.
     *
     * @param where the export, in the message to the user
     */
    public void check(String where, ImportOptions asked) throws SourceException {
        String me = asked.me();
        if (me == null || asked.hasMet() || owner.stream().anyMatch(asked::isCalled)) {
            return;
        }
        if (!ownerSeen || ownerNamed) {
            Set<String> names = new LinkedHashSet<>(others.values());
            names.addAll(owner.stream().limit(1).toList());
            String like = like(me, names);
            boolean other = ownerSeen && isOther(asked);
            throw new SourceException(
                    other
                            ? where + " belongs to "
                                    + ImportOptions.listed(List.copyOf(owner).subList(0, 1))
                                    + ", but --me names somebody else in it. Leave out --me."
                            : where + " contains nobody called \"" + ImportOptions.listed(List.of(me)) + "\"."
                                    + (like == null
                                            ? ""
                                            : " Did you mean \"" + ImportOptions.listed(List.of(like)) + "\"?")
                                    + " With --me, use your name as it is in the export. Names in it: "
                                    + ImportOptions.listed(names) + ".");
        }
        if (isOther(asked)) {
            throw new SourceException(where + " shows which messages are yours, but --me names somebody else in it."
                    + " Leave out --me.");
        }
    }

    private boolean isOther(ImportOptions asked) {
        return others.entrySet().stream()
                .anyMatch(other -> asked.isCalled(other.getKey()) || asked.isCalled(other.getValue()));
    }

    private static @Nullable String like(String me, Set<String> names) {
        String lower = me.strip().toLowerCase(Locale.ROOT);
        LevenshteinDistance distance = new LevenshteinDistance(Math.min(MOST_TYPOS, (lower.length() + 1) / 3));
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String name : names) {
            int typos = distance.apply(lower, name.toLowerCase(Locale.ROOT));
            if (typos >= 0 && typos < least) {
                least = typos;
                nearest = name;
            }
        }
        return nearest;
    }
}
