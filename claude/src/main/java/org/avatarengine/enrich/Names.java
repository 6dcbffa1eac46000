package org.avatarengine.enrich;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.redaction.Gate;
import org.avatarengine.redaction.Pseudonyms;
import org.avatarengine.redaction.Redactor;

/** The names of people in transcripts, and the personal data that no transcript may contain. */
final class Names {
    private static final String PEOPLE = """
            MATCH (p:Person)
            RETURN p.id AS id, p.name AS name, p.givenName AS given, p.familyName AS family, p.nickname AS nickname,
                   p.owner AS owner, COLLECT { MATCH (p)-[:HAS_NICKNAME]->(n:Nickname) RETURN n.name } AS nicknames,
                   COUNT { (p)-[:SENT]->() } AS sent
            ORDER BY sent DESC, id""";

    private final Map<String, String> labels = new HashMap<>();
    private final Pseudonyms pseudonyms;
    private final boolean hide;
    private final Redactor redactor;
    private final Set<String> handles = new LinkedHashSet<>();

    Names(Graph graph, Redactor redactor, boolean hide) {
        this.redactor = redactor;
        this.hide = hide;
        List<List<String>> called = new ArrayList<>();
        graph.read(PEOPLE, Map.of(), row -> {
            Set<String> names = new LinkedHashSet<>();
            for (String field : List.of("name", "nickname", "given", "family")) {
                String name = row.text(field);
                if (name != null && !name.isBlank()) {
                    names.add(name.strip());
                }
            }
            String known = row.text("name");
            names.addAll(row.texts("nicknames"));
            called.add(List.copyOf(names));
            int number = called.size();
            // A person without a name is shown by their address, which must not be sent.
            String label = known == null ? row.isTrue("owner") ? "The owner" : "Contact " + number : known;
            labels.put(row.requireText("id"), hide ? "Person " + number : redactor.redact(label));
        });
        pseudonyms = new Pseudonyms(called);
        handles.addAll(new People(graph).handles());
    }

    /** The name of a person in the transcript. */
    String label(String person) {
        return labels.getOrDefault(person, "Somebody");
    }

    /** A text without personal data, so that it may be sent. */
    String clean(String text) {
        String redacted = redactor.redact(text);
        return hide ? pseudonyms.hide(redacted) : redacted;
    }

    /** A text of an answer, with pseudonyms replaced by names. */
    String restore(String text) {
        return hide ? pseudonyms.restore(text) : text;
    }

    /** The gate for these names. */
    Gate gate() {
        return new Gate(handles, hide ? pseudonyms.names() : Set.of());
    }
}
