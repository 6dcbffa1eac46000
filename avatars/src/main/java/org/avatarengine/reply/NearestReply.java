package org.avatarengine.reply;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.avatarengine.memory.Situation;

/**
 * Answers with the person's real reply in the most similar situation. It needs no language model, and is the baseline for
 * all other models.
 */
public final class NearestReply implements ReplyModel {
    public static final String NAME = "nearest";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int promptTokens() {
        return 4000;
    }

    @Override
    public boolean readsPrompt() {
        return false;
    }

    @Override
    public boolean verbatim() {
        return true;
    }

    /** Does not repeat a reply in one chat, unless there is no other. */
    @Override
    public String reply(Dialogue dialogue, Consumer<String> heard) {
        if (dialogue.examples().isEmpty()) {
            return "";
        }
        Set<String> said = new HashSet<>();
        dialogue.turns().stream().filter(Turn::avatar).map(Turn::text).forEach(said::add);
        String reply = dialogue.examples().stream()
                .map(Situation::reply)
                .filter(text -> !said.contains(text))
                .findFirst()
                .orElse(dialogue.examples().getFirst().reply());
        heard.accept(reply);
        return reply;
    }

    @Override
    public void close() {}
}
