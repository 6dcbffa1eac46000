package org.avatarengine.enrich;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks an answer: only statements with evidence in messages that were really sent are kept. */
final class Evidence {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private Evidence() {}

    /**
     * A checked answer.
     *
     * @param json the rest of the answer, with stored message ids as evidence
     * @param kept the number of claims with evidence
     * @param dropped the number of claims without evidence, which were removed
     */
    record Checked(ObjectNode json, Findings findings, int kept, int dropped) {}

    /**
     * Checks an answer.
     *
     * @param ids the stored id of each message by its short name in the prompt
     * @param restore replaces pseudonyms with names
     * @throws IllegalArgumentException when the answer does not follow the schema
     */
    static Checked check(
            String answer, Kind kind, Function<String, Optional<String>> ids, UnaryOperator<String> restore) {
        try {
            JsonNode tree = JSON.readTree(answer);
            if (!(tree instanceof ObjectNode root)) {
                throw new IllegalArgumentException("the answer is not a JSON object");
            }
            int[] counts = new int[2];
            prune(root, ids, restore, counts);
            return new Checked(root, JSON.treeToValue(root, kind.type()), counts[0], counts[1]);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the answer does not follow the schema", e);
        }
    }

    /**
     * A stored answer with short names in place of the ids of its evidence, such as e12, so that it can be sent again.
     *
     * @param ids receives the id of each short name
     */
    static String shortened(String json, Map<String, String> ids) {
        JsonNode tree = JSON.readTree(json);
        shorten(tree, new HashMap<>(), ids);
        return write(tree);
    }

    private static void shorten(JsonNode node, Map<String, String> names, Map<String, String> ids) {
        if (node instanceof ObjectNode object && object.get("evidence") instanceof ArrayNode evidence) {
            for (int i = 0; i < evidence.size(); i++) {
                String name = names.computeIfAbsent(evidence.get(i).asString(), id -> "e" + (names.size() + 1));
                ids.put(name, evidence.get(i).asString());
                evidence.set(i, name);
            }
        }
        node.forEach(child -> shorten(child, names, ids));
    }

    static String write(JsonNode json) {
        return JSON.writeValueAsString(json);
    }

    /** Whether the node has evidence, if it needs some. */
    private static boolean prune(
            JsonNode node, Function<String, Optional<String>> ids, UnaryOperator<String> restore, int[] counts) {
        if (node instanceof ArrayNode array) {
            for (Iterator<JsonNode> items = array.iterator(); items.hasNext(); ) {
                if (!prune(items.next(), ids, restore, counts)) {
                    items.remove();
                }
            }
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isString()) {
                    array.set(i, restore.apply(array.get(i).asString()));
                }
            }
            return true;
        }
        if (!(node instanceof ObjectNode object)) {
            return true;
        }
        List<String> shown = new ArrayList<>();
        JsonNode evidence = object.get("evidence");
        for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
            if (field.getKey().equals("evidence")) {
                continue;
            }
            if (field.getValue().isString()) {
                object.put(field.getKey(), restore.apply(field.getValue().asString()));
            } else {
                prune(field.getValue(), ids, restore, counts);
            }
        }
        if (evidence == null) {
            return true;
        }
        evidence.forEach(id ->
                ids.apply(id.asString()).filter(found -> !shown.contains(found)).ifPresent(shown::add));
        ArrayNode checked = object.putArray("evidence");
        shown.forEach(checked::add);
        counts[shown.isEmpty() ? 1 : 0]++;
        if (shown.isEmpty() && object.has("score")) {
            // A trait is a required field; without evidence, its value is set to unknown.
            object.put("score", 50).put("low", 0).put("high", 100).put("reason", "nothing in the messages shows it");
            return true;
        }
        return !shown.isEmpty();
    }
}
