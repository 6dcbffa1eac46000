package org.avatarengine.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Mutations;
import org.avatarengine.graph.NodeLabel;
import org.avatarengine.graph.Properties;
import org.avatarengine.graph.vocabulary.RelationshipTypes;
import org.avatarengine.passage.PassageTerms;
import org.avatarengine.vectors.SentenceEncoder;

/**
 * A synthetic graph in which one pair shares very many conversations. A friend is in some of them and a guest in five;
 * strangers have conversations of their own. Each message is a passage. Messages come by the offline load; passages are
 * stored directly, since cutting so many conversations one by one would take most of the time and is not measured.
 */
final class ManyConversations {
    static final String OWNER = "owner";
    static final String PARTNER = "partner";
    static final String FRIEND = "friend";
    static final String GUEST = "guest";
    private static final int STRANGERS = 2_000;
    private static final int VOCABULARY = 30_000;
    private static final int BATCH = 2_000;
    private static final Instant BEGIN = Instant.parse("2015-01-01T00:00:00Z");

    private static final String STORE = """
            UNWIND $passages AS row
            CREATE (p:Passage {id: row.id, conversation: row.conversation, scope: row.scope, number: row.number,
                period: row.period, session: 0, at: row.at, until: row.at, text: row.text, messageIds: [row.message]})
            WITH p, row
            CALL db.create.setNodeVectorProperty(p, 'vector', row.vector)""";

    private final SplittableRandom random = new SplittableRandom(17);
    private final int shared;
    private final int ofFriend;
    private final int foreign;

    /**
     * The numbers of conversations.
     *
     * @param shared the conversations of the pair
     * @param ofFriend the number of these with the friend
     * @param foreign the conversations of strangers
     */
    ManyConversations(int shared, int ofFriend, int foreign) {
        this.shared = shared;
        this.ofFriend = ofFriend;
        this.foreign = foreign;
    }

    private record Said(String id, String conversation, int number, int period, Instant at, String text) {}

    /** Fills an empty graph. */
    void write(Graph graph, SentenceEncoder encoder) {
        List<Said> all = new ArrayList<>();
        long rows = 7L * (shared + foreign);
        try (Graph.Load load = graph.load(rows)) {
            Mutations people = new Mutations();
            people.node(NodeLabel.PERSON, OWNER).put("name", "Olivia Owner").put("owner", true);
            people.node(NodeLabel.PERSON, PARTNER).put("name", "Peter Partner");
            people.node(NodeLabel.PERSON, FRIEND).put("name", "Frida Friend");
            people.node(NodeLabel.PERSON, GUEST).put("name", "Gustav Guest");
            for (int i = 0; i < STRANGERS; i++) {
                people.node(NodeLabel.PERSON, stranger(i)).put("name", "Stranger" + i + " Unknown");
            }
            load.store(people, (transaction, applied) -> applied);
            Mutations batch = new Mutations();
            for (int c = 0; c < shared + foreign; c++) {
                conversation(c, batch, all);
                if (batch.nodes().size() > BATCH) {
                    load.store(batch, (transaction, applied) -> applied);
                    batch = new Mutations();
                }
            }
            load.store(batch, (transaction, applied) -> applied);
        }
        for (int from = 0; from < all.size(); from += BATCH) {
            remember(graph, encoder, all.subList(from, Math.min(all.size(), from + BATCH)));
            if (from % (10 * BATCH) == 0) {
                System.err.printf("passages %,d of %,d%n", from, all.size());
            }
        }
        graph.awaitIndexes();
    }

    private static String stranger(int i) {
        return "stranger" + i;
    }

    private List<String> members(int c) {
        if (c >= shared) {
            int one = random.nextInt(STRANGERS - 1);
            return List.of(stranger(one), stranger(one + 1));
        }
        List<String> members = new ArrayList<>(List.of(OWNER, PARTNER));
        if (c % (shared / ofFriend) == 0) {
            members.add(FRIEND);
        }
        if (c % (shared / 5) == 1) {
            members.add(GUEST);
        }
        return members;
    }

