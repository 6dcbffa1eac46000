package org.avatarengine.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.Graph;

/**
 * A suggestion of what to do next.
 *
 * @param title what to do, without a full stop
 * @param why why to do it, as whole sentences
 * @param view the address of the view on the page
 * @param command the same as a command: the words after {@code avatar}
 */
public record NextStep(String title, String why, String view, List<String> command) {
    private static final String STATE = """
            OPTIONAL MATCH (m:Message) WITH count(m) AS messages
            OPTIONAL MATCH (x:CommunicationProfile) WITH messages, count(x) AS portraits
            OPTIONAL MATCH (p:Person) RETURN messages, portraits, count(p) AS people,
                   head(COLLECT { MATCH (a:Person) WHERE a.avatarConsentAt IS NOT NULL AND NOT coalesce(a.owner, false)
                       RETURN a.name LIMIT 1 }) AS agreed""";

    /** The next step if nothing is stored yet. */
    public static final NextStep BEGIN = new NextStep(
            "Import your messages",
            "Nothing is stored yet. To try the program with made-up data, run `avatar demo`.",
            "/jobs?new=import",
            List.of("import"));

    /** The next steps for a graph, the most useful first. */
    public static List<NextStep> of(Graph graph) {
        var state = graph.read(STATE, Map.of()).getFirst();
        if (state.number("messages") == 0) {
            return List.of(BEGIN);
        }
        List<NextStep> steps = new ArrayList<>();
        if (state.number("portraits") == 0) {
            steps.add(new NextStep(
                    "Analyze how people write",
                    "Messages are stored, but nobody has been analyzed yet.",
                    "/jobs?new=analyze",
                    List.of("analyze")));
        }
        String agreed = state.text("agreed");
        if (agreed == null) {
            steps.add(new NextStep(
                    "Record who has agreed to an avatar",
                    "You can create an avatar of a person only with their consent.",
                    "/people",
                    List.of("people")));
        } else {
            steps.add(new NextStep(
                    "Chat with an avatar", agreed + " has agreed to an avatar.", "/chat", List.of("chat", agreed)));
        }
        if (state.number("people") > 2) {
            steps.add(new NextStep(
                    "Find duplicate people",
                    "A person with several phone numbers or addresses may be listed more than once.",
                    "/duplicates",
                    List.of("people", "dedupe", "--dry-run")));
        }
        return steps;
    }
}
