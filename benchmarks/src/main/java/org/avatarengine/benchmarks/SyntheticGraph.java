package org.avatarengine.benchmarks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Mutations;
import org.avatarengine.graph.NodeLabel;
import org.avatarengine.graph.vocabulary.RelationshipTypes;
import org.avatarengine.people.People;

/**
 * Writes a graph of any size as an import of {@link SyntheticMessages} would leave it, but only what an analysis reads:
 * people, conversations and messages with their texts. There is no database to decode, so it takes a fraction of the time.
 */
final class SyntheticGraph {
    private static final int PEOPLE = 200;
    private static final int CONVERSATIONS = 300;
    private static final int BATCH = 10_000;
    private static final Instant BEGIN = Instant.parse("2016-01-01T00:00:00Z");

    private final Random random = new Random(7);
    private final SyntheticMessages texts = new SyntheticMessages();
    private final List<List<String>> members = new ArrayList<>();

    private SyntheticGraph() {
        for (int i = 0; i < CONVERSATIONS; i++) {
            members.add(
                    i < PEOPLE
                            ? List.of(person(i))
                            : List.of(person(i % 50), person(i % 70 + 50), person(i % 60 + 120)));
        }
    }

    private static String person(int number) {
        return String.format(Locale.ROOT, "person-%04d", number);
    }

    private static String conversation(int number) {
        return "conversation-" + number;
    }

    /** Fills an empty graph. */
    static void write(Graph graph, int messages) {
        new SyntheticGraph().writeAll(graph, messages);
    }

    private void writeAll(Graph graph, int messages) {
        try (Graph.Load load = graph.load(messages)) {
            Mutations batch = people();
            for (int i = 0; i < messages; i++) {
                message(batch, i);
                if (i % BATCH == BATCH - 1 || i == messages - 1) {
                    load.store(batch, (transaction, applied) -> applied);
                    batch = new Mutations();
                }
            }
        }
        graph.awaitIndexes();
    }

    private Mutations people() {
        Mutations m = new Mutations();
        m.node(NodeLabel.PERSON, People.OWNER).put("name", "Me").put("owner", true);
        for (int i = 0; i < PEOPLE; i++) {
            m.node(NodeLabel.PERSON, person(i)).put("name", "Person " + i).put("owner", false);
        }
        for (int c = 0; c < CONVERSATIONS; c++) {
            m.node(NodeLabel.CONVERSATION, conversation(c)).put("group", c >= PEOPLE);
            m.link(
                    NodeLabel.PERSON,
                    People.OWNER,
                    RelationshipTypes.MEMBER_OF,
                    NodeLabel.CONVERSATION,
                    conversation(c));
            for (String member : members.get(c)) {
                m.link(NodeLabel.PERSON, member, RelationshipTypes.MEMBER_OF, NodeLabel.CONVERSATION, conversation(c));
            }
        }
        return m;
    }

    private void message(Mutations m, int number) {
        int conversation = (int) (CONVERSATIONS * Math.pow(random.nextDouble(), 2));
        List<String> others = members.get(conversation);
        boolean mine = random.nextInt(100) < 45;
        // As long as the ids of Messages.
        String id = String.format(Locale.ROOT, "%08X-%04X-4000-8000-%012X", random.nextInt(), number >>> 16, number);
        m.node(NodeLabel.MESSAGE, id)
                .put("text", texts.sentence())
                .put("sentAt", BEGIN.plusSeconds(240L * number))
                .put("fromOwner", mine)
                .put("row", number);
        m.link(
                NodeLabel.PERSON,
                mine ? People.OWNER : others.get(random.nextInt(others.size())),
                RelationshipTypes.SENT,
                NodeLabel.MESSAGE,
                id);
        m.link(NodeLabel.MESSAGE, id, RelationshipTypes.SENT_TO, NodeLabel.CONVERSATION, conversation(conversation));
    }
}