    private void conversation(int c, Mutations batch, List<Said> all) {
        String id = "c" + c;
        List<String> members = members(c);
        // From 2 to 4; the mean is 2.5.
        int messages = 2 + (random.nextInt(3) == 0 ? 1 : 0) + (random.nextInt(6) == 0 ? 1 : 0);
        // In one of fifty, everybody is added by name after the first message.
        boolean changes = random.nextInt(50) == 0;
        batch.node(NodeLabel.CONVERSATION, id).put("group", members.size() > 2).put("remembered", (long) messages);
        members.forEach(member ->
                batch.link(NodeLabel.PERSON, member, RelationshipTypes.MEMBER_OF, NodeLabel.CONVERSATION, id));
        Instant at = BEGIN.plus(Duration.ofMinutes(50L * c));
        if (changes) {
            for (int i = 0; i < members.size(); i++) {
                String change = id + "g" + i;
                batch.node(NodeLabel.GROUP_CHANGE, change)
                        .put("kind", "MEMBER_ADDED")
                        .put("at", at.plusSeconds(30));
                batch.link(NodeLabel.GROUP_CHANGE, change, RelationshipTypes.HAPPENED_IN, NodeLabel.CONVERSATION, id);
                batch.link(
                        NodeLabel.GROUP_CHANGE, change, RelationshipTypes.CONCERNS, NodeLabel.PERSON, members.get(i));
            }
        }
        for (int i = 0; i < messages; i++) {
            String message = id + "m" + i;
            String text = text();
            Instant when = at.plusSeconds(60L * i);
            Properties properties = batch.node(NodeLabel.MESSAGE, message);
            properties.put("text", text).put("sentAt", when);
            batch.link(
                    NodeLabel.PERSON,
                    members.get(i % members.size()),
                    RelationshipTypes.SENT,
                    NodeLabel.MESSAGE,
                    message);
            batch.link(NodeLabel.MESSAGE, message, RelationshipTypes.SENT_TO, NodeLabel.CONVERSATION, id);
            all.add(new Said(message, id, i, changes && i > 0 ? members.size() : 0, when, text));
        }
    }

    /** One in twenty is a phrase that everybody uses. */
    private String text() {
        if (random.nextInt(20) == 0) {
            return "good morning dear";
        }
        StringBuilder text = new StringBuilder();
        int words = 4 + random.nextInt(11);
        for (int i = 0; i < words; i++) {
            // Few words are frequent and most are rare.
            int rank = (int) Math.pow(VOCABULARY, random.nextDouble());
            text.append(i == 0 ? "" : " ").append(word(rank));
        }
        return text.toString();
    }

    /** A word of its own for each number, made of syllables so that it is not stemmed to another. */
    private static String word(int number) {
        StringBuilder word = new StringBuilder();
        for (int rest = number + 40; rest > 0; rest /= 40) {
            int syllable = rest % 40;
            word.append("bdfgklmnprt".charAt(syllable % 10)).append("auio".charAt(syllable / 10));
        }
        return word.append('k').toString();
    }

    private static void remember(Graph graph, SentenceEncoder encoder, List<Said> batch) {
        List<float[]> vectors = encoder.encode(batch.stream().map(Said::text).toList());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Said said = batch.get(i);
            Map<String, Object> row = new HashMap<>(Map.of(
                    "id",
                    Keys.of(said.id),
                    "conversation",
                    said.conversation,
                    "scope",
                    Keys.scope(said.conversation, said.period),
                    "number",
                    (long) said.number,
                    "period",
                    (long) said.period,
                    "at",
                    said.at,
                    "text",
                    said.text,
                    "message",
                    said.id));
            row.put("vector", Keys.list(vectors.get(i)));
            rows.add(row);
        }
        graph.write(transaction -> {
            PassageTerms.count(transaction, batch.stream().map(Said::text).toList(), 1);
            return transaction.run(STORE, Map.of("passages", rows));
        });
    }
}
