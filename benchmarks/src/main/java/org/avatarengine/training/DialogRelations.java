package org.avatarengine.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.text.Token;
import org.avatarengine.text.Tokenizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** DialogRE (Yu et al., "Dialogue-Based Relation Extraction", ACL 2020): dialogues with the relations between people. */
public final class DialogRelations {
    /** The families of relationship, in the order of the model's classes. */
    public static final List<String> FAMILIES = List.of("family", "romantic", "friend", "professional", "acquaintance");

    private static final Map<String, String> FAMILY_OF = new HashMap<>();

    static {
        FAMILY_OF.put("per:siblings", "family");
        FAMILY_OF.put("per:parents", "family");
        FAMILY_OF.put("per:children", "family");
        FAMILY_OF.put("per:other_family", "family");
        FAMILY_OF.put("per:spouse", "romantic");
        FAMILY_OF.put("per:girl/boyfriend", "romantic");
        FAMILY_OF.put("per:dates", "romantic");
        FAMILY_OF.put("per:boss", "professional");
        FAMILY_OF.put("per:subordinate", "professional");
        FAMILY_OF.put("per:client", "professional");
        FAMILY_OF.put("per:works", "professional");
        FAMILY_OF.put("per:friends", "friend");
        FAMILY_OF.put("per:roommate", "friend");
        FAMILY_OF.put("per:neighbor", "acquaintance");
        FAMILY_OF.put("per:alumni", "acquaintance");
        FAMILY_OF.put("per:acquaintance", "acquaintance");
    }

    private DialogRelations() {}

    /** A turn of one speaker. */
    public record Turn(String speaker, String text, List<Token> tokens) {}

    /** Two speakers of a dialogue with the family of their relationship; of several, the first in the order above. */
    public record Pair(List<Turn> dialogue, String one, String other, int family) {}

    /** The names and nicknames of a dialogue's speakers. */
    public record Named(List<Turn> dialogue, String speaker, String name) {}

    public static List<Pair> pairs(Path file) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        for (JsonNode dialogue : new JsonMapper().readTree(file.toFile())) {
            List<Turn> turns = turns(dialogue);
            Map<String, Integer> families = new LinkedHashMap<>();
            for (JsonNode relation : dialogue.get(1)) {
                String x = relation.path("x").asString();
                String y = relation.path("y").asString();
                if (!x.startsWith("Speaker") || !y.startsWith("Speaker")) {
                    continue;
                }
                String key = x.compareTo(y) < 0 ? x + "|" + y : y + "|" + x;
                for (JsonNode r : relation.path("r")) {
                    String family = FAMILY_OF.get(r.asString());
                    if (family != null) { // what they think of each other, for one, is no relationship
                        families.merge(key, FAMILIES.indexOf(family), Math::min);
                    }
                }
            }
            families.forEach(
                    (key, family) -> pairs.add(new Pair(turns, key.split("\\|")[0], key.split("\\|")[1], family)));
        }
        return pairs;
    }

    /** Each alternative name of a speaker in DialogRE. */
    public static List<Named> names(Path file) throws IOException {
        List<Named> names = new ArrayList<>();
        for (JsonNode dialogue : new JsonMapper().readTree(file.toFile())) {
            List<Turn> turns = turns(dialogue);
            for (JsonNode relation : dialogue.get(1)) {
                boolean named = false;
                for (JsonNode r : relation.path("r")) {
                    named |= r.asString().equals("per:alternate_names");
                }
                String speaker = relation.path("x").asString();
                if (named && speaker.startsWith("Speaker")) {
                    names.add(new Named(turns, speaker, relation.path("y").asString()));
                }
            }
        }
        return names;
    }

    private static List<Turn> turns(JsonNode dialogue) {
        List<Turn> turns = new ArrayList<>();
        for (JsonNode line : dialogue.get(0)) {
            String text = line.asString();
            int colon = text.indexOf(':');
            String said = text.substring(colon + 1).strip();
            turns.add(new Turn(text.substring(0, colon), said, Tokenizer.tokens(said)));
        }
        return turns;
    }
}
