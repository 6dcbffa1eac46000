package org.avatarengine.relationship;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.text.Token;

/**
 * A segment of a conversation between two people, as features: whether each kind of words of {@link RelationshipWords}
 * occurs, in what role and about whom, and its share of all such words. A history is classified segment by segment.
 */
public final class Exchange {
    /** The prefix of features for the occurrence of a kind of words. */
    static final String KIND = "k:";

    /** The scale of shares, which are small, so that the same regularization fits all features. */
    private static final double SHARE = 4;

    private final Map<String, Integer> kinds = new HashMap<>();
    private int messages;
    private int tokens;
    private int questions;
    private int exclamations;
    private int addresses;

    /** Adds a message from one to the other. Returns whether it addresses the other with an informative word. */
    public boolean add(List<Token> message) {
        int before = addresses;
        messages++;
        tokens += message.size();
        RelationshipWords.BUNDLED.find(message, (kind, role, party) -> {
            addresses += role == RelationshipWords.Role.ADDRESS ? 1 : 0;
            kinds.merge(kind + ":" + role.name().toLowerCase(Locale.ROOT), 1, Integer::sum);
            kinds.merge(kind + ":" + party.name().toLowerCase(Locale.ROOT), 1, Integer::sum);
            kinds.merge(kind, 1, Integer::sum);
        });
        for (Token token : message) {
            questions += token.text().startsWith("?") ? 1 : 0;
            exclamations += token.text().startsWith("!") ? 1 : 0;
        }
        return addresses > before;
    }

    /** Adds a message in a common conversation that is not between the two. */
    public void overhear(List<Token> message) {
        RelationshipWords.BUNDLED.find(message, (kind, role, party) -> {
            kinds.merge("heard:" + kind, 1, Integer::sum);
            kinds.merge("heard:" + kind + ":" + party.name().toLowerCase(Locale.ROOT), 1, Integer::sum);
        });
    }

    /** Adds a message from one of the two to somebody else. */
    public void aside(List<Token> message) {
        RelationshipWords.BUNDLED.find(message, (kind, role, party) -> {
            kinds.merge("aside:" + kind, 1, Integer::sum);
            kinds.merge("aside:" + kind + ":" + role.name().toLowerCase(Locale.ROOT), 1, Integer::sum);
        });
    }

    /** The number of messages between the two. */
    public int messages() {
        return messages;
    }

    /** The features, without those that no model uses. */
    public Map<String, Double> features() {
        Map<String, Double> features = new HashMap<>();
        int all = 1;
        for (Map.Entry<String, Integer> entry : kinds.entrySet()) {
            all += entry.getKey().indexOf(':') < 0 ? entry.getValue() : 0;
        }
        for (Map.Entry<String, Integer> entry : kinds.entrySet()) {
            features.put(KIND + entry.getKey(), 1.0);
            if (entry.getKey().indexOf(':') < 0) {
                features.put("share:" + entry.getKey(), SHARE * entry.getValue() / all);
            }
        }
        if (messages > 0) {
            features.put("length", Math.log1p((double) tokens / messages));
            features.put("questions", (double) questions / messages);
            features.put("exclamations", (double) exclamations / messages);
        }
        return features;
    }
}
