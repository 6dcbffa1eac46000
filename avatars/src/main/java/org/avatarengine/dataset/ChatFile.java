package org.avatarengine.dataset;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Conversations as JSON Lines, in formats for programs that train models. */
public enum ChatFile {
    /** OpenAI's format, which a model's chat template renders: {@code {"messages": [{"role", "content"}]}}. */
    CHATML("messages", "role", "content", "system", "user", "assistant"),
    /** {@code {"conversations": [{"from", "value"}]}}. */
    SHAREGPT("conversations", "from", "value", "system", "human", "gpt");

    private final String list;
    private final String role;
    private final String content;
    private final String system;
    private final String other;
    private final String own;

    ChatFile(String list, String role, String content, String system, String other, String own) {
        this.list = list;
        this.role = role;
        this.content = content;
        this.system = system;
        this.other = other;
        this.own = own;
    }

    /**
     * Writes conversations. Programs that read this format train on all turns of the person. Therefore, a conversation is
     * cut before a turn that must not be used, and ends with the last usable turn.
     *
     * @param file the file, which is replaced if it exists
     */
    public void write(Path file, List<TrainingTalk> talks) throws IOException {
        JsonMapper json = new JsonMapper();
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (TrainingTalk talk : talks) {
                for (List<TrainingTalk.Turn> turns : pieces(talk)) {
                    out.write(json.writeValueAsString(node(json, talk.system(), turns)));
                    out.newLine();
                }
            }
        }
    }

    private ObjectNode node(JsonMapper json, String about, List<TrainingTalk.Turn> turns) {
        ObjectNode root = json.createObjectNode();
        ArrayNode array = root.putArray(list);
        array.addObject().put(role, system).put(content, about);
        for (TrainingTalk.Turn turn : turns) {
            array.addObject().put(role, turn.own() ? own : other).put(content, turn.text());
        }
        return root;
    }

    private static List<List<TrainingTalk.Turn>> pieces(TrainingTalk talk) {
        List<List<TrainingTalk.Turn>> pieces = new ArrayList<>();
        List<TrainingTalk.Turn> piece = new ArrayList<>();
        int learnt = 0;
        for (TrainingTalk.Turn turn : talk.turns()) {
            if (turn.own() && !turn.learnt()) {
                add(pieces, piece.subList(0, learnt));
                piece = new ArrayList<>();
                learnt = 0;
            } else {
                piece.add(turn);
                learnt = turn.own() ? piece.size() : learnt;
            }
        }
        add(pieces, piece.subList(0, learnt));
        return pieces;
    }

    private static void add(List<List<TrainingTalk.Turn>> pieces, List<TrainingTalk.Turn> piece) {
        if (!piece.isEmpty()) {
            pieces.add(piece);
        }
    }
}
