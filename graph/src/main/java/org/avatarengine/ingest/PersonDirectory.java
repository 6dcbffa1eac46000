package org.avatarengine.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Handle;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Mutations;
import org.avatarengine.graph.NodeLabel;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.vocabulary.RelationshipTypes;

/**
 * Maps addresses to people, from the graph and from contacts. There are only thousands of people, so all of them are
 * kept in memory during an import.
 *
 * <p>An address without a contact becomes a separate person. When a contact later shows that two such people are the
 * same person, they are joined. Two people who both have contacts are never joined here.
 */
final class PersonDirectory {
    /** The id of the person whose data this is. */
    static final String OWNER = "owner";

    /** Two duplicates: {@code gone} becomes part of {@code kept}. */
    record Join(String gone, String kept) {}

    private final Map<String, String> personByHandle = new HashMap<>();
    private final Map<String, String> personByContact = new HashMap<>();
    private final Map<String, Set<String>> contactsOf = new HashMap<>();
    /** App profiles by person. A profile names a person only if no contact card does. */
    private final Map<String, Set<String>> profilesOf = new HashMap<>();

    /** The card or profile that names each person. The person's other cards only add addresses. */
    private final Map<String, String> namingContact = new HashMap<>();

    private final Map<String, Set<String>> addressesOf = new HashMap<>();
    private final Set<String> apart = new HashSet<>();
    private final Set<String> named = new HashSet<>();
    private final List<Join> joins = new ArrayList<>();
    private boolean ownerStored;

    private PersonDirectory() {}

    static PersonDirectory load(Graph graph) {
        PersonDirectory directory = new PersonDirectory();
        for (Row row : graph.read(
                "MATCH (p:Person) OPTIONAL MATCH (p)-[:HAS_HANDLE]->(h:Handle)"
                        + " RETURN p.id AS person, p.contactIds AS contacts, p.profileIds AS profiles,"
                        + " p.mergedContactIds AS merged,"
                        + " p.namingContact AS naming, p.addresses AS addresses, collect(h.id) AS handles",
                Map.of())) {
            String person = row.requireText("person");
            row.texts("handles").forEach(handle -> directory.personByHandle.put(handle, person));
            for (String contact : row.texts("contacts")) {
                directory.remember(contact, person, directory.contactsOf);
                directory.named.add(person);
            }
            for (String profile : row.texts("profiles")) {
                directory.remember(profile, person, directory.profilesOf);
            }
            row.texts("merged").forEach(contact -> directory.personByContact.put(contact, person));
            String naming = row.text("naming");
            if (naming != null) {
                directory.namingContact.put(person, naming);
            }
            directory.addressesOf.put(person, new TreeSet<>(row.texts("addresses")));
            directory.ownerStored |= person.equals(OWNER);
        }
        graph.read("MATCH (m:EntityMapping {kind: 'APART'}) RETURN m.one AS one, m.other AS other", Map.of(), row -> {
            directory.apart.add(row.requireText("one") + '|' + row.requireText("other"));
            directory.apart.add(row.requireText("other") + '|' + row.requireText("one"));
        });
        return directory;
    }

    /** Adds the owner to the graph if missing. */
    void owner(Mutations out) {
        if (!ownerStored) {
            ownerStored = true;
            out.node(NodeLabel.PERSON, OWNER).put("owner", true);
        }
    }

    /** The id of the person with an address. Adds the person if the address is new. */
    String personOf(Handle handle, Mutations out) {
        String known = personByHandle.get(handle.value());
        if (known != null) {
            return known;
        }
        String person = idFor(handle.value());
        out.node(NodeLabel.PERSON, person).put("owner", false);
        attach(handle, person, out);
        return person;
    }

    private void attach(Handle handle, String person, Mutations out) {
        personByHandle.put(handle.value(), person);
        out.node(NodeLabel.HANDLE, handle.value())
                .put("kind", handle.kind().name())
                .put("country", handle.country());
        out.link(NodeLabel.PERSON, person, RelationshipTypes.HAS_HANDLE, NodeLabel.HANDLE, handle.value());
    }

