package org.avatarengine.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.Graph;

/**
 * Something that would be sensible to do now.
 *
 * @param view where on the page it is done
 * @param command how it is done in a terminal, as the words after {@code avatar}
 */
public record NextStep(String title, String why, String view, List<String> command) {
    private static final String STATE = """
            OPTIONAL MATCH (m:Message) WITH count(m) AS messages
            OPTIONAL MATCH (x:CommunicationProfile) WITH messages, count(x) AS portraits
            OPTIONAL MATCH (p:Person) RETURN messages, portraits, count(p) AS people,
                   head(COLLECT { MATCH (a:Person) WHERE a.avatarConsentAt IS NOT NULL AND NOT coalesce(a.owner, false)
                       RETURN a.name LIMIT 1 }) AS agreed""";

    /** What to do with a store that does not exist yet. */
    public static final NextStep BEGIN = new NextStep(
            "Read your messages",
            "Nothing is stored yet. (avatar demo shows it all on an invented life.)",
            "/jobs?new=import",
            List.of("import"));

    /** What there is to do with a graph, the most sensible first. */
    public static List<NextStep> of(Graph graph) {
        var state = graph.read(STATE, Map.of()).getFirst();
        if (state.number("messages") == 0) {
            return List.of(BEGIN);
        }
        List<NextStep> steps = new ArrayList<>();
        if (state.number("portraits") == 0) {
            steps.add(new NextStep(
                    "Find out how people write",
                    "Messages are stored, but nobody is analyzed yet.",
                    "/jobs?new=analyze",
                    List.of("analyze")));
        }
        String agreed = state.text("agreed");
        if (agreed == null) {
            steps.add(new NextStep(
                    "Say who agrees to an avatar",
                    "An avatar is made only of people who agree; that is kept on record with each person.",
                    "/people",
                    List.of("people")));
        } else {
            steps.add(new NextStep(
                    "Talk to an avatar", agreed + " has agreed to one.", "/chat", List.of("chat", agreed)));
        }
        if (state.number("people") > 2) {
            steps.add(new NextStep(
                    "Look for people who are one",
                    "Two numbers or addresses may be one person.",
                    "/duplicates",
                    List.of("people", "dedupe", "--dry-run")));
        }
        return steps;
    }
}
