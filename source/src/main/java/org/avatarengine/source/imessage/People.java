package org.avatarengine.source.imessage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Handle;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.imessage.AddressBook.Card;
import org.jspecify.annotations.Nullable;

/**
 * Combines the cards of several address books and Apple's grouping of addresses ({@code person_centric_id}) to one
 * {@link Contact} per person.
 *
 * <p>Two cards are the same person when they share an address and their names are compatible: one has no name, or all
 * words of the shorter name occur in the longer one. A landline of two people with different names therefore does not
 * join them; it is assigned to the first card.
 */
final class People {
    private final HandleNormalizer normalizer;
    private final List<Group> groups = new ArrayList<>();
    private final Map<String, Group> byAddress = new HashMap<>();

    private static final class Group {
        private final List<Card> cards = new ArrayList<>();
        private final Map<String, Handle> handles = new LinkedHashMap<>();
        private boolean owner;

        @Nullable
        String name() {
            return cards.stream()
                    .map(Card::displayName)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
    }

    People(HandleNormalizer normalizer) {
        this.normalizer = normalizer;
    }

    void addCard(Card card) {
        List<Handle> handles =
                card.addresses().stream().map(normalizer::normalize).toList();
        Group home = null;
        for (Handle handle : handles) {
            Group known = byAddress.get(handle.value());
            if (known != null && namesAgree(known.name(), card.displayName())) {
                home = home == null ? known : merge(home, known);
            }
        }
        if (home == null) {
            home = new Group();
            groups.add(home);
        }
        home.cards.add(card);
        home.owner |= card.owner();
        add(home, handles);
    }

    /** Adds addresses that Apple assigns to the same person. */
    void addTogether(Collection<Handle> handles) {
        Group home = null;
        for (Handle handle : handles) {
            Group known = byAddress.get(handle.value());
            if (known != null && home == null) {
                home = known;
            } else if (known != null && home != null && namesAgree(home.name(), known.name())) {
                home = merge(home, known);
            }
        }
        if (home == null) {
            home = new Group();
            groups.add(home);
        }
        add(home, handles);
    }

    /** All addresses of the person with this address; empty if the address is on no card. */
    Collection<Handle> addressesOf(Handle address) {
        Group group = byAddress.get(address.value());
        return group == null ? List.of() : List.copyOf(group.handles.values());
    }

    /** All addresses of the people with this name. */
    Collection<Handle> addressesOf(String name) {
        List<Handle> addresses = new ArrayList<>();
        for (Group group : groups) {
            if (group.cards.stream().anyMatch(card -> name.strip().equalsIgnoreCase(card.displayName()))) {
                addresses.addAll(group.handles.values());
            }
        }
        return addresses;
    }

    /** A key of the person with this address; null if no card and no grouping of Apple's has it. */
    @Nullable
    Object personOf(Handle address) {
        return byAddress.get(address.value());
    }

    @Nullable
    String nameOf(Handle address) {
        Group group = byAddress.get(address.value());
        return group == null ? null : group.name();
    }

    /** Whether the address is on the card that the address book marks as the owner's. */
    boolean isOwner(Handle address) {
        Group group = byAddress.get(address.value());
        return group != null && group.owner;
    }

    /** Whether an address book marks a card as the owner's. */
    boolean knowsOwner() {
        return groups.stream().anyMatch(group -> group.owner);
    }

    /** The names on all cards. */
    List<String> names() {
        return groups.stream().map(Group::name).filter(Objects::nonNull).toList();
    }

    /** Adds the owner's addresses. */
    void addOwner(Collection<Handle> handles) {
        Group home = groups.stream().filter(group -> group.owner).findFirst().orElse(null);
        for (Handle handle : handles) {
            Group known = byAddress.get(handle.value());
            if (known != null && home == null) {
                home = known;
            } else if (known != null && home != null && namesAgree(home.name(), known.name())) {
                home = merge(home, known);
            }
        }
        if (home == null) {
            home = new Group();
            groups.add(home);
        }
        home.owner = true;
        add(home, handles);
    }

    private void add(Group group, Collection<Handle> handles) {
        for (Handle handle : handles) {
            if (byAddress.putIfAbsent(handle.value(), group) == null) {
                group.handles.put(handle.value(), handle);
            }
        }
    }

    private Group merge(Group into, Group from) {
        if (into == from) {
            return into;
        }
        into.cards.addAll(from.cards);
        into.owner |= from.owner;
        into.handles.putAll(from.handles);
        from.handles.keySet().forEach(address -> byAddress.put(address, into));
        groups.remove(from);
        return into;
    }

    static boolean namesAgree(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return true;
        }
        Set<String> a = words(one);
        Set<String> b = words(other);
        return a.size() <= b.size() ? b.containsAll(a) : a.containsAll(b);
    }

    private static Set<String> words(String name) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : name.toLowerCase(Locale.ROOT).split("[\\s,.]+")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    /** One contact per person, in the order of their first occurrence. At most one is the owner. */
    List<Contact> contacts() {
        List<Contact> contacts = new ArrayList<>();
        boolean ownerFound = false;
        for (Group group : groups) {
            boolean owner = group.owner && !ownerFound;
            ownerFound |= owner;
            contacts.add(contact(group, owner));
        }
        return contacts;
    }

    private static Contact contact(Group group, boolean owner) {
        List<Card> cards = group.cards;
        String id = cards.isEmpty()
                ? "addresses:" + String.join(",", group.handles.keySet())
                : cards.getFirst().id();
        return new Contact(
                id,
                longestName(cards),
                first(cards.stream().map(Card::first).toList()),
                first(cards.stream().map(Card::last).toList()),
                first(cards.stream().map(Card::nickname).toList()),
                first(cards.stream().map(Card::organization).toList()),
                List.copyOf(group.handles.values()),
                cards.stream()
                        .flatMap(card -> card.related().stream())
                        .map(pair -> new Contact.Related(pair[0], pair[1]))
                        .distinct()
                        .toList(),
                owner,
                false);
    }

    private static @Nullable String longestName(List<Card> cards) {
        String best = null;
        for (Card card : cards) {
            String name = card.displayName();
            if (name != null && (best == null || name.length() > best.length())) {
                best = name;
            }
        }
        return best;
    }

    private static @Nullable String first(List<@Nullable String> values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }
}