    /** A hash, so that ids reveal nothing about addresses. */
    private static String idFor(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Adds the data of a contact. */
    void learn(Contact contact, Mutations out) {
        String person = personOf(contact, out);
        for (Handle handle : contact.handles()) {
            String holder = personByHandle.get(handle.value());
            if (holder == null) {
                attach(handle, person, out);
            } else if (!holder.equals(person)
                    && !named.contains(holder)
                    && !holder.equals(OWNER)
                    && !apart.contains(holder + '|' + person)) {
                joins.add(new Join(holder, person));
                personByHandle.replaceAll((address, p) -> p.equals(holder) ? person : p);
                personByContact.replaceAll((id, p) -> p.equals(holder) ? person : p);
            }
        }
        Map<String, Set<String>> mine = contact.profile() ? profilesOf : contactsOf;
        boolean merged = person.equals(personByContact.get(contact.id()))
                && !mine.getOrDefault(person, Set.of()).contains(contact.id());
        if (!merged) {
            remember(contact.id(), person, mine);
        }
        if (contact.name() != null && !contact.profile()) {
            named.add(person);
        }
        Set<String> addresses = addressesOf.computeIfAbsent(person, p -> new TreeSet<>());
        contact.handles().forEach(handle -> addresses.add(handle.value()));
        var node = out.node(NodeLabel.PERSON, person)
                .put("owner", person.equals(OWNER))
                .put("addresses", addresses.isEmpty() ? null : List.copyOf(addresses));
        if (!merged && contact.name() != null && names(contact, person)) {
            node.put("namingContact", contact.id())
                    .put("name", contact.name())
                    .put("givenName", contact.givenName())
                    .put("familyName", contact.familyName())
                    .put("nickname", contact.nickname())
                    .put("organization", contact.organization())
                    .put(
                            contact.profile() ? "profileIds" : "contactIds",
                            List.copyOf(mine.getOrDefault(person, Set.of())));
        }
        if (!merged && !contact.related().isEmpty()) {
            node.put(
                            "relatedRoles",
                            contact.related().stream()
                                    .map(Contact.Related::role)
                                    .toList())
                    .put(
                            "relatedNames",
                            contact.related().stream()
                                    .map(Contact.Related::name)
                                    .toList());
        }
    }

    /** Whether a card or profile names a person: the first card, or the first profile if there is no card. */
    private boolean names(Contact contact, String person) {
        String naming = namingContact.get(person);
        boolean profileNames =
                naming != null && profilesOf.getOrDefault(person, Set.of()).contains(naming);
        if (naming == null || (profileNames && !contact.profile())) {
            namingContact.put(person, contact.id());
            return true;
        }
        return naming.equals(contact.id());
    }

    private void remember(String contact, String person, Map<String, Set<String>> mine) {
        personByContact.put(contact, person);
        mine.computeIfAbsent(person, p -> new TreeSet<>()).add(contact);
    }

    private String personOf(Contact contact, Mutations out) {
        if (contact.owner()) {
            owner(out);
            return OWNER;
        }
        String known = personByContact.get(contact.id());
        if (known != null) {
            return known;
        }
        String unnamed = null;
        for (Handle handle : contact.handles()) {
            String holder = personByHandle.get(handle.value());
            if (holder == null) {
                continue;
            }
            // A family may share the addresses on a card, but an account belongs to one person. A profile therefore
            // joins
            // the person whose card has one of its addresses.
            boolean card = named.contains(holder);
            if (card && (contact.profile() || contact.name() == null)) {
                return holder;
            }
            unnamed = unnamed == null && !card ? holder : unnamed;
        }
        if (unnamed != null) {
            return unnamed;
        }
        return idFor("contact:" + contact.id());
    }

    /** The joins found since the last call. */
    List<Join> takeJoins() {
        List<Join> taken = List.copyOf(joins);
        joins.clear();
        return taken;
    }
}
